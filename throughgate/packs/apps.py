from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "throughgate.packs"
    label = "packs"
