"""Brings the tables up to this version, as their owner, one process at a time."""

from throughgate.wiring import connected

# Any number does, as long as nothing else takes a lock of the same.
LOCK = 7_102_011
# Servers ask whether the tables are up to date. No migration grants this: Django makes that table by itself.
LET_ALL_SEE = "GRANT SELECT ON django_migrations TO tg_web, tg_worker"


def migrate(*, verbosity: int) -> None:
    """Waits where another process is migrating the same database."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        call_command("migrate", interactive=False, verbosity=verbosity)
        cursor.execute(LET_ALL_SEE)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


if __name__ == "__main__":
    with connected.as_role("owner"):
        migrate(verbosity=0)
