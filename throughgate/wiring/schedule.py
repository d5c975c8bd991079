"""What is done by itself, and how often. A row here is all that a new job needs."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    name: str
    every_seconds: int
    run: Callable[[], object]  # must bear being run twice: a job that was killed starts again


JOBS: tuple[Job, ...] = ()
