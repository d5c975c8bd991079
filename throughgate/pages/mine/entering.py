"""How a browser comes into a person's own book and out of it, apart from the sessions of workers."""

from collections.abc import Sequence
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from throughgate.book import actions as book
from throughgate.book.limits import limits
from throughgate.book.rules import Visit
from throughgate.foundation import clock
from throughgate.packs.content import Language

HELD = "book"  # the cookie of a visit
LOOK = "book_look"  # language and size of print, for as long as the browser is open
WHERE = "/mine/"
PRESSED = "look"  # the buttons that change how pages are shown
LARGE, USUAL = "large", "usual"
INSIDE = "same-origin"  # what a browser says of a link, a button or loading again on a page of ours
# Of what was shown nothing is to stay on a machine that others use.
EVERYTHING = '"cache", "cookies", "storage"'


class Look(NamedTuple):
    """How the pages are shown."""

    language: Language
    is_large: bool


def look(request: HttpRequest) -> Look:
    """As the browser holds it, unless a button that was just pressed says otherwise."""
    chosen = [*request.COOKIES.get(LOOK, "").split("-"), request.POST.get(PRESSED, "")]
    language = _last(chosen, Language.ENGLISH, Language.WELSH)
    return Look(Language(language), _last(chosen, USUAL, LARGE) == LARGE)


def _last(chosen: Sequence[str], *of: str) -> str:
    """The last of those; the first of `of` where none was chosen."""
    return next((each for each in reversed(chosen) if each in of), of[0])


def changes_look(request: HttpRequest) -> bool:
    """Whether one of those buttons sent the form: it comes back as it was typed, and nothing else is done."""
    return PRESSED in request.POST


def keep_look(answer: HttpResponse, chosen: Look) -> HttpResponse:
    said = [chosen.language.value, *([LARGE] if chosen.is_large else [])]
    return _set(answer, LOOK, "-".join(said))


def held(request: HttpRequest) -> str:
    """What the browser holds of a visit. Where a worker is signed in it is as if it held none."""
    return "" if request.user.is_authenticated else request.COOKIES.get(HELD, "")


def visit(request: HttpRequest) -> Visit | None:
    """The visit that is open in this browser, which goes on by this.

    It is over for who comes by an address that was typed or kept, or by the page a machine starts with: where
    others use it, that may be somebody else. A browser that does not say from where is taken to stay inside.
    """
    found = held(request)
    if found and request.headers.get("Sec-Fetch-Site", INSIDE) != INSIDE:
        book.leave(found, at=clock.now())
        return None
    return book.visit(found, at=clock.now()) if found else None


def begin(held: str) -> HttpResponse:
    """Into the book, at its first page."""
    return _set(redirect("mine_next"), HELD, held)


def anew(answer: HttpResponse) -> HttpResponse:
    """Whatever the browser held of a visit: nobody goes on with it from here."""
    answer.delete_cookie(HELD, path=WHERE, samesite="Strict")
    return answer


def shut(where: str = "mine") -> HttpResponse:
    """Out of the book, with nothing left behind."""
    answer = redirect(where)
    answer.headers["Clear-Site-Data"] = EVERYTHING
    for name in (HELD, LOOK):
        answer.delete_cookie(name, path=WHERE, samesite="Strict")
    return answer


def until_idle(answer: HttpResponseBase) -> HttpResponseBase:
    """A page that nobody touches goes away by itself, once the visit is over."""
    answer.headers["Refresh"] = f"{limits()['minutes_idle'] * 60 + 5}; url={WHERE}"
    return answer


def place(request: HttpRequest) -> str:
    """From which network address somebody tries: of the browser, not of a proxy before this server."""
    return str(get_adapter(request).get_client_ip(request))


def _set(answer: HttpResponse, name: str, value: str) -> HttpResponse:
    answer.set_cookie(
        name, value, path=WHERE, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
    return answer
