from django.apps import AppConfig
from django.db.backends.signals import connection_created

from throughgate.foundation.lists import write_at_once
from throughgate.foundation.moments import read_by_python


class FoundationConfig(AppConfig):
    name = "throughgate.foundation"
    label = "foundation"

    def ready(self) -> None:
        connection_created.connect(read_by_python)
        connection_created.connect(write_at_once)
