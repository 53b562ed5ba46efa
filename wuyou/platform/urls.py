"""Addresses of the platform's own pages."""

from django.urls import path

from wuyou.platform import views

app_name = "platform"
urlpatterns = [
    path("audit/", views.events, name="audit"),
    path("audit/verify/", views.verify, name="verify"),
    path("jobs/<uuid:job_id>/", views.job, name="job"),
    path("files/<uuid:file_id>/", views.file, name="file"),
]
