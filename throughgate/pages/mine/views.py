"""A person's own book: in with a code on paper, further with a word, and out again, leaving nothing."""

from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.views.decorators.http import require_POST

from throughgate.book import actions
from throughgate.book.rules import NotDone, Visit
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.packs import queries as packs
from throughgate.packs.content import Edition, Reader
from throughgate.packs.words.wording import Wording, wording
from throughgate.pages import doors
from throughgate.pages.mine import entering, forms, hearing, presenters

Context = dict[str, Any]


@doors.anyone
def mine(request: HttpRequest) -> HttpResponse:
    """Where a code and a birth date are typed. A worker who is signed in here is signed out by it."""
    if entering.visit(request):
        return redirect("mine_next")
    typed = forms.opening(request.POST.dict())
    if request.method != "POST" or entering.changes_look(request):
        return entering.anew(show(request, "mine/front.html", presenters.front(said(request), typed)))
    if typed.born.on is None:
        return show(request, "mine/front.html", presenters.front_without_a_day(said(request), typed), 400)
    try:
        held = actions.open_with_code(
            typed.code, typed.born.on, place=entering.place(request), at=clock.now()
        )
    except NotDone as refusal:
        return show(request, "mine/front.html", presenters.front(said(request), typed, refusal.why), 400)
    auth.logout(request)
    return entering.begin(held)


@doors.own
def next_things(
    request: HttpRequest, visit: Visit, permit: Permit, *, is_heard: bool = False
) -> HttpResponse:
    """What comes next; with paper alone in words that tell whoever looks over a shoulder nothing."""
    edition = Edition(Reader.PERSON, entering.look(request).language, is_discreet=not visit.is_further)
    sheet = packs.sheet_now(permit, edition)
    words = presenters.next_things(said(request), visit, sheet)
    if is_heard:
        return hearing.heard(request, words, words["sections"])
    return show(request, "mine/next.html", words | hearing.link(said(request), "mine_next_heard"))


@doors.own
def word(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """The word they remember, which opens the rest."""
    if request.method != "POST":
        return show(request, "mine/word.html", presenters.word(said(request)))
    try:
        held = actions.say_word(permit, visit, forms.word(request.POST.dict()), place=entering.place(request))
    except NotDone as refusal:
        return show(request, "mine/word.html", presenters.word(said(request), refusal.why), 400)
    return entering.begin(held)


@doors.own_further
def new_word(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """A word to remember from now on."""
    if request.method != "POST":
        return show(request, "mine/new_word.html", presenters.new_word(said(request)))
    try:
        actions.choose_word(permit, visit, forms.word(request.POST.dict()))
    except NotDone as refusal:
        return show(request, "mine/new_word.html", presenters.new_word(said(request), refusal.why), 400)
    return redirect("mine_next")


@doors.anyone
@require_POST
def change_look(request: HttpRequest) -> HttpResponse:
    """The language and the size of print, while the browser is open; a form is sent to its own page."""
    return entering.keep_look(redirect(_asked_from(request)), entering.look(request))


def _asked_from(request: HttpRequest) -> str:
    """The page on which it was pressed, if that is one of the book's."""
    told = request.POST.get("from", "")
    return told if told.startswith(entering.WHERE) and is_valid_path(told) else "mine"


@doors.anyone
@require_POST
def hide(request: HttpRequest) -> HttpResponse:
    """Somebody is with them: a harmless page, and what a word had opened shuts."""
    actions.hide(entering.held(request))
    return redirect("bank_holidays")


@doors.anyone
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Out at once, to a harmless page."""
    actions.leave(entering.held(request), at=clock.now())
    return entering.shut("bank_holidays")


@doors.anyone
def bank_holidays(request: HttpRequest) -> HttpResponse:
    """A page that anybody might look at."""
    days = [row for row in code_set("bank_holidays").rows if row["day"] >= clock.today().isoformat()]
    return show(request, "mine/bank_holidays.html", presenters.bank_holidays(said(request), days))


def said(request: HttpRequest) -> Wording:
    return wording(entering.look(request).language)


def show(request: HttpRequest, template: str, context: Context, status: int = 200) -> HttpResponse:
    look = entering.look(request)
    frame = {**presenters.frame(said(request), look), "here": request.path}
    answer = render(request, template, {**context, "frame": frame}, status=status)
    return entering.keep_look(answer, look) if entering.changes_look(request) else answer
