from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "throughgate.pathway"
    label = "pathway"
