"""Addresses of the exports: one for each that a package announces."""

from django.urls import path

from wuyou.platform.exports import views
from wuyou.platform.plugs import announced

app_name = "exports"
urlpatterns = [path(f"{name}/", views.view_of(export), name=name) for name, export in announced.exports.items()]
