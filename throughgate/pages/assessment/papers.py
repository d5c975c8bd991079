"""Forms on paper: printed with a code that tells which form it is, and typed back a line a question."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Language
from throughgate.pages import doors, drafted
from throughgate.pages.assessment import offering, paper_words, reading, typing_back
from throughgate.pages.assessment.offering import Offer
from throughgate.pages.assessment.typing_back import Typing
from throughgate.pages.packs import files
from throughgate.pages.packs import forms as asked
from throughgate.pages.person import reading as person
from throughgate.pages.typed import one_text_each
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Overtaken
from throughgate.staff.queries import Hat


@doors.record
def paper(request: HttpRequest, hat: Hat, permit: Permit, what: str) -> HttpResponse:
    """One stage as a form to fill in by hand, in the language of whoever fills it in."""
    read, offer = reading.read(permit), _printed(permit, what)
    language = _language(request, offer, usual=asked.spoken(read.who.language))
    shown = paper_words.paper(permit, offer, language=language)
    return render(request, "assessment/paper.html", paper_words.page(hat, permit, read, offer, shown))


@doors.record
def paper_file(request: HttpRequest, _hat: Hat, permit: Permit, what: str) -> HttpResponse:
    """The same as a PDF."""
    offer = _printed(permit, what)
    language = _language(request, offer, usual=Language.ENGLISH)
    sheet = paper_words.sheet(permit, paper_words.paper(permit, offer, language=language))
    return files.one(files.PDF, sheet, name=what)


def _printed(permit: Permit, what: str) -> Offer:
    """Raises: NotFound for a form that this role does not ask, or whose words stand on paper of its own."""
    offer = offering.named(permit, what)
    if offer.form.needs_paper:
        raise NotFound
    return offer


def _language(request: HttpRequest, offer: Offer, *, usual: Language) -> Language:
    """As the address asks, or the usual; English, where its owners gave the form no other words."""
    chosen = asked.language(request.GET.dict(), usual=usual)
    return chosen if chosen in offer.form.languages else Language.ENGLISH


@doors.record
def type_back(request: HttpRequest, hat: Hat, permit: Permit, sitting_id: UUID) -> HttpResponse:
    """Every question of a form on one page, each a letter or a number; sent, all of it is kept at once."""
    read = reading.under_way(permit, sitting_id)
    if request.method != "POST":
        return _show(request, hat, permit, typing_back.opened(permit, read))
    typing = typing_back.sent(permit, read, one_text_each(request.POST))
    match request.POST.get("deed", ""):
        case "draft":
            typing_back.keep_draft(permit, typing)
            return drafted.answer(request, permit)
        case "throw_away":
            typing_back.throw_away(permit, read)
            return redirect(request.path)
    return _keep(request, hat, permit, typing)


def _keep(request: HttpRequest, hat: Hat, permit: Permit, typing: Typing) -> HttpResponse:
    try:
        with pathway.in_step(permit):
            typing = typing_back.keep(permit, typing)
    except Overtaken as refusal:
        typing = typing_back.overtaken(typing, person.versions(permit, refusal.newer))
    except Refused as refusal:
        typing = typing_back.refused(typing, str(refusal))
    if typing.wrong or typing.newer:
        return _show(request, hat, permit, typing)
    return redirect("sitting", hat.post_id, permit.person_id, typing.read.sitting.id)


def _show(request: HttpRequest, hat: Hat, permit: Permit, typing: Typing) -> HttpResponse:
    context = paper_words.typing(hat, permit, typing)
    status = 409 if typing.newer else 400 if typing.wrong else 200
    return render(request, "assessment/type_back.html", context, status=status)
