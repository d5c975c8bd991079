from django.urls import path

from throughgate.pages.packs import lounge, views, words_views

PACKS = "as/<uuid:post_id>/people/<uuid:person_id>/packs/"
PACK = f"{PACKS}<uuid:pack_id>/"
LOUNGE = "as/<uuid:post_id>/packs/"
WORDS = f"{LOUNGE}words/"
BATCH = f"{LOUNGE}<uuid:batch_id>/"
urlpatterns = [
    path(PACKS, views.packs, name="packs"),
    path(PACK, views.pack, name="pack"),
    path(f"{PACK}agree/<slug:sheet>/", views.agree, name="agree_pack"),
    path(f"{PACK}give/", views.give, name="give_pack"),
    path(f"{PACK}take-back/", views.take_back, name="take_back_pack"),
    path(f"{PACK}<slug:sheet>.<slug:ending>", views.download, name="pack_file"),
    path(LOUNGE, lounge.lounge, name="lounge"),
    path(WORDS, words_views.sheet_words, name="sheet_words"),
    path(f"{WORDS}<slug:slug>/", words_views.words_of, name="words_of"),
    path(BATCH, lounge.batch, name="batch"),
    path(f"{BATCH}<slug:sheet>.pdf", lounge.download, name="batch_file"),
]
