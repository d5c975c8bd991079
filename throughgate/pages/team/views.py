"""The team around somebody, what helps before one responds, and what is asked of whoever looks."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import CohortPermit, ListPermit, Permit
from throughgate.pages import doors
from throughgate.pages.person import reading as records
from throughgate.pages.team import forms, missing, presenters, reading
from throughgate.pages.team import plan as planning
from throughgate.pages.typed import id_in
from throughgate.pathway import actions as pathway
from throughgate.staff.queries import Hat
from throughgate.team import actions, lists


@doors.record
def team(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Who is on it, the plan they share, what they ask of each other; messages shown are opened."""
    read = reading.read(permit)
    actions.open_entries(permit, read.board.waiting_for(hat.post_id))
    context = presenters.team(hat, permit, read, kept_id=id_in(request.GET.dict(), "kept"))
    return render(request, "team/team.html", context)


@doors.record
def plan(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Needs beside goals, why, and what is missing; a change of need that is shown is no news any more."""
    read = reading.read_plan(permit)
    actions.open_entries(permit, [each.word.entry.id for each in read.needs])
    context = planning.plan(hat, permit, read, kept_id=id_in(request.GET.dict(), "kept"))
    return render(request, "team/plan.html", context)


@doors.record
def respond(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """What a sign may come from, what helps first, and what this person asks for."""
    return render(request, "team/respond.html", presenters.respond(hat, permit, reading.read(permit)))


@doors.record
def beside(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """What stands beside an entry: who sees it otherwise, and what may be hard to read in it."""
    read = records.versions(permit, entry_id)
    typed, why = forms.sent(request.POST), ""
    if request.method == "POST":
        try:
            with pathway.in_step(permit):
                forms.DEEDS[typed.deed](permit, read.versions[0], typed)
            return redirect("person", hat.post_id, permit.person_id)
        except Refused as refusal:
            why = str(refusal)
    context = presenters.beside(hat, permit, read, typed=forms.opened(typed), why=why)
    return render(request, "team/beside.html", context, status=400 if why else 200)


@doors.listing
def asked(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """What the teams of several people ask of whoever looks."""
    context = presenters.asked(hat, permit, lists.waiting(permit), lists.near(permit))
    return render(request, "team/asked.html", context)


@doors.listing
def unmet(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """What this organisation found missing."""
    return render(request, "team/unmet.html", missing.unmet(hat, permit, lists.unmet(permit)))


@doors.cohort
def gaps(request: HttpRequest, _hat: Hat, permit: CohortPermit) -> HttpResponse:
    """What any organisation found missing, without a name."""
    return render(request, "team/gaps.html", missing.gaps(permit, lists.gaps(permit)))
