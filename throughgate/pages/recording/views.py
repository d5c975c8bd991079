"""Recording what happened: choose what, fill in one form, and back to the record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.contacts import actions as contacts
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import doors
from throughgate.pages.person import reading
from throughgate.pages.recording import forms, presenters
from throughgate.pages.recording.forms import TypedContact, TypedReady
from throughgate.pathway import actions as pathway
from throughgate.people import queries as people
from throughgate.staff.queries import Hat


@doors.record
def choose(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """What this worker may record, each leading to its form."""
    who = people.banner(permit)
    context = presenters.choose(hat, permit, who, linkage.lookalikes(permit))
    return render(request, "recording/choose.html", context)


@doors.record
def contact(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """A contact to record; what cannot be kept comes back as it was typed, with why."""
    typed = forms.contact(request.POST.dict(), now=permit.at)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = presenters.wrong_with_contact(typed, now=permit.at)
        if not wrong:
            try:
                return _kept(hat, permit, _record_contact(permit, typed))
            except Refused as refusal:
                wrong = {"kept": str(refusal)}
    who = people.banner(permit)
    context = presenters.contact(hat, permit, who, linkage.lookalikes(permit), typed, wrong)
    return render(request, "recording/contact.html", context, status=400 if wrong else 200)


@doors.record
def ready(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """How far something is that has to be ready; the address may name which."""
    is_sent = request.method == "POST"
    typed = forms.ready(request.POST.dict() if is_sent else request.GET.dict())
    wrong: dict[str, str] = {}
    if is_sent:
        wrong = presenters.wrong_with_ready(permit, typed)
        if not wrong:
            try:
                return _kept(hat, permit, _record_ready(permit, typed))
            except Refused as refusal:
                wrong = {"kept": str(refusal)}
    who = people.banner(permit)
    context = presenters.ready(hat, permit, who, linkage.lookalikes(permit), typed, wrong)
    return render(request, "recording/ready.html", context, status=400 if wrong else 200)


@doors.record
def plain(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """The words of an entry, to take along to a system that this one cannot reach."""
    read = reading.versions(permit, entry_id)
    return render(request, "recording/plain.html", presenters.plain(hat, permit, read))


def _record_contact(permit: Permit, typed: TypedContact) -> UUID:
    with pathway.in_step(permit):
        return contacts.record_contact(
            permit,
            mode=typed.mode,
            outcome=typed.outcome,
            text=typed.text,
            at=typed.at or permit.at,
            dated_by=typed.dated_by,
            form_key=typed.form_key,
            reason=typed.reason,
        )


def _record_ready(permit: Permit, typed: TypedReady) -> UUID:
    return pathway.record_ready(
        permit,
        item=typed.item,
        state=typed.state,
        on_day=typed.day.on,
        text=typed.text,
        at=permit.at,
        form_key=typed.form_key,
    )


def _kept(hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """Back to the record, which says what was kept."""
    return redirect(f"{reverse('person', args=[hat.post_id, permit.person_id])}?kept={entry_id}")
