from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "throughgate.access"
    label = "access"
