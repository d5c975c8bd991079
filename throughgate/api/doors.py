"""Doors of the API: a token names the hat and the purpose, the permit is logged, and only then is read.

Each decides anew with each request: a token that is minutes old opens nothing that has ended since.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from throughgate.access import actions as access
from throughgate.access import programs
from throughgate.api import problems
from throughgate.foundation import clock, leave
from throughgate.foundation.errors import NotFound, Refused
from throughgate.staff import tokens
from throughgate.staff.tokens import Asking

View = Callable[..., HttpResponseBase]


def token(view: View) -> View:
    """Where a token is got: the signature of what is sent there is all that is believed."""
    return _named(view, "token", "POST")


def anyone(view: View) -> View:
    """What says how to ask, and nothing of anybody."""
    return _named(view, "anyone", "GET")


def listing(view: View) -> View:
    """Many people, under a list permit."""

    def permitted(request: HttpRequest, asking: Asking, **rest: Any) -> HttpResponseBase:
        permit = access.issue_list_permit(
            asking.hat, purpose=asking.purpose, at=clock.now(), page=_page(request)
        )
        return view(request, permit, **rest)

    return _named(_asked(permitted), "program list", "GET", takes={"after"})


def record(view: View) -> View:
    """One person, under a permit for that person alone."""

    def permitted(request: HttpRequest, asking: Asking, person_id: UUID, **rest: Any) -> HttpResponseBase:
        permit = access.issue_permit(
            asking.hat, person_id, purpose=asking.purpose, at=clock.now(), page=_page(request)
        )
        return view(request, permit, **rest)

    return _named(_asked(permitted), "program record", "GET")


def _asked(view: View) -> View:
    """By whom the token says, who has not asked too often."""

    @wraps(view)
    def entered(request: HttpRequest, **rest: Any) -> HttpResponseBase:
        scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
        try:
            asking = tokens.asking(shown.strip() if scheme.lower() == "bearer" else "", at=clock.now())
        except NotFound:
            return problems.without_token()
        try:
            programs.count_request(asking.hat, at=clock.now())
            with leave.ends():
                return view(request, asking, **rest)
        except NotFound:
            return problems.not_found(request)
        except Refused as refusal:
            return problems.refused(refusal)

    return entered


def _named(view: View, door: str, method: str, *, takes: Collection[str] = ()) -> View:
    """By one method alone, and with nothing after the question mark that it does not take."""

    @wraps(view)
    def entered(request: HttpRequest, **rest: Any) -> HttpResponseBase:
        if set(request.GET) - set(takes):
            return problems.unknown(takes)
        return view(request, **rest) if request.method == method else problems.only_by(method)

    entered.door = door  # type: ignore[attr-defined]  # read by the test that walks the addresses
    return entered


def _page(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
