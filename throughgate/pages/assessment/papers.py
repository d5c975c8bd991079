"""Forms on paper: printed with a code that tells which form it is, and typed back a line a question."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pages import doors, drafted
from throughgate.pages.assessment import paper_words, reading, typing_back
from throughgate.pages.assessment.typing_back import Typing
from throughgate.pages.packs import files
from throughgate.pages.person import reading as person
from throughgate.pages.typed import one_text_each
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Overtaken
from throughgate.staff.queries import Hat


@doors.record
def paper(request: HttpRequest, hat: Hat, permit: Permit, what: str) -> HttpResponse:
    """One stage as a form to fill in by hand."""
    context = paper_words.paper(hat, permit, reading.read(permit), what)
    return render(request, "assessment/paper.html", context)


@doors.record
def paper_file(_request: HttpRequest, _hat: Hat, permit: Permit, what: str) -> HttpResponse:
    """The same as a PDF."""
    return files.one(files.PDF, paper_words.sheet(permit, what), name=what)


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
