"""Asking: what was asked lately, a sitting with its topics, one topic a page.

The guard stands before every sitting. A topic is kept as a draft while it is typed, and on the record when
it is saved; different topics never get in each other's way.
"""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.assessment import beginning, filling, forms, offering, presenters, reading, sittings
from throughgate.pages.assessment.filling import Filling
from throughgate.pages.person import reading as person
from throughgate.pages.recording.presenters import kept_as_draft
from throughgate.pages.typed import one_text_each
from throughgate.pathway import actions as pathway
from throughgate.record import drafts
from throughgate.record.rules import Overtaken
from throughgate.staff.queries import Hat


@doors.record
def guard(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """What was asked lately, and what may be asked; sent, a sitting begins."""
    read = reading.read(permit)
    typed, wrong = beginning.typed(request.POST.dict(), permit), {}
    if request.method == "POST":
        wrong = beginning.faults(permit, read, typed)
        if typed.offer and not wrong:
            begun = beginning.sitting(typed, typed.offer)
            sittings.begin(permit, begun)
            return redirect(
                presenters.first_url(hat, permit, begun, offering.first(permit, typed.offer).code)
            )
    context = beginning.page(hat, permit, read, typed, wrong)
    return render(request, "assessment/guard.html", context, status=400 if wrong else 200)


@doors.record
def sitting(request: HttpRequest, hat: Hat, permit: Permit, sitting_id: UUID) -> HttpResponse:
    """How far it is, and what was said in it."""
    read = reading.under_way(permit, sitting_id)
    return render(request, "assessment/sitting.html", presenters.sitting(hat, permit, read))


@doors.record
def topic(request: HttpRequest, hat: Hat, permit: Permit, sitting_id: UUID, topic: str) -> HttpResponse:
    """What a topic's page does: it is opened, kept as a draft, thrown away, or kept on the record."""
    read = reading.under_way(permit, sitting_id)
    shown = read.topic(topic)
    if request.method != "POST":
        return _show(request, hat, permit, filling.opened(permit, read, shown))
    given = one_text_each(request.POST)
    match given.get("deed", ""):
        case "draft":
            drafts.keep(permit, filling.draft_name(read, shown), forms.kept(given, shown))
            return _kept_as_draft(request, permit)
        case "throw_away":
            drafts.throw_away(permit, filling.draft_name(read, shown))
        case "words":
            drafts.keep(permit, filling.draft_name(read, shown), forms.kept(given, shown))
            sittings.in_other_words(permit, read.sitting)
        case "open":
            sittings.open_topic(permit, read.sitting, shown.code)
        case deed:
            filled = filling.sent(permit, read, shown, given)
            return _keep(request, hat, permit, filled, all_unchanged=deed == "confirm_all")
    return redirect(request.path)


def _kept_as_draft(request: HttpRequest, permit: Permit) -> HttpResponse:
    """The script asks for the words alone; whoever pressed the button is shown the topic again."""
    if request.accepts("text/html"):
        return redirect(request.path)
    return HttpResponse(kept_as_draft(permit.at), content_type="text/plain; charset=utf-8")


def _keep(
    request: HttpRequest, hat: Hat, permit: Permit, filled: Filling, *, all_unchanged: bool
) -> HttpResponse:
    """On to the next topic; or this one again, with why it was not kept. What is left empty costs nothing."""
    answers, wrong = filling.answered(permit, filled, all_unchanged=all_unchanged)
    if not (answers or wrong or filled.read.answers(filled.topic.code)):
        return redirect(presenters.after(hat, permit, filled, answers))
    wrong = wrong or filling.faults(permit, filled, answers)
    if wrong:
        return _show(request, hat, permit, replace(filled, wrong=wrong))
    try:
        with pathway.in_step(permit):
            filling.keep(permit, filled, answers)
    except Overtaken as refusal:
        newer = person.versions(permit, refusal.newer)
        return _show(request, hat, permit, filling.overtaken(filled, newer))
    except Refused as refusal:
        return _show(request, hat, permit, replace(filled, wrong={"": str(refusal)}))
    return redirect(presenters.after(hat, permit, filled, answers))


def _show(request: HttpRequest, hat: Hat, permit: Permit, filled: Filling) -> HttpResponse:
    context = presenters.topic(hat, permit, filled)
    status = 409 if filled.newer else 400 if filled.wrong else 200
    return render(request, "assessment/topic.html", context, status=status)
