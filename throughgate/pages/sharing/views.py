"""Who can see what of somebody, asked and changed beside them; and what they are read and given on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from throughgate.directory import queries as directory
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Language
from throughgate.packs.words.wording import Wording, wording
from throughgate.pages import doors
from throughgate.pages.packs.forms import spoken
from throughgate.pages.person import kept
from throughgate.pages.recording.forms import LONGEST_KEY
from throughgate.pages.sharing import arriving, presenters, reading
from throughgate.pages.typed import id_in
from throughgate.people.queries import Banner
from throughgate.record.rules import Form
from throughgate.sharing import actions
from throughgate.staff.queries import Hat


@doors.record
def sharing(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Each organisation, what it sees of each topic and why, and what the person said of it."""
    read = reading.read(permit)
    context = presenters.sharing(hat, permit, read)
    context["kept"] = kept.notice(hat, permit, id_in(request.GET.dict(), "kept"), read.names)
    return render(request, "sharing/sharing.html", context)


@doors.record
def seen_by(request: HttpRequest, hat: Hat, permit: Permit, organisation_id: UUID, role: str) -> HttpResponse:
    """What somebody of that role would see."""
    read = reading.seen_by(permit, organisation_id, role)
    return render(request, "sharing/seen_by.html", presenters.seen_by(hat, permit, read))


@doors.record
def limits(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """What has to be passed on, read together before they speak."""
    read = reading.paper(permit)
    context = presenters.limits(hat, permit, read, _wording(request, read.who))
    return render(request, "sharing/paper.html", context)


@doors.record
def receipt(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """One choice on paper, with its code."""
    read = reading.receipt(permit, entry_id)
    context = presenters.receipt(hat, permit, read, _wording(request, read.who))
    return render(request, "sharing/paper.html", context)


@doors.record
def slip(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """When and where an appointment is, for whoever opens the doors."""
    read = reading.slip(permit, entry_id)
    context = presenters.slip(hat, permit, read, _wording(request, read.who))
    return render(request, "sharing/paper.html", context)


@doors.record
@require_POST
def read_minimum(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Somebody of a receiving service has read what it is sent to keep them safe."""
    kind = directory.by_id()[permit.organisation_id].kind
    form = Form(request.POST.get("form_key", "")[:LONGEST_KEY])
    actions.read_minimum(permit, arriving.codes(permit, kind), form=form)
    return redirect("person", hat.post_id, permit.person_id)


def _wording(request: HttpRequest, who: Banner) -> Wording:
    """The language asked for; else the one they speak, where the paper has it."""
    asked = request.GET.get("language", "")
    return wording(Language(asked) if asked in set(Language) else spoken(who.language))
