from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "throughgate.team"
    label = "team"
