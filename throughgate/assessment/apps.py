from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "throughgate.assessment"
    label = "assessment"
