"""Telling one worker or service how they are, and nobody else; and the worker's side, who answers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.book import actions, queries
from throughgate.book.rules import Visit
from throughgate.directory import queries as directory
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import doors, wording
from throughgate.pages.components.shapes import Problem
from throughgate.pages.mine import telling, telling_words
from throughgate.pages.mine.telling import Typed
from throughgate.pages.mine.views import said
from throughgate.pages.names import Names
from throughgate.pages.person import writing
from throughgate.pages.typed import id_in
from throughgate.pages.wording import words as _
from throughgate.people import queries as people
from throughgate.record.rules import Form
from throughgate.staff.queries import Hat
from throughgate.story.rules import NotKept


@doors.own_further
def tell(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """That they have used, or are struggling; below it what they told before, and what was answered."""
    found = queries.listeners(permit)
    names = Names(directory.mentioned(ids={each.organisation_id for each in found}, codes=()))

    def keep(given: Typed, form: Form) -> None:
        actions.tell(
            permit,
            what=given["what"],
            text=given["text"],
            to=id_in(given, "to"),
            with_helper=bool(given["helper"]),
            form=form,
        )

    sheet = telling_words.sheet(said(request), found, names)
    known = {"helper": "yes"} if visit.beside else {}
    below = telling_words.told(said(request), queries.tellings(permit))
    return telling.answer(request, permit, sheet, keep, known=known, below=below)


@doors.listing
def told(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """What people told this worker or their service, and nobody has answered."""
    rows = [
        (
            each.name,
            wording.current().label("told_what", each.what),
            wording.moment(each.told_at),
            reverse("answer_told", args=[hat.post_id, each.person_id, each.entry_id]),
        )
        for each in queries.unanswered(permit)
    ]
    return render(request, "mine/told.html", {"rows": rows, "as_at": wording.moment(permit.at)})


@doors.record
def answer(request: HttpRequest, hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """What was told, and an answer to it."""
    found = next((each for each in queries.tellings(permit) if each.entry.id == entry_id), None)
    if found is None:
        raise NotFound
    text, why = request.POST.get("text", "").strip(), ""
    if request.method == "POST":
        try:
            actions.answer(permit, entry_id, text=text, form=Form(request.POST.get("form_key", "")[:120]))
            return redirect("told", hat.post_id)
        except NotKept:
            why = _("Write an answer in up to 5,000 characters.")
    context = _answer(hat, permit, found, text, why)
    return render(request, "mine/answer.html", context, status=400 if why else 200)


def _answer(hat: Hat, permit: Permit, found: queries.Telling, text: str, why: str) -> dict[str, Any]:
    return {
        **writing.frame(hat, permit, people.banner(permit), linkage.lookalikes(permit)),
        "problems": [Problem(why, "text")] if why else [],
        "what": wording.current().label("told_what", found.line.what),
        "words": found.line.text,
        "told_at": wording.moment(found.entry.happened_at),
        "answers": [(each.line.text, wording.moment(each.entry.happened_at)) for each in found.answers],
        "form_key": str(new_id()),
        "text": text,
        "back_url": reverse("told", args=[hat.post_id]),
        "as_at": wording.moment(permit.at),
    }
