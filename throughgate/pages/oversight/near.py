"""A worker says whose record is their own or of their family, which closes it to them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.oversight import near
from throughgate.oversight.near import Declared
from throughgate.pages import doors, wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.oversight import sought
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.people import queries as people
from throughgate.staff.queries import Hat


@doors.with_hat
def declare(request: HttpRequest, hat: Hat) -> HttpResponse:
    """By what finds it; the answer is the same whether or not there is a record."""
    typed, why = sought.read(request.POST.dict()), ""
    chosen = request.POST.get("why", "")
    if request.method == "POST":
        try:
            near.declare(hat, sought.checked(typed), why=chosen, at=clock.now())
            return redirect("near", hat.post_id)
        except Refused as refusal:
            why = str(refusal)
    context = {
        **_form(chosen, why),
        "typed": typed,
        "said": [_said(each) for each in near.declared_by(hat)],
    }
    return render(request, "oversight/near.html", context, status=400 if why else 200)


@doors.record
def declare_open(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Of the record that is open, which then closes."""
    chosen, why = request.POST.get("why", ""), ""
    if request.method == "POST":
        try:
            near.declare_open(permit, why=chosen)
            return redirect("near", hat.post_id)
        except Refused as refusal:
            why = str(refusal)
    frame = writing.frame(hat, permit, people.banner(permit), linkage.lookalikes(permit))
    others_url = reverse("near", args=[hat.post_id])
    context = {**frame, **_form(chosen, why), "others_url": others_url, "as_at": wording.moment(permit.at)}
    return render(request, "oversight/near_open.html", context, status=400 if why else 200)


def _form(chosen: str, why: str) -> dict[str, Any]:
    labels = {"own_record": _("It is my own record"), "family": _("They are family, or as near as family")}
    return {
        "whys": [Option(code, label, is_chosen=code == chosen) for code, label in labels.items()],
        "problems": [Problem(why, "why")] if why else [],
    }


def _said(said: Declared) -> str:
    """What they typed themselves; of a record that was open, only that it was."""
    whose = {"own_record": _("Your own record"), "family": _("A record of your family")}[said.why]
    by = said.number or " ".join(filter(None, (said.first_name, said.last_name)))
    return ", ".join(filter(None, (whose, by, wording.moment(said.said_at))))
