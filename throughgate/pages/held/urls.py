from django.urls import path

from throughgate.pages.held import views

HELD = "as/<uuid:post_id>/held/"
urlpatterns = [
    path(HELD, views.waiting, name="held"),
    path(f"{HELD}links/", views.links, name="links"),
    path(f"{HELD}links/<uuid:link_id>/", views.link, name="link"),
    path(f"{HELD}<uuid:held_id>/", views.pair, name="pair"),
]
