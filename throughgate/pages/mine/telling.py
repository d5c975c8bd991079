"""What the person writes in their own book: a few questions a form, one view that keeps them all."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages import drafted
from throughgate.pages.mine import entering, presenters
from throughgate.pages.mine.views import said, show
from throughgate.record import drafts
from throughgate.record.rules import Form, Overtaken
from throughgate.story.rules import NotKept

LONGEST_KEY = 120  # characters: what the record holds of it
LONGEST = 20_000  # of what is typed into one control: what is longer is refused further in


class Question(NamedTuple):
    """One control of a form."""

    name: str
    label: str
    kind: str  # short, long, choice, several, tick, file
    options: Sequence[tuple[str, str]] = ()  # of a choice, or of several
    hint: str = ""


class Sheet(NamedTuple):
    """A form in words, ready to be filled in."""

    heading: str
    lead: str
    questions: Sequence[Question]
    keep: str  # the button
    back: str  # the name of the page it belongs to
    nobody: str = ""  # why it cannot be filled in now
    is_upload: bool = False

    @property
    def is_long(self) -> bool:
        """Whether so much may be typed that it is kept meanwhile. A file is not."""
        return not self.is_upload and any(each.kind == "long" for each in self.questions)


Typed = Mapping[str, str]
Below = tuple[str, Sequence[presenters.Row]]  # what stands under a form: a heading and rows
NOTHING: Below = ("", ())


def answer(
    request: HttpRequest,
    permit: Permit,
    sheet: Sheet,
    keep: Callable[[Typed, Form], str | None],
    *,
    known: Typed | None = None,
    below: Below = NOTHING,
) -> HttpResponse:
    """The form, or what sending it does; refused, the form again with why and all that was typed.

    `keep` gives back where it leads then, if not to the page it belongs to.
    What is typed and not sent waits for them, however the visit ended.
    """
    _ = said(request)
    what = f"told {request.path}"
    if request.method != "POST":
        draft = drafts.find(permit, what)
        return _shown(request, sheet, draft.typed if draft else known or {}, {}, below, is_draft=bool(draft))
    typed = defaultdict(str, {each.name: _sent(request, each.name) for each in sheet.questions})
    match request.POST.get("deed"):
        case "draft":
            drafts.keep(permit, what, {"form_key": form(request).key, **typed})
            return drafted.answer(request, permit)
        case "throw_away":
            drafts.throw_away(permit, what)
            return redirect(request.path)
    if entering.changes_look(request):
        if sheet.is_long and typed != {each: (known or {}).get(each, "") for each in typed}:
            drafts.keep(permit, what, {"form_key": form(request).key, **typed})
        again = {"file": _("Choose the file again.")} if request.FILES else {}
        return _shown(request, sheet, typed, again, below)
    first = sheet.questions[0].name
    try:
        where = keep(typed, form(request)) or sheet.back
    except NotKept as refusal:
        return _shown(request, sheet, typed, {first: presenters.not_kept(_)[refusal.why]}, below)
    except Overtaken:
        return _shown(request, sheet, typed, {first: presenters.overtaken(_)}, below)
    drafts.throw_away(permit, what)
    return redirect(where)


def form(request: HttpRequest) -> Form:
    """Which form it was, however often it is sent."""
    return Form(request.POST.get("form_key", "")[:LONGEST_KEY])


def _sent(request: HttpRequest, name: str) -> str:
    """What was typed into a control; of several ticked, all of them with a space between."""
    return " ".join(request.POST.getlist(name)).strip()[:LONGEST]


def _shown(
    request: HttpRequest, sheet: Sheet, typed: Typed, wrong: Typed, below: Below, *, is_draft: bool = False
) -> HttpResponse:
    context = {
        **presenters.places(said(request), sheet.back),
        "sheet": sheet,
        "typed": typed,
        "wrong": wrong,
        "below": below,
        "form_key": (typed.get("form_key") if is_draft else "") or str(new_id()),
        "draft": presenters.draft(said(request), is_draft=is_draft),
    }
    return show(request, "mine/form.html", context, 400 if wrong else 200)
