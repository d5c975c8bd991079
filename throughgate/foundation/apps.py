from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "throughgate.foundation"
    label = "foundation"
