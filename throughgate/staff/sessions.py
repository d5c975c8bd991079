"""Sessions of workers, in a table that knows whose they are, so that all of somebody's can be ended at once.

Every page asks for one, so that it is read by one plain query, and with it the worker whose it is. A session
ends at the moment in its row: the idle limit or the absolute one, whichever comes first.
"""

import hashlib
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection

from throughgate.foundation import clock
from throughgate.staff import queries, rules
from throughgate.staff.models import Session, Worker

READ = f"""
SELECT session_data, expire_date, worker_id, {", ".join(f"worker.{name}" for name in queries.COLUMNS)}
FROM staff_session LEFT JOIN staff_worker worker ON worker.id = worker_id WHERE session_key = %s
"""
WRITTEN_AGAIN = timedelta(minutes=1)
_came_with: ContextVar[Worker | None] = ContextVar("came_with", default=None)
BEGAN, SEEN, IDLE, DEVICE = "began_at", "seen_at", "idle_minutes", "device"


class SessionStore(db.SessionStore):
    """As Django's in all else."""

    lapsed_worker_id: UUID | None = None  # whose session this was, where it has ended by itself

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key])
            row = cursor.fetchone()
        _came_with.set(queries.worker_of(row[3:]) if row and row[3] else None)
        if row and row[1] > clock.now():
            return Session(session_key=str(self.session_key), session_data=row[0], expire_date=row[1])
        self.lapsed_worker_id = row[2] if row else None
        self._session_key = None
        return None

    def is_empty(self) -> bool:
        """One that has ended is not: its cookie stays, and says who typed too late, until they sign in."""
        return super().is_empty() and self.lapsed_worker_id is None

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        seen_at = clock.now()
        began_at = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else seen_at
        idle = timedelta(minutes=data[IDLE]) if IDLE in data else rules.USUAL_IDLE
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            worker_id=data.get(SESSION_KEY),
            device=data.get(DEVICE, ""),
            began_at=began_at,
            seen_at=seen_at,
            expire_date=rules.session_ends_at(began_at=began_at, seen_at=seen_at, idle=idle),
        )


def worker(worker_id: UUID) -> Worker | None:
    """Whom a session names, as they stood when it was read for this request."""
    came = _came_with.get()
    return came if came and came.id == worker_id else queries.worker(worker_id)


def begin(session: Any, *, idle: timedelta, device: str) -> None:
    """Somebody has just signed in: the hours are counted from now."""
    session[BEGAN] = session[SEEN] = clock.now().isoformat()
    session[IDLE] = idle.total_seconds() / 60
    session[DEVICE] = device


def keep_awake(session: Any) -> None:
    """A session ends when it was idle, not when it was long in use; written at most once a minute."""
    seen = session.get(SEEN)
    if seen and clock.now() - datetime.fromisoformat(seen) > WRITTEN_AGAIN:
        session[SEEN] = clock.now().isoformat()


class Listed(NamedTuple):
    """One browser that somebody is signed in with."""

    handle: str  # names it on a page; the key itself would open it
    device: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def of_worker(worker_id: UUID, *, key: str | None, at: datetime) -> list[Listed]:
    """Where somebody is signed in, the latest first; `key` is the session that asks."""
    found = Session.objects.filter(worker_id=worker_id, expire_date__gt=at).order_by("-seen_at")
    return [
        Listed(_handle(each.session_key), each.device, each.began_at, each.seen_at, each.session_key == key)
        for each in found
    ]


def end(worker_id: UUID, handle: str) -> None:
    """Ends one of a worker's sessions; it bites at the next request."""
    for each in Session.objects.filter(worker_id=worker_id):
        if _handle(each.session_key) == handle:
            each.delete()


def end_all(worker_id: UUID, *, but_key: str | None = None) -> None:
    """Signs a worker out everywhere, or everywhere else."""
    Session.objects.filter(worker_id=worker_id).exclude(session_key=but_key).delete()


def sweep(*, at: datetime) -> None:
    """Forgets sessions that ended so long ago that nobody comes back to what they were sending."""
    Session.objects.filter(expire_date__lt=at - rules.WAITS_FOR).delete()


def _handle(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]
