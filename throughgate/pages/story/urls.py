from django.urls import path

from throughgate.pages.story import views

STORY = "as/<uuid:post_id>/people/<uuid:person_id>/story/"
urlpatterns = [
    path(STORY, views.story, name="story"),
    path(f"{STORY}files/<uuid:entry_id>/", views.attached, name="story_file"),
    path("as/<uuid:post_id>/stories/", views.stories, name="stories"),
]
