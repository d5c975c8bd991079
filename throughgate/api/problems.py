"""Answers that say no, for a program and for whoever reads its log: RFC 9457, in sentences."""

from collections.abc import Collection, Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse

from throughgate.access.searching import TooOften
from throughgate.foundation.errors import Refused

TITLES: Mapping[int, str] = {
    400: "That cannot be read",
    401: "A token is asked for",
    403: "That is not given",
    404: "There is nothing here for you",
    405: "That is not done here",
    413: "That is too large",
    429: "Too often",
    500: "Something went wrong",
}
GUARDS: Mapping[str, str] = {"Cache-Control": "no-store", "X-Frame-Options": "DENY"}  # of every answer
NOT_FOUND = "There is nobody with that id whose record this program may fetch today, or no such address."


def problem(status: int, detail: str) -> HttpResponse:
    said = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    return JsonResponse(said, status=status, content_type="application/problem+json", headers=GUARDS)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(404, NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(400, "What was sent cannot be read. docs/reference/api.md says what is.")


def broken(request: HttpRequest) -> HttpResponse:
    """No trace, no record."""
    return problem(500, "Something went wrong in Throughgate. It is in its log. Try again in some minutes.")


def unknown(takes: Collection[str]) -> HttpResponse:
    """What was asked with is not said back: anything may stand there."""
    return problem(400, f"This address takes {' and '.join(takes) or 'nothing'} after the question mark.")


def without_token() -> HttpResponse:
    answer = problem(
        401,
        "Show a token that was got at the token address within the last five minutes: it opens nothing now.",
    )
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def only_by(methods: str) -> HttpResponse:
    answer = problem(405, f"Ask this address with {methods}.")
    answer.headers["Allow"] = methods
    return answer


def refused(refusal: Refused) -> HttpResponse:
    """In its own words."""
    if isinstance(refusal, TooOften):
        return too_often(str(refusal))
    return problem(403, str(refusal))


def too_often(detail: str) -> HttpResponse:
    answer = problem(429, detail)
    answer.headers["Retry-After"] = "60"
    return answer
