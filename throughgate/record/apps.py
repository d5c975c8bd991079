from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "throughgate.record"
    label = "record"
