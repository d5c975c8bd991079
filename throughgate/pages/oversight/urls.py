from django.urls import path

from throughgate.pages.oversight import emergency, looks, near, purposes, views

OVERSIGHT = "as/<uuid:post_id>/oversight/"
PERSON = "as/<uuid:post_id>/people/<uuid:person_id>/"
LOOKS = f"{PERSON}looks/"
urlpatterns = [
    path(OVERSIGHT, views.waiting, name="oversight"),
    path(f"{OVERSIGHT}decided/", views.decided, name="oversight_decided"),
    path(f"{OVERSIGHT}<uuid:alert_id>/", views.alert, name="alert"),
    path("as/<uuid:post_id>/emergency/", emergency.emergency, name="emergency"),
    path(f"{PERSON}emergency/end/", emergency.end, name="end_emergency"),
    path("as/<uuid:post_id>/near/", near.declare, name="near"),
    path(f"{PERSON}near/", near.declare_open, name="near_open"),
    path(f"{PERSON}purpose/", purposes.purpose, name="purpose"),
    path(LOOKS, looks.looks, name="looks"),
    path(f"{LOOKS}not-shown/", looks.not_shown, name="looks_not_shown"),
]
