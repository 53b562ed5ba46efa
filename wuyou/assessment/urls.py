"""Addresses of 五有."""

from django.urls import path

from wuyou.assessment import views

app_name = "assessment"
urlpatterns = [
    path("", views.units, name="units"),
    path("standards/", views.standards, name="standards"),
    path("<int:unit_id>/", views.unit, name="unit"),
]
