"""What stands around every page: refusals become answers, and nothing of a record stays in a browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.pages import errors, wording

LONGEST_SESSION = timedelta(hours=12)
WRITTEN_AGAIN = timedelta(minutes=1)
UNKEEPABLE = "\0"  # the one character that PostgreSQL's text has no room for
Next = Callable[[HttpRequest], HttpResponseBase]


class Doors:
    """Turns `NotFound` and `Refused` into pages, keeps records out of caches, ends long sessions."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _end_long_session(request)
        with wording.speaking(settings.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Whatever the form or the address, nothing goes on that the database could not keep."""
        sent = chain(request.GET.lists(), request.POST.lists())
        if any(UNKEEPABLE in value for _name, values in sent for value in values):
            return errors.unkeepable(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, NotFound):
            return errors.not_found(request)
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        return None


def _keep_awake(request: HttpRequest) -> None:
    """A session ends when it was idle, not when it was long in use; written at most once a minute."""
    touched = request.session.get("touched_at")
    if touched is None or clock.now() - datetime.fromisoformat(touched) > WRITTEN_AGAIN:
        request.session["touched_at"] = clock.now().isoformat()


def _end_long_session(request: HttpRequest) -> None:
    """Twelve hours after signing in, sign in again, however busy the session was."""
    if not request.session.session_key:
        return
    _keep_awake(request)
    began = request.session.get("began_at")
    if began is None:
        request.session["began_at"] = clock.now().isoformat()
    elif clock.now() - datetime.fromisoformat(began) > LONGEST_SESSION:
        logout(request)
