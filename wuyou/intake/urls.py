"""Addresses of the import wizard."""

from django.urls import path

from wuyou.intake import views

app_name = "imports"
urlpatterns = [
    path("", views.batches, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:batch_id>/", views.batch, name="batch"),
    path("<uuid:batch_id>/columns/", views.columns, name="columns"),
    path("<uuid:batch_id>/preview/", views.preview, name="preview"),
    path("<uuid:batch_id>/commit/", views.commit, name="commit"),
    path("<uuid:batch_id>/result/", views.result, name="result"),
    path("<uuid:batch_id>/undo/", views.undo, name="undo"),
    path("<uuid:batch_id>/annotate/", views.annotate, name="annotate"),
]
