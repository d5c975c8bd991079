from django.urls import path

from throughgate.pages.recording import views

RECORD = "as/<uuid:post_id>/people/<uuid:person_id>/"
urlpatterns = [
    path(f"{RECORD}record/", views.choose, name="recording"),
    path(f"{RECORD}record/<slug:what>/", views.sheet, name="sheet"),
    path(f"{RECORD}entries/<uuid:entry_id>/correct/", views.correct, name="correct"),
    path(f"{RECORD}entries/<uuid:entry_id>/undo/", views.undo, name="undo"),
    path(f"{RECORD}entries/<uuid:entry_id>/plain/", views.plain, name="plain_text"),
]
