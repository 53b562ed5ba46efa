"""Addresses of seats and terms."""

from django.urls import path

from wuyou.leadership import views
from wuyou.leadership.tables import POSTS, REQUIRED
from wuyou.orgs.views import addresses

app_name = "leadership"
urlpatterns = [
    *addresses(POSTS),
    *addresses(REQUIRED),
    path("", views.staffing, name="staffing"),
    path("composition/", views.composition, name="composition"),
    path("outlook/", views.outlook, name="outlook"),
    path("appointed/", views.appointed, name="appointed"),
    path("<int:unit_id>/", views.ever, name="ever"),
    path("<int:unit_id>/seat/", views.seat, name="seat"),
    path("<int:unit_id>/seat/candidates/", views.candidates, name="candidates"),
    path("seats/<int:seat_id>/leave/", views.leave, name="leave"),
    path("seats/<int:seat_id>/", views.correct_seat, name="correct_seat"),
    path("<int:unit_id>/term/", views.term, name="term"),
    path("terms/<int:term_id>/", views.correct_term, name="correct_term"),
    path("terms/<int:term_id>/extend/", views.extend, name="extend"),
    path("extensions/<int:extension_id>/", views.extension, name="extension"),
    path("<int:unit_id>/contact/", views.assign, name="assign"),
    path("contacts/<int:contact_id>/", views.contact, name="contact"),
    path("measures/", views.measures, name="measures"),
]
