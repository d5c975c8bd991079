"""Everybody who may sign in, with each of their hats: for the demo, where you choose who you are."""

from datetime import date

from django.db import connection

from throughgate.staff.queries import HATS, Hat, hat_of

IN_ORDER = """
WHERE worker.is_active AND worker.email IS NOT NULL
ORDER BY organisation.name, worker.name, post.starts_on, post.id
"""


def hats(*, on: date) -> list[Hat]:
    """The hats anybody holds that day, by organisation and name."""
    with connection.cursor() as cursor:
        cursor.execute(HATS + IN_ORDER, {"on": on})
        return [hat_of(row) for row in cursor.fetchall() if row[-1]]
