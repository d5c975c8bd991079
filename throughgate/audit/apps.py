from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "throughgate.audit"
    label = "audit"
