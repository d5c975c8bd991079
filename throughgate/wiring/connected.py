"""Django, set up and connected: what every command that touches the record begins with."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django

from throughgate.wiring import demo_database, memory
from throughgate.wiring.database import variable

SETTINGS = "throughgate.wiring.settings"


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """On the database of DATABASE_URL; without one the demo's, made and started where it is not.

    Raises: Refused when the database is not safe to use as that role.
    """
    if "DATABASE_URL" in os.environ or variable("web") in os.environ:
        with _django(role):
            yield
        return
    with demo_database.running() as environment:
        os.environ.update(environment)
        with _django(role):
            yield


def set_up(role: str) -> None:
    """Once in a process; nothing connects yet."""
    os.environ["TG_DB_ROLE"] = role
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    memory.keep_what_is_loaded()


@contextmanager
def _django(role: str) -> Iterator[None]:
    set_up(role)
    from django.db import connection, connections  # noqa: PLC0415 - once Django is set up

    from throughgate.wiring import startup  # noqa: PLC0415

    try:
        if role != "owner":
            startup.refuse_unsafe(connection)
        yield
    finally:
        connections.close_all()
