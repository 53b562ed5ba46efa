"""Addresses of what is done with units."""

from django.urls import path

from wuyou.orgs import views
from wuyou.orgs.tables import KINDS, SIZES

app_name = "orgs"
urlpatterns = [
    *views.addresses(KINDS),
    *views.addresses(SIZES),
    path("targets/", views.targets, name="targets"),
    path("targets/new/", views.targets_new, name="targets_new"),
    path("targets/<int:plan_id>/", views.targets_plan, name="targets_plan"),
    path("targets/<int:plan_id>/facts/", views.targets_facts, name="targets_facts"),
    path("targets/<int:plan_id>/table/", views.targets_table, name="targets_table"),
    path("targets/<int:plan_id>/sheet/", views.targets_sheet, name="targets_sheet"),
    path("targets/<int:plan_id>/remove/", views.targets_remove, name="targets_remove"),
    path("found/", views.found, name="found"),
    path("areas/", views.area_candidates, name="area_candidates"),
    path("<int:unit_id>/edit/", views.edit, name="edit"),
    path("<int:unit_id>/links/", views.links, name="links"),
    path("<int:unit_id>/event/", views.event, name="event"),
    path("venues/<int:venue_id>/", views.venue_edit, name="venue_edit"),
    path("<int:unit_id>/venue/", views.venue, name="venue"),
]
