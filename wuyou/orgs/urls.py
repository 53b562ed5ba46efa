"""Addresses of what is done with units."""

from django.urls import path

from wuyou.orgs import views
from wuyou.orgs.tables import KINDS, SIZES

app_name = "orgs"
urlpatterns = [
    *views.addresses(KINDS),
    *views.addresses(SIZES),
    path("found/", views.found, name="found"),
    path("areas/", views.area_candidates, name="area_candidates"),
    path("<int:unit_id>/edit/", views.edit, name="edit"),
    path("<int:unit_id>/links/", views.links, name="links"),
    path("<int:unit_id>/event/", views.event, name="event"),
    path("venues/<int:venue_id>/", views.venue_edit, name="venue_edit"),
    path("<int:unit_id>/venue/", views.venue, name="venue"),
]
