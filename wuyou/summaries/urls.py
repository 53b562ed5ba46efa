"""Addresses of summaries."""

from django.urls import path

from wuyou.summaries import views

app_name = "summaries"
urlpatterns = [
    path("", views.summaries, name="list"),
    path("new/", views.open_summary, name="new"),
    path("figures/", views.figures, name="figures"),
    path("<int:summary_id>/", views.summary, name="summary"),
    path("<int:summary_id>/edit/", views.edit, name="edit"),
    path("<int:summary_id>/freeze/", views.freeze, name="freeze"),
    path("<int:summary_id>/next/", views.begin_next, name="next"),
    path("<int:summary_id>/docx/", views.docx, name="docx"),
]
