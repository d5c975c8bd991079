from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "throughgate.staff"
    label = "staff"
