"""What a piece of work takes in a program of the bench: time, and processor at each end of its connection."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from throughgate.wiring.bench import machine


@dataclass
class Cost:
    """All 0 until the work is done; what the system does not tell is None."""

    seconds: float = 0.0
    app_seconds: float = 0.0
    database_seconds: float | None = None
    rss_mib: float = 0.0


@contextmanager
def counted() -> Iterator[Cost]:
    """The cost of what is done within, and on this process's connection."""
    cost, backend = Cost(), _backend()
    began, own, database = time.perf_counter(), time.process_time(), machine.seconds_of([backend])
    yield cost
    cost.seconds, cost.app_seconds = time.perf_counter() - began, time.process_time() - own
    cost.database_seconds = machine.seconds_of([backend]) - database if machine.tells() else None
    cost.rss_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _backend() -> int:
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(pid)
