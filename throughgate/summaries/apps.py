from django.apps import AppConfig


class SummariesConfig(AppConfig):
    name = "throughgate.summaries"
    label = "summaries"
