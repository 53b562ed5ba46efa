"""Addresses of what is everyone's."""

from django.urls import path

from wuyou.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("preference/", views.preference, name="preference"),
    path("units/", views.units, name="units"),
    path("units/events/", views.events, name="events"),
    path("units/events/<int:event_id>/", views.correct_event, name="correct_event"),
    path("units/placements/<int:placement_id>/", views.correct_placement, name="correct_placement"),
    path("units/tree/", views.tree, name="tree"),
    path("units/chart/", views.chart, name="chart"),
    path("units/<int:unit_id>/", views.unit, name="unit"),
    path("units/<int:unit_id>/years/", views.years, name="years"),
    path("units/<int:unit_id>/recorded/", views.recorded, name="recorded"),
    path("units/<int:unit_id>/move/", views.move, name="move"),
    path("contacts/", views.contacts, name="contacts"),
    path("people/<int:person_id>/departure/", views.depart, name="depart"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/self-check/", views.self_check, name="self_check"),
    path("feedback/", views.feedback, name="feedback"),
]
