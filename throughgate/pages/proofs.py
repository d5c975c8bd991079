"""What a session has been shown of who sits at the keyboard, beyond the password, and when."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from throughgate.foundation import clock
from throughgate.staff import rules

KEY = "second_factor"


class Wanted(Exception):
    """A page wants a second factor shown first; the middleware leads there, and back."""


def keep(request: HttpRequest, worker: Any) -> None:
    """This worker has just shown a second factor in this session."""
    request.session[KEY] = {"worker": str(worker.pk), "at": clock.now().isoformat()}


def shown_at(request: HttpRequest) -> datetime | None:
    """When whoever is signed in showed a second factor last in this session."""
    kept = request.session.get(KEY)
    if not kept or kept["worker"] != str(request.user.pk):
        return None
    return datetime.fromisoformat(kept["at"])


def is_wanted(request: HttpRequest) -> bool:
    """Does this session still have to show a second factor before it may see a record?"""
    return bool(settings.SECOND_FACTOR) and shown_at(request) is None


def require_second(request: HttpRequest) -> None:
    """Raises: Wanted where a second factor is asked of everybody and this session has shown none."""
    if is_wanted(request):
        raise Wanted


def require_fresh(request: HttpRequest) -> None:
    """Raises: Wanted unless a second factor was shown within the last minutes; the demo knows none."""
    if settings.SECOND_FACTOR and not rules.is_fresh(shown_at(request), at=clock.now()):
        raise Wanted
