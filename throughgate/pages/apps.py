from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "throughgate.pages"
    label = "pages"
