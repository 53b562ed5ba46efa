"""Addresses of 五有, and of the standards and rubrics behind it."""

from django.urls import path

from wuyou.assessment.views import parts, schemes, units

app_name = "assessment"
_VERSION = "versions/<int:version_id>/"
_PART = f"{_VERSION}<str:part>/<str:part_code>/"
_RUBRIC = "rubrics/<int:rubric_id>/items/"
urlpatterns = [
    path("", units.units, name="units"),
    path("standards/", units.standards, name="standards"),
    path("<int:unit_id>/", units.unit, name="unit"),
    path("schemes/", schemes.kept, name="schemes"),
    path("schemes/new/", schemes.new, name="new_standard"),
    path("facts/", schemes.facts, name="facts"),
    path(_VERSION, schemes.version, name="version"),
    path(f"{_VERSION}draft/", schemes.draft, name="draft"),
    path(f"{_VERSION}discard/", schemes.discard, name="discard"),
    path(f"{_VERSION}trial/", schemes.tried, name="trial"),
    path(f"{_VERSION}publish/", schemes.publish, name="publish"),
    path(f"{_VERSION}retire/", schemes.retire, name="retire"),
    path(_PART, parts.part, name="part"),
    path(f"{_PART}remove/", parts.remove, name="remove"),
    path(f"{_RUBRIC}<int:item_number>/", parts.item, name="item"),
    path(f"{_RUBRIC}rest/", parts.rest, name="rest"),
]
