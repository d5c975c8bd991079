"""What the person writes in their own book: a few questions a form, one view that keeps them all."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughgate.book.rules import NotDone
from throughgate.foundation.ids import new_id
from throughgate.pages.mine import presenters
from throughgate.pages.mine.views import said, show
from throughgate.record.rules import Form, Overtaken

LONGEST_KEY = 120  # characters: what the record holds of it
LONGEST = 20_000  # of what is typed into one control: what is longer is refused further in


class Question(NamedTuple):
    """One control of a form."""

    name: str
    label: str
    kind: str  # short, long, choice, tick
    options: Sequence[tuple[str, str]] = ()  # of a choice
    hint: str = ""


class Sheet(NamedTuple):
    """A form in words, ready to be filled in."""

    heading: str
    lead: str
    questions: Sequence[Question]
    keep: str  # the button
    back: str  # the name of the page it belongs to
    nobody: str = ""  # why it cannot be filled in now


Typed = Mapping[str, str]
Below = tuple[str, Sequence[presenters.Row]]  # what stands under a form: a heading and rows
NOTHING: Below = ("", ())


def answer(
    request: HttpRequest,
    sheet: Sheet,
    keep: Callable[[Typed, Form], object],
    *,
    known: Typed | None = None,
    below: Below = NOTHING,
) -> HttpResponse:
    """The form, or what sending it does; refused, the form again with why and all that was typed."""
    _ = said(request)
    if request.method != "POST":
        return _shown(request, sheet, known or {}, {}, below)
    typed = {each.name: request.POST.get(each.name, "").strip()[:LONGEST] for each in sheet.questions}
    form = Form(request.POST.get("form_key", "")[:LONGEST_KEY])
    first = sheet.questions[0].name
    try:
        keep(typed, form)
    except NotDone as refusal:
        return _shown(request, sheet, typed, {first: presenters.refusals(_)[refusal.why]}, below)
    except Overtaken:
        return _shown(request, sheet, typed, {first: presenters.overtaken(_)}, below)
    return redirect(sheet.back)


def _shown(request: HttpRequest, sheet: Sheet, typed: Typed, wrong: Typed, below: Below) -> HttpResponse:
    context = {
        **presenters.places(said(request), sheet.back),
        "sheet": sheet,
        "typed": typed,
        "wrong": wrong,
        "below": below,
        "form_key": str(new_id()),
    }
    return show(request, "mine/form.html", context, 400 if wrong else 200)
