"""Who looked at one record, for those who check it; and a worker who asks that their look is not shown."""

from collections.abc import Mapping
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
from throughgate.pages.components.shapes import Option
from throughgate.pages.names import Names
from throughgate.pages.oversight import forms, words
from throughgate.pages.oversight.forms import Asking
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.people import queries as people
from throughgate.staff.queries import Hat


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
    asking, wrong = forms.asking(request.POST.dict()), dict[str, str]()
    if request.method == "POST":
        try:
            actions.ask_not_to_show(permit, ground=asking.ground, words=asking.words)
            return redirect(request.path)
        except Refused as refusal:
            wrong = forms.wrong_with(refusal)
    context = _not_shown(hat, permit, asking, wrong)
    return render(request, "oversight/not_shown.html", context, status=400 if wrong else 200)


def _looks(hat: Hat, permit: Permit, found: Looks) -> dict[str, Any]:
    names = Names(directory.by_id().values())
    return {
        **_frame(hat, permit),
        "looks": [(words.look(each, names), _hidden(each)) for each in found.shown],
        "older_url": f"?before={found.older}" if found.older else "",
    }


def _hidden(look: audit.Look) -> str:
    return _("The person is not shown this for now.") if look.is_exempt else ""


def _not_shown(hat: Hat, permit: Permit, asking: Asking, wrong: Mapping[str, str]) -> dict[str, Any]:
    """Where it was asked, how far that is; asking again takes the place of an answer, and not of waiting."""
    grounds, held, today = rules.grounds(permit.purpose), audit.kept_back(permit), clock.day_of(permit.at)
    return {
        "before": words.kept_back(held, on=today) if held else "",
        "waits": bool(held and held.is_asked and held.until > today),
        **_frame(hat, permit),
        "grounds": [
            Option(code, _(label), is_chosen=code == asking.ground) for code, label in grounds.items()
        ],
        "asking": asking,
        "shown_from": wording.day(rules.exempt_until(today)),
        "wrong": wrong,
        "problems": forms.problems(wrong),
    }


def _frame(hat: Hat, permit: Permit) -> dict[str, Any]:
    frame = writing.frame(hat, permit, people.banner(permit), linkage.lookalikes(permit))
    return {**frame, "as_at": wording.moment(permit.at)}
