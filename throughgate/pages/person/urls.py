from django.urls import path

from throughgate.pages.person import views

PERSON = "as/<uuid:post_id>/people/<uuid:person_id>/"
urlpatterns = [
    path(PERSON, views.record, name="person"),
    path(f"{PERSON}steps/", views.steps, name="steps"),
    path(f"{PERSON}death/", views.death, name="death"),
    path(f"{PERSON}entries/<uuid:entry_id>/", views.history, name="history"),
]
