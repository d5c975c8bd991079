from django.urls import path

from throughgate.pages.summaries import views

TEXTS = "as/<uuid:post_id>/people/<uuid:person_id>/texts/"
MADE = f"{TEXTS}made/<uuid:made_id>/"
urlpatterns = [
    path(TEXTS, views.texts, name="texts"),
    path(f"{TEXTS}<slug:code>/", views.offer, name="offer_text"),
    path(MADE, views.text, name="text"),
    path(f"{MADE}give/", views.give, name="give_text"),
    path(f"{MADE}copy/", views.copy, name="copy_text"),
    path(f"{MADE}take-back/", views.take_back, name="take_back_text"),
    path(f"{MADE}summary.<slug:ending>", views.download, name="text_file"),
]
