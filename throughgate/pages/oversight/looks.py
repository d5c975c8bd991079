"""Who looked at one record, for those who check it; and a worker who asks that their look is not shown."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.audit import queries as audit
from throughgate.audit.queries import Looks
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.oversight import actions, queries, rules
from throughgate.pages import doors, typed, wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.names import Names
from throughgate.pages.oversight import forms, words
from throughgate.pages.oversight.forms import Asking
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.people import queries as people
from throughgate.staff.queries import Hat

ASKED = "asked"  # of an address: back from asking


@doors.record
def looks(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """By organisation, role and purpose, the newest first."""
    if not queries.checks(hat.role):
        raise NotFound
    before = typed.day(request.GET.get("before", ""))
    found = audit.looks(permit, before=before)
    return render(request, "oversight/looks.html", _looks(hat, permit, found))


@doors.record
def not_shown(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Asking that the person is not shown that this worker looked. Only some purposes have a ground."""
    if not rules.grounds(permit.purpose):
        raise NotFound
    asking, why = forms.asking(request.POST.dict()), ""
    if request.method == "POST":
        try:
            actions.ask_not_to_show(permit, ground=asking.ground, words=asking.words)
            return redirect(f"{request.path}?{ASKED}=yes")
        except Refused as refusal:
            why = str(refusal)
    context = _not_shown(hat, permit, asking, why) | {"is_asked": ASKED in request.GET}
    return render(request, "oversight/not_shown.html", context, status=400 if why else 200)


def _looks(hat: Hat, permit: Permit, found: Looks) -> dict[str, Any]:
    names = Names(directory.by_id().values())
    return {
        **_frame(hat, permit),
        "looks": [(words.look(each, names), _hidden(each)) for each in found.shown],
        "older_url": f"?before={found.older}" if found.older else "",
    }


def _hidden(look: audit.Look) -> str:
    return _("The person is not shown this for now.") if look.is_exempt else ""


def _not_shown(hat: Hat, permit: Permit, asking: Asking, why: str) -> dict[str, Any]:
    grounds = rules.grounds(permit.purpose)
    return {
        **_frame(hat, permit),
        "grounds": [
            Option(code, _(label), is_chosen=code == asking.ground) for code, label in grounds.items()
        ],
        "asking": asking,
        "shown_from": wording.day(rules.exempt_until(clock.day_of(permit.at))),
        "problems": [Problem(why)] if why else [],
    }


def _frame(hat: Hat, permit: Permit) -> dict[str, Any]:
    frame = writing.frame(hat, permit, people.banner(permit), linkage.lookalikes(permit))
    return {**frame, "as_at": wording.moment(permit.at)}
