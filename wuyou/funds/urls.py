"""Addresses of fund entries."""

from django.urls import path

from wuyou.funds import views

app_name = "funds"
urlpatterns = [path("", views.entries, name="list"), path("record/", views.record, name="record")]
