from django.apps import AppConfig


class StoryConfig(AppConfig):
    name = "throughgate.story"
    label = "story"
