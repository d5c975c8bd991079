"""Does what is due by itself, until stopped. The jobs are a table: throughgate/wiring/schedule.py."""

import argparse
import logging
import time
from typing import TYPE_CHECKING

from django.db import close_old_connections

from throughgate.wiring import connected, logs

if TYPE_CHECKING:
    from throughgate.wiring.schedule import Job

LONGEST_SLEEP_SECONDS = 60
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do each job once, now, and end")


def run(options: argparse.Namespace) -> int:
    with connected.as_role("worker"):
        from throughgate.wiring.schedule import JOBS  # noqa: PLC0415 - once Django is set up

        if options.once:
            done = [_do(job) for job in JOBS]
            return 0 if all(done) else 1
        return _go_on(JOBS)


def _go_on(jobs: "tuple[Job, ...]") -> int:
    """Until interrupted. A job that is late starts at once and is not made up for."""
    due = dict.fromkeys(jobs, time.monotonic())
    try:
        while True:
            for job in jobs:
                if due[job] <= time.monotonic():
                    _do(job)
                    due[job] = time.monotonic() + job.every_seconds
            next_due = min(due.values(), default=time.monotonic() + LONGEST_SLEEP_SECONDS)
            time.sleep(max(0.0, min(LONGEST_SLEEP_SECONDS, next_due - time.monotonic())))
    except KeyboardInterrupt:
        return 0


def _do(job: "Job") -> bool:
    """One job that fails must not keep the others from running."""
    close_old_connections()
    try:
        job.run()
    except Exception as error:  # noqa: BLE001 - whatever it was, it is logged and tried again when next due
        log.error("Job %s failed: %s", job.name, logs.where(error))  # noqa: TRY400
        return False
    return True
