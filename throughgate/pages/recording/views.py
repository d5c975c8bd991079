"""Recording what happened: choose what, fill in one sheet, and back to the record."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from throughgate.contacts import actions as contacts
from throughgate.custody import actions as custody
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import addresses, doors, drafted
from throughgate.pages.person import reading
from throughgate.pages.person.reading import History
from throughgate.pages.recording import forms, presenters, sheets
from throughgate.pages.recording.forms import Asked, Filling
from throughgate.pages.typed import one_text_each
from throughgate.pathway import actions as pathway
from throughgate.people import queries as people
from throughgate.record import actions as record
from throughgate.record import drafts, rules
from throughgate.record.rules import Form, Overtaken
from throughgate.sharing import actions as sharing
from throughgate.staff.queries import Hat
from throughgate.team import derived as team


@doors.record
def choose(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """What this worker may record, each leading to its sheet."""
    who = people.banner(permit)
    context = presenters.choose(hat, permit, who, linkage.lookalikes(permit))
    return render(request, "recording/choose.html", context)


@doors.record
def sheet(request: HttpRequest, hat: Hat, permit: Permit, what: str) -> HttpResponse:
    """Something new to record."""
    return _answer(request, hat, permit, Asked(sheet=sheets.named(what)))


@doors.record
def correct(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """The sheet of an entry, filled in with what it says now."""
    read = reading.versions(permit, entry_id)
    if not sheets.is_correctable(permit, read.versions[0]):
        raise Refused(presenters.not_correctable())
    return _answer(request, hat, permit, Asked(sheet=sheets.BY_KIND[read.versions[0].kind], read=read))


@doors.record
def undo(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """What this worker has just written is taken back; the record says so."""
    if request.method == "POST":
        with pathway.in_step(permit):
            record.undo(permit, entry_id)
            custody.refresh(permit, [permit.person_id])  # it may have been a day to leave on
            team.refresh(permit, [permit.person_id])  # or that somebody joined the team
            sharing.refresh(permit, [permit.person_id])  # or who may see what
    return _back(hat, permit, entry_id)


@doors.record
def plain(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """The words of an entry, to take along to a system that this one cannot reach, and where they went."""
    read = reading.versions(permit, entry_id)
    if rules.is_told_to_workers(read.versions[0].only_for, organisation_id=permit.organisation_id):
        raise Refused(presenters.not_to_be_copied())
    why = ""
    if request.method == "POST":
        try:
            _enter_elsewhere(request, permit, read)
            return redirect(request.path)
        except Refused as refusal:
            why = str(refusal)
    context = presenters.plain(hat, permit, read, reading.entered_elsewhere(permit, read), why=why)
    return render(request, "recording/plain.html", context, status=400 if why else 200)


def _enter_elsewhere(request: HttpRequest, permit: Permit, read: History) -> None:
    form = Form(request.POST.get("form_key", "")[: forms.LONGEST_KEY])
    with pathway.in_step(permit):
        contacts.enter_elsewhere(permit, read.versions[0], system=request.POST.get("system", ""), form=form)


def _answer(request: HttpRequest, hat: Hat, permit: Permit, asked: Asked) -> HttpResponse:
    """What a sheet does: it is opened, kept as a draft, thrown away, or kept on the record."""
    if request.method != "POST":
        draft = drafts.find(permit, asked.draft)
        return _show(request, hat, permit, forms.opened(permit, asked, one_text_each(request.GET), draft))
    filling = forms.sent(permit, asked, one_text_each(request.POST))
    match request.POST.get("deed"):
        case "draft":
            drafts.keep(permit, asked.draft, forms.to_keep(filling))
            return drafted.answer(request, permit)
        case "throw_away":
            drafts.throw_away(permit, asked.draft)
            return redirect(request.path)
        case _:
            return _keep(request, hat, permit, filling)


def _keep(request: HttpRequest, hat: Hat, permit: Permit, filling: Filling) -> HttpResponse:
    """Back to the record, which says what was kept; or the sheet again, with why it was not."""
    asked = filling.asked
    if wrong := asked.sheet.faults(permit, filling.typed):
        return _show(request, hat, permit, replace(filling, wrong=wrong))
    try:
        with pathway.in_step(permit):
            entry_id = asked.sheet.keep(permit, filling.typed, filling.form)
            drafts.throw_away(permit, asked.draft)
    except Refused as refusal:
        return _show(request, hat, permit, _refused(permit, filling, refusal))
    return _back(hat, permit, entry_id, to=asked.sheet.leads_to)


def _back(hat: Hat, permit: Permit, entry_id: UUID, *, to: str = "person") -> HttpResponse:
    """To the record, or another page of it, which says what became of that entry."""
    return HttpResponseRedirect(f"{addresses.to(to, hat.post_id, permit.person_id)}?kept={entry_id}")


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
