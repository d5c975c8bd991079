"""Who is who: pairs that wait for an answer, and links that can be undone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.custody import queries as custody
from throughgate.directory import queries as directory
from throughgate.exchange import actions as exchange
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import ReviewPermit
from throughgate.linkage import queries as linkage
from throughgate.pages import doors
from throughgate.pages.held import forms, presenters
from throughgate.pages.held.presenters import Sides
from throughgate.pages.names import Names
from throughgate.people import queries as people
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat

PAGE = 25


@doors.review
def waiting(request: HttpRequest, hat: Hat, permit: ReviewPermit) -> HttpResponse:
    """Pairs nobody has answered yet, those that have waited longest first."""
    after = forms.place(request.GET.dict(), "after")
    found = linkage.held(permit, after=after, limit=PAGE + 1)
    known = people.known_as(permit, frozenset(_ids(found[:PAGE])))
    context = presenters.waiting(hat, permit, found, known, Names(directory.by_id().values()), page=PAGE)
    return render(request, "held/waiting.html", context)


@doors.stepped_up
@doors.review
def pair(request: HttpRequest, hat: Hat, permit: ReviewPermit, held_id: UUID) -> HttpResponse:
    """Both sides of one pair, and the answer."""
    found = linkage.pair(permit, held_id)
    said, why = forms.said(request.POST.dict()), ""
    if request.method == "POST":
        try:
            presenters.check_answer(said)
            exchange.settle(permit, held_id, answer=said.answer, reason=said.reason)
        except Refused as refusal:
            why = str(refusal)
        else:
            return redirect("held", hat.post_id)
    answers = linkage.answers(permit, held_id)
    sides = _sides(permit, [found.identity_id, found.other_id], {one.worker_id for one in answers})
    context = presenters.pair(hat, permit, found, answers, sides, said, why=why)
    return render(request, "held/pair.html", context, status=400 if why else 200)


@doors.review
def links(request: HttpRequest, hat: Hat, permit: ReviewPermit) -> HttpResponse:
    """Links that hold, the newest first, each of which can be undone."""
    before = forms.place(request.GET.dict(), "before")
    found = linkage.joined(permit, before=before, limit=PAGE + 1)
    ids = frozenset(one for link in found[:PAGE] for one in (link.identity_id, *link.other_ids))
    known = people.known_as(permit, ids)
    context = presenters.links(hat, permit, found, known, Names(directory.by_id().values()), page=PAGE)
    return render(request, "held/links.html", context)


@doors.stepped_up
@doors.review
def link(request: HttpRequest, hat: Hat, permit: ReviewPermit, link_id: UUID) -> HttpResponse:
    """One link with what it brought together, to undo."""
    said, why = forms.said(request.POST.dict()), ""
    if request.method == "POST":
        try:
            exchange.separate(permit, link_id, reason=said.reason)
        except Refused as refusal:
            why = str(refusal)
        else:
            return redirect("links", hat.post_id)
    found = linkage.joined(permit, limit=1, link_id=link_id)
    if not found:
        raise NotFound
    sides = _sides(permit, [found[0].identity_id, *found[0].other_ids], {found[0].worker_id})
    context = presenters.link(hat, permit, found[0], sides, said, why=why)
    return render(request, "held/link.html", context, status=400 if why else 200)


def _ids(pairs: list[linkage.HeldPair]) -> list[UUID]:
    return [one for each in pairs for one in (each.identity_id, each.other_id)]


def _sides(permit: ReviewPermit, identity_ids: list[UUID], workers: set[UUID | None]) -> Sides:
    """What is known of these identities, in that order."""
    wanted = frozenset(identity_ids)
    known = people.known_as(permit, wanted)
    return Sides(
        known=[known[each] for each in identity_ids],
        moved=custody.last_movements(permit, wanted),
        names=Names(directory.by_id().values(), staff.names({worker for worker in workers if worker})),
    )
