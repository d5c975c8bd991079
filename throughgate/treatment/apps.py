from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "throughgate.treatment"
    label = "treatment"
