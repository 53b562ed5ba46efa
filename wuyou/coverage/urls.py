"""Addresses of coverage."""

from django.urls import path

from wuyou.coverage import views

app_name = "coverage"
urlpatterns = [
    path("", views.counties, name="counties"),
    path("hosts/", views.hosts, name="hosts"),
    path("townships/", views.townships, name="townships"),
    path("<str:code>/", views.places, name="places"),
]
