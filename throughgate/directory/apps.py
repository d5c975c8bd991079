from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "throughgate.directory"
    label = "directory"
