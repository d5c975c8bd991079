from django.urls import path

from throughgate.pages.team import views

PERSON = "as/<uuid:post_id>/people/<uuid:person_id>/"
urlpatterns = [
    path(f"{PERSON}team/", views.team, name="team"),
    path(f"{PERSON}plan/", views.plan, name="plan"),
    path(f"{PERSON}before-you-respond/", views.respond, name="respond"),
    path(f"{PERSON}entries/<uuid:entry_id>/beside/", views.beside, name="beside"),
    path("as/<uuid:post_id>/asked/", views.asked, name="asked"),
    path("as/<uuid:post_id>/does-not-exist/", views.unmet, name="unmet"),
    path("as/<uuid:post_id>/missing/", views.gaps, name="gaps"),
]
