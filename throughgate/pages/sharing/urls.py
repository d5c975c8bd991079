from django.urls import path

from throughgate.pages.sharing import views

PERSON = "as/<uuid:post_id>/people/<uuid:person_id>/"
SHARING = f"{PERSON}sharing/"
urlpatterns = [
    path(SHARING, views.sharing, name="sharing"),
    path(f"{SHARING}seen-by/<uuid:organisation_id>/<slug:role>/", views.seen_by, name="seen_by"),
    path(f"{SHARING}minimum/", views.read_minimum, name="read_minimum"),
    path(f"{SHARING}limits/", views.limits, name="sharing_limits"),
    path(f"{SHARING}receipt/<uuid:entry_id>/", views.receipt, name="sharing_receipt"),
    path(f"{PERSON}slip/<uuid:entry_id>/", views.slip, name="movement_slip"),
]
