"""Addresses of activity records."""

from django.urls import path

from wuyou.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.activities, name="list"),
    path("visits/", views.visits, name="visits"),
    path("record/", views.record, name="record"),
    path("<int:activity_id>/", views.activity, name="activity"),
    path("<int:activity_id>/edit/", views.edit, name="edit"),
]
