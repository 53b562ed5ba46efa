"""Addresses of users and grants."""

from django.urls import path

from wuyou.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.users, name="users"),
    path("add/", views.add, name="add"),
    path("<int:user_id>/", views.user, name="user"),
    path("<int:user_id>/grant/", views.grant, name="grant"),
    path("grants/<int:grant_id>/end/", views.end, name="end"),
]
