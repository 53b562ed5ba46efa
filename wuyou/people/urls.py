"""Addresses of persons and counts."""

from django.urls import path

from wuyou.people import views

app_name = "people"
urlpatterns = [
    path("", views.persons, name="list"),
    path("register/", views.register, name="register"),
    path("areas/", views.area_candidates, name="area_candidates"),
    path("<int:person_id>/", views.person, name="person"),
    path("<int:person_id>/edit/", views.edit, name="edit"),
    path("<int:person_id>/join/", views.join, name="join"),
    path("belonging/<int:affiliation_id>/leave/", views.leave, name="leave"),
    path("count/<int:unit_id>/", views.count, name="count"),
]
