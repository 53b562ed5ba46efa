"""Addresses of fund entries."""

from django.urls import path

from wuyou.funds import views
from wuyou.funds.tables import SOURCES
from wuyou.orgs.views import addresses

app_name = "funds"
urlpatterns = [
    path("", views.entries, name="list"),
    path("record/", views.record, name="record"),
    path("<int:entry_id>/", views.entry, name="entry"),
    path("<int:entry_id>/correct/", views.correct, name="correct"),
    *addresses(SOURCES),
]
