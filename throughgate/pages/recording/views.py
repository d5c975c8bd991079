"""Recording what happened: choose what, fill in one sheet, and back to the record."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import doors
from throughgate.pages.person import reading
from throughgate.pages.person.reading import History
from throughgate.pages.recording import forms, presenters, sheets
from throughgate.pages.recording.forms import Filling
from throughgate.pages.recording.sheet import Sheet
from throughgate.pathway import actions as pathway
from throughgate.people import queries as people
from throughgate.record.rules import Overtaken
from throughgate.staff.queries import Hat


@doors.record
def choose(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """What this worker may record, each leading to its sheet."""
    who = people.banner(permit)
    context = presenters.choose(hat, permit, who, linkage.lookalikes(permit))
    return render(request, "recording/choose.html", context)


@doors.record
def sheet(request: HttpRequest, hat: Hat, permit: Permit, what: str) -> HttpResponse:
    """A sheet to fill in; what cannot be kept comes back as it was typed, with why."""
    asked = sheets.named(what)
    if request.method == "POST":
        return _keep(request, hat, permit, forms.sent(permit, asked, request.POST.dict()))
    return _show(request, hat, permit, forms.opened(permit, asked, request.GET.dict()))


@doors.record
def correct(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """The sheet of an entry, filled in with what it says now."""
    read = reading.versions(permit, entry_id)
    old = read.versions[0]
    asked = _sheet_of(permit, read)
    if request.method == "POST":
        return _keep(request, hat, permit, forms.sent(permit, asked, request.POST.dict(), old=old))
    return _show(request, hat, permit, forms.correcting(asked, old, read.lines[old.id]))


@doors.record
def plain(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """The words of an entry, to take along to a system that this one cannot reach."""
    read = reading.versions(permit, entry_id)
    return render(request, "recording/plain.html", presenters.plain(hat, permit, read))


def _sheet_of(permit: Permit, read: History) -> Sheet:
    """Raises: Refused for an entry that this worker cannot correct."""
    (now, *_) = read.versions
    if now.id not in read.lines or not sheets.is_correctable(permit, now):
        raise Refused(presenters.not_correctable())
    return sheets.BY_KIND[now.kind]


def _keep(request: HttpRequest, hat: Hat, permit: Permit, filling: Filling) -> HttpResponse:
    """Back to the record, which says what was kept; or the sheet again, with why it was not."""
    asked, typed = filling.sheet, filling.typed
    if wrong := asked.wrong(permit, typed):
        return _show(request, hat, permit, replace(filling, wrong=wrong))
    try:
        with pathway.in_step(permit):
            entry_id = asked.keep(permit, typed, filling.form)
    except Refused as refusal:
        return _show(request, hat, permit, _refused(permit, filling, refusal))
    return redirect(f"{reverse('person', args=[hat.post_id, permit.person_id])}?kept={entry_id}")


def _refused(permit: Permit, filling: Filling, refusal: Refused) -> Filling:
    if isinstance(refusal, Overtaken):
        return forms.overtaken(filling, reading.versions(permit, refusal.newer))
    return replace(filling, wrong={"kept": str(refusal)})


def _show(request: HttpRequest, hat: Hat, permit: Permit, filling: Filling) -> HttpResponse:
    who = people.banner(permit)
    context = presenters.sheet(hat, permit, who, linkage.lookalikes(permit), filling)
    return render(request, "recording/sheet.html", context, status=_status(filling))


def _status(filling: Filling) -> int:
    if filling.newer:
        return 409
    return 400 if filling.wrong else 200
