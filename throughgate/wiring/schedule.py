"""What is done by itself, and how often. A row here is all that a new job needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from throughgate.access import actions as access
from throughgate.audit import sealing
from throughgate.exchange import actions as exchange
from throughgate.exchange import uploads
from throughgate.foundation import clock
from throughgate.oversight import browsing, near
from throughgate.packs import batches
from throughgate.record import drafts
from throughgate.staff import sessions


@dataclass(frozen=True)
class Job:
    name: str
    every_seconds: int
    run: Callable[[], object]  # must bear being run twice: a job that was killed starts again


class OnceADay:
    """Runs when first asked on a day: just after midnight, or when the program starts later than that."""

    def __init__(self, run: Callable[[], object]) -> None:
        self._run = run
        self._done_on: date | None = None

    def __call__(self) -> None:
        today = clock.today()
        if self._done_on != today:
            self._run()
            self._done_on = today


def seal() -> None:
    """Seal what was logged since the last time."""
    sealing.seal(at=clock.now())


def refresh_everybody() -> None:
    """Make all that is derived again: what is due or over changes with the day, without any new entry."""
    exchange.refresh_everybody(access.issue_timer_permit("nightly refresh", at=clock.now()))


def forget_drafts() -> None:
    """Forget the forms that somebody began and never sent."""
    drafts.sweep(access.issue_timer_permit("forget drafts", at=clock.now()))


def forget_sessions() -> None:
    """Forget what is kept of sign-ins that ended, once nobody comes back for what they were sending."""
    sessions.sweep(at=clock.now())


def watch_browsing() -> None:
    """Notice who looks at more than their work needs."""
    browsing.watch(access.issue_timer_permit("watch browsing", at=clock.now()))


def close_near() -> None:
    """Close to workers the records too near to them that were made since."""
    near.close(access.issue_timer_permit("close near records", at=clock.now()))


JOBS: tuple[Job, ...] = (
    Job("imports from the page", every_seconds=2, run=uploads.carry_out_waiting),
    Job("packs of several people", every_seconds=2, run=batches.carry_out_waiting),
    Job("seal the audit", every_seconds=60, run=seal),
    Job("watch browsing", every_seconds=60, run=watch_browsing),
    Job("close near records", every_seconds=60, run=OnceADay(close_near)),
    Job("nightly refresh", every_seconds=60, run=OnceADay(refresh_everybody)),
    Job("forget drafts", every_seconds=60, run=OnceADay(forget_drafts)),
    Job("forget sessions", every_seconds=3600, run=forget_sessions),
)
