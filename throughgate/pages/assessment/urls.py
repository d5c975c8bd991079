from django.urls import path

from throughgate.pages.assessment import papers, standing, views

ASK = "as/<uuid:post_id>/people/<uuid:person_id>/ask/"
SITTING = f"{ASK}<uuid:sitting_id>/"
urlpatterns = [
    path(ASK, views.guard, name="ask"),
    path(f"{ASK}known/", standing.known, name="ask_known"),
    path(f"{ASK}over-time/", standing.over_time, name="ask_over_time"),
    path(f"{ASK}paper/<slug:what>/", papers.paper, name="ask_paper"),
    path(f"{ASK}paper/<slug:what>/file/", papers.paper_file, name="ask_paper_file"),
    path(SITTING, views.sitting, name="sitting"),
    path(f"{SITTING}paper/", papers.type_back, name="type_back"),
    path(f"{SITTING}topics/<slug:topic>/", views.topic, name="topic"),
]
