"""A person's record: read under the permit of the door, put into words, shown."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.custody import actions as custody
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import doors
from throughgate.pages.person import forms, kept, presenters, reading, writing
from throughgate.pages.sharing import arriving
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries as plans
from throughgate.people import queries as people
from throughgate.staff.queries import Hat


@doors.record
def record(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """The whole record, newest first."""
    asked = forms.read(request.GET.dict(), today=clock.day_of(permit.at))
    read = reading.read(permit, asked)
    context = presenters.record(hat, permit, asked, read)
    context["kept"] = kept.notice(hat, permit, asked.kept, read.names)
    kind = "" if asked.known_on else read.names.kind(permit.organisation_id)
    context["arrived"] = arriving.panel(hat, permit, arriving.read(permit, kind))
    return render(request, "person/record.html", context)


@doors.record
def steps(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Every step of their pathway, by when, and why it is there."""
    who = people.banner(permit)
    plan = plans.plan(permit)
    context = presenters.steps(hat, permit, who, linkage.lookalikes(permit), plan)
    return render(request, "person/steps.html", context)


@doors.record
def history(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """What an entry says, and what it said before it was corrected."""
    read = reading.versions(permit, entry_id)
    context = presenters.history(hat, permit, read, reading.entered_elsewhere(permit, read))
    return render(request, "person/history.html", context)


@doors.record
def death(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """A reported death to confirm, or to find a mistake: feeds err."""
    typed = forms.death(request.POST.dict())
    why = ""
    if request.method == "POST":
        try:
            _settle(permit, typed)
        except Refused as refusal:
            why = str(refusal)
        else:
            return redirect(_address(hat, permit))
    who = people.banner(permit)
    context = writing.death(hat, permit, who, linkage.lookalikes(permit), typed, why=why)
    return render(request, "person/death.html", context, status=400 if why else 200)


def _settle(permit: Permit, typed: forms.TypedDeath) -> None:
    writing.check_death(typed)
    with pathway.in_step(permit):
        if typed.finding == "confirmed" and typed.died.on:
            custody.confirm_death(permit, died_on=typed.died.on, reason=typed.reason, at=permit.at)
        else:
            custody.death_was_a_mistake(permit, reason=typed.reason, at=permit.at)


def _address(hat: Hat, permit: Permit) -> str:
    return reverse("person", args=[hat.post_id, permit.person_id])
