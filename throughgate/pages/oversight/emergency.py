"""Opening a record in an emergency, in two steps: find one person exactly, then say why.

Whose record it is stands in no address and no form: the second step looks for them again.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughgate.access import emergency as access
from throughgate.access.emergency import Opening, Reasons
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import Permit
from throughgate.pages import doors, wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.oversight import sought
from throughgate.pages.oversight.sought import TypedSought
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


@doors.stepped_up
@doors.with_hat
def emergency(request: HttpRequest, hat: Hat) -> HttpResponse:
    """The first step, and what is open by now; sent, the second."""
    if not access.may_open(hat.role):
        raise NotFound
    typed = sought.read(request.POST.dict())
    if request.method != "POST":
        return _first(request, hat, typed, "")
    try:
        person_id = access.find(hat, sought.checked(typed), at=clock.now())
    except Refused as refusal:
        return _first(request, hat, typed, str(refusal))
    if person_id is None:
        return _first(request, hat, typed, _("Nobody has these details. Check each of them."))
    if request.POST.get("step") != "open":
        return _second(request, hat, typed, Reasons(), "")
    return _open(request, hat, typed, person_id)


@doors.record
@require_POST
def end(_request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Before its time: the record closes."""
    access.end(permit, at=clock.now())
    return redirect("emergency", hat.post_id)


def _open(request: HttpRequest, hat: Hat, typed: TypedSought, person_id: UUID) -> HttpResponse:
    reasons = Reasons(
        reason=request.POST.get("reason", ""),
        words=request.POST.get("words", "").strip(),
        lawful_reason=request.POST.get("lawful_reason", ""),
    )
    try:
        access.open_emergency(hat, person_id, reasons, at=clock.now())
    except Refused as refusal:
        return _second(request, hat, typed, reasons, str(refusal))
    return redirect("person", hat.post_id, person_id)


def _first(request: HttpRequest, hat: Hat, typed: TypedSought, why: str) -> HttpResponse:
    context = {
        "typed": typed,
        "problems": [Problem(why, "number")] if why else [],
        "openings": [_opening(hat, each) for each in access.in_force(hat, at=clock.now())],
        "as_at": wording.moment(clock.now()),
    }
    return render(request, "oversight/emergency.html", context, status=400 if why else 200)


def _opening(hat: Hat, opening: Opening) -> dict[str, Any]:
    return {
        "name": opening.name,
        "until": _("open to you until %(moment)s") % {"moment": wording.moment(opening.until)},
        "url": reverse("person", args=[hat.post_id, opening.person_id]),
    }


def _second(request: HttpRequest, hat: Hat, typed: TypedSought, reasons: Reasons, why: str) -> HttpResponse:
    context = {
        "typed": typed,
        "called": _called(typed),
        "back_url": reverse("emergency", args=[hat.post_id]),
        "reasons": _options("emergency_reasons", reasons.reason),
        "words": reasons.words,
        "lawful": _lawful(hat, reasons),
        "problems": [Problem(why, "reason")] if why else [],
    }
    return render(request, "oversight/open.html", context, status=400 if why else 200)


def _called(typed: TypedSought) -> str:
    """As they were typed: of the record nothing is shown yet."""
    text = typed.text
    return text["number"] or f"{text['first_name']} {text['last_name']}"


def _options(table: str, chosen: str) -> list[Option]:
    return [
        Option(row["code"], wording.label(table, row["code"]), is_chosen=row["code"] == chosen)
        for row in code_set(table).rows
    ]


def _lawful(hat: Hat, reasons: Reasons) -> list[Option]:
    """What makes it lawful to read sealed parts; nothing for a role that does not open them."""
    if not access.may_open_sealed(hat.role):
        return []
    shut = Option("", _("Leave them shut"), is_chosen=not reasons.lawful_reason)
    return [shut, *_options("lawful_grounds", reasons.lawful_reason)]
