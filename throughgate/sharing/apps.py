from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "throughgate.sharing"
    label = "sharing"
