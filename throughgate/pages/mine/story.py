"""Their own story: what they say of themselves, who and what helps, and how to reach them safely."""

from django.http import HttpRequest, HttpResponse

from throughgate.book import actions, queries
from throughgate.book.rules import ContactSaid, HelpSaid, Visit
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.mine import story_words, telling
from throughgate.pages.mine.telling import Typed
from throughgate.pages.mine.views import said, show
from throughgate.record.rules import Form


@doors.own_further
def story(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """All of it, each with the way to say it otherwise."""
    return show(request, "mine/story.html", story_words.story(said(request), queries.said(permit, *KINDS)))


@doors.own_further
def words(request: HttpRequest, visit: Visit, permit: Permit, topic: str) -> HttpResponse:
    """About one thing, in their words."""
    if topic not in code_set("own_words"):
        raise NotFound

    def keep(typed: Typed, form: Form) -> None:
        actions.write_words(
            permit, topic=topic, text=typed["text"], with_helper=bool(typed["helper"]), form=form
        )

    before = queries.said(permit, f"own_{topic}").get((f"own_{topic}", ""))
    known = {"text": before.line.text if before else "", **_helper(visit)}
    return telling.answer(request, story_words.words(said(request), topic), keep, known=known)


@doors.own_further
def helps(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """Somebody or somewhere that helps them; the same name again takes the place of what was said of it."""

    def keep(typed: Typed, form: Form) -> None:
        holds = typed["holds"] != "no"
        told = HelpSaid(typed["name"], typed["reach"], typed["text"], bool(typed["helper"]), holds)
        actions.name_help(permit, told, form=form)

    return telling.answer(request, story_words.helps(said(request)), keep, known=_helper(visit))


@doors.own_further
def reach(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """A way to reach them, safe or never to be used."""

    def keep(typed: Typed, form: Form) -> None:
        is_safe = typed["is_safe"] != "no"
        told = ContactSaid(typed["way"], is_safe, typed["reach"], typed["text"], bool(typed["helper"]))
        actions.say_contact(permit, told, form=form)

    return telling.answer(request, story_words.reach(said(request)), keep, known=_helper(visit))


def _helper(visit: Visit) -> Typed:
    """Whoever sits beside them may well be the one who writes."""
    return {"helper": "yes"} if visit.beside else {}


KINDS = (
    *(f"own_{topic}" for topic in code_set("own_words").labels()),
    "helps",
    *(f"reach_{way}" for way in code_set("safe_ways").labels()),
)
