"""Addresses of the checking of records."""

from django.urls import path

from wuyou.integrity import views

app_name = "integrity"
urlpatterns = [
    path("", views.checks, name="checks"),
    path("<str:check_code>/", views.check, name="check"),
]
