from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "throughgate.linkage"
    label = "linkage"
