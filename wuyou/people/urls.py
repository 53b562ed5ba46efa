"""Addresses of persons and counts."""

from django.urls import path

from wuyou.people import views

app_name = "people"
urlpatterns = [
    path("", views.persons, name="list"),
    path("register/", views.register, name="register"),
    path("areas/", views.area_candidates, name="area_candidates"),
    path("<int:person_id>/", views.person, name="person"),
    path("count/<int:unit_id>/", views.count, name="count"),
]
