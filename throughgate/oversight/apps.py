from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "throughgate.oversight"
    label = "oversight"
