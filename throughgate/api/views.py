"""Each address of the API: what is asked is read, a query is asked, and its answer is JSON."""

from pathlib import Path
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from throughgate.access import policy
from throughgate.api import doors, problems
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.record import changes
from throughgate.staff import audited, rules, tokens
from throughgate.staff import queries as staff
from throughgate.whole import queries
from throughgate.whole.document import document
from throughgate.whole.plain import plain

DESCRIPTION = Path(__file__).with_name("openapi.json")
ON_A_PAGE = 100
GRANT = {
    "grant_type": "client_credentials",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
}


@doors.token
def token(request: HttpRequest) -> HttpResponse:
    """RFC 6749, section 4.4, with RFC 7523: what is wrong is said in the words of those two."""
    if not ratelimit.consume(request, action="program_token"):
        audited.held_back(at=clock.now())
        return problems.too_often("There were too many tries from where this program is. Wait a minute.")
    for name, wanted in GRANT.items():
        if request.POST.get(name) != wanted:
            kind = "unsupported_grant_type" if name == "grant_type" else "invalid_request"
            return _no(400, kind, f"{name} must be {wanted}.")
    audience = settings.ADDRESS + reverse("api_token")
    try:
        shown, purpose = tokens.issue(
            request.POST.get("client_assertion", ""),
            audience=audience,
            purpose=request.POST.get("scope", ""),
            may=policy.for_programs(),
            at=clock.now(),
        )
    except Refused as refusal:
        if isinstance(refusal, tokens.NotItsPurpose):
            return _no(400, "invalid_scope", str(refusal))
        return _no(401, "invalid_client", str(refusal))
    seconds = int(rules.TOKEN_FOR.total_seconds())
    return JsonResponse(
        {"access_token": shown, "token_type": "Bearer", "expires_in": seconds, "scope": purpose}
    )


@doors.anyone
def description(_request: HttpRequest) -> HttpResponse:
    """How to ask, as OpenAPI; docs/reference/api.md is made of it."""
    return HttpResponse(DESCRIPTION.read_bytes(), content_type="application/json")


@doors.listing
def people(request: HttpRequest, permit: ListPermit) -> HttpResponse:
    """Whom this program may fetch, in the order of their ids, with the version of each record."""
    typed = request.GET.get("after", "")
    try:
        after = UUID(typed) if typed else None
    except ValueError:
        return problems.problem(400, "after must be the value of next on the page before, or left out.")
    found = changes.versions(permit, after=after, limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    following = str(shown[-1].person_id) if len(found) > ON_A_PAGE else None
    return JsonResponse({"people": [_version(each) for each in shown], "next": following})


@doors.record
def person(_request: HttpRequest, permit: Permit) -> HttpResponse:
    """One record as this program reads it."""
    places, found = directory.by_id(), queries.whole(permit)
    told = document(found, {place.id: place.code for place in places.values()})
    wrote = staff.names({entry.recorded_by for entry in found.entries if entry.recorded_by})
    return JsonResponse(
        {
            "purpose": permit.purpose,
            "reads": sorted(permit.read),
            **told,
            "workers": {str(worker_id): name for worker_id, name in wrote.items()},
        }
    )


def _version(each: changes.Version) -> dict[str, object]:
    return {"id": str(each.person_id), "version": each.version, "changed_at": plain(each.changed_at)}


def _no(status: int, error: str, why: str) -> HttpResponse:
    return JsonResponse({"error": error, "error_description": why}, status=status)
