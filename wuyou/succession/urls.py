"""Addresses of changes of the organisation."""

from django.urls import path

from wuyou.succession import views

app_name = "succession"
urlpatterns = [
    path("", views.changes, name="list"),
    path("of/<int:unit_id>/", views.begin, name="begin"),
    path("<int:change_id>/", views.change, name="change"),
    path("<int:change_id>/basics/", views.basics, name="basics"),
    path("<int:change_id>/facts/", views.facts, name="facts"),
    path("<int:change_id>/units/", views.parties, name="parties"),
    path("<int:change_id>/units/many/", views.gather, name="gather"),
    path("<int:change_id>/units/new/", views.heir, name="heir"),
    path("<int:change_id>/people/", views.people, name="people"),
    path("<int:change_id>/people/each/", views.by_hand, name="by_hand"),
    path("<int:change_id>/people/names/", views.by_list, name="by_list"),
    path("<int:change_id>/money/", views.money, name="money"),
    path("<int:change_id>/counts/", views.counts, name="counts"),
    path("<int:change_id>/transfers/", views.transfers, name="transfers"),
    path("<int:change_id>/papers/", views.papers, name="papers"),
    path("<int:change_id>/papers/request/", views.request_paper, name="request"),
    path("<int:change_id>/papers/reply/", views.reply_paper, name="reply"),
    path("<int:change_id>/papers/sheet/", views.sheet_paper, name="sheet"),
    path("<int:change_id>/papers/notice/", views.notice_paper, name="notice"),
    path("<int:change_id>/papers/renaming/", views.renaming_paper, name="renaming"),
    path("<int:change_id>/confirm/", views.confirm, name="confirm"),
    path("<int:change_id>/result/", views.result, name="result"),
    path("<int:change_id>/undo/", views.take_back, name="take_back"),
    path("<int:change_id>/discard/", views.discard, name="discard"),
]
