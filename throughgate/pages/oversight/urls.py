from django.urls import path

from throughgate.pages.oversight import looks, views

OVERSIGHT = "as/<uuid:post_id>/oversight/"
LOOKS = "as/<uuid:post_id>/people/<uuid:person_id>/looks/"
urlpatterns = [
    path(OVERSIGHT, views.waiting, name="oversight"),
    path(f"{OVERSIGHT}decided/", views.decided, name="oversight_decided"),
    path(f"{OVERSIGHT}<uuid:alert_id>/", views.alert, name="alert"),
    path(LOOKS, looks.looks, name="looks"),
    path(f"{LOOKS}not-shown/", looks.not_shown, name="looks_not_shown"),
]
