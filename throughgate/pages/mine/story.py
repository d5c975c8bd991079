"""Their own story: what they say of themselves, who and what helps, and how to reach them safely."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughgate.book.rules import Visit
from throughgate.directory import queries as directory
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.mine import readers, story_words, telling
from throughgate.pages.mine.telling import Typed
from throughgate.pages.mine.views import said, show
from throughgate.pages.names import Names
from throughgate.pages.story import files
from throughgate.pages.story.reading import WHOLE
from throughgate.record.rules import Form
from throughgate.story import actions, queries
from throughgate.story.limits import limits
from throughgate.story.queries import ATTACHED, WAYS
from throughgate.story.rules import ContactSaid, FileSaid, HelpSaid, TriggerSaid, WordsSaid

MOST_SENT = 10 * limits()["attachment_bytes"]  # bytes: what is too large gets a sentence of the book
CONSENT = ("story_consent", "")


@doors.own_further
def story(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """All of it, each with the way to say it otherwise."""
    told = queries.said(permit, *WHOLE, *WAYS, CONSENT[0])
    return show(request, "mine/story.html", story_words.story(said(request), told))


@doors.own_further
def words(request: HttpRequest, visit: Visit, permit: Permit, topic: str) -> HttpResponse:
    """About one thing, in their words."""
    if topic not in code_set("own_words"):
        raise NotFound

    def keep(typed: Typed, form: Form) -> None:
        told = WordsSaid(topic, typed["text"], bool(typed["helper"]), typed["supported_by"])
        actions.write_words(permit, told, readers=readers.chosen(typed), form=form)

    before = queries.said(permit, f"own_{topic}").get((f"own_{topic}", ""))
    words = {"text": before.line.text, "supported_by": before.line.supported_by} if before else {}
    sheet = story_words.words(said(request), topic, _readers(permit))
    known = {**words, **readers.known(permit, before), **_helper(visit)}
    return telling.answer(request, permit, sheet, keep, known=known)


@doors.taking_files(MOST_SENT)
@doors.own_further
def attach(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """A recording or a picture that says it."""

    def keep(typed: Typed, form: Form) -> None:
        file = request.FILES.get("file")
        content = file.read(limits()["attachment_bytes"] + 1) if file else b""
        told = FileSaid(typed["topic"], typed["title"], content, bool(typed["helper"]))
        actions.attach(permit, told, readers=readers.chosen(typed), form=form)

    known = {"topic": request.GET.get("topic", "")[:20], **readers.known(permit, None), **_helper(visit)}
    sheet = story_words.attach(said(request), _readers(permit))
    return telling.answer(request, permit, sheet, keep, known=known)


@doors.own_further
def attached(_request: HttpRequest, _visit: Visit, permit: Permit, entry_id: UUID) -> HttpResponse:
    """A recording or a picture of theirs."""
    return files.shown(queries.attached(permit, entry_id))


@doors.own_further
@require_POST
def take_away(request: HttpRequest, _visit: Visit, permit: Permit, entry_id: UUID) -> HttpResponse:
    """It stands no more among what they say. To ask again finds nothing to take away, and is as good."""
    if entry_id in {each.entry.id for each in queries.said(permit, ATTACHED).values()}:
        actions.take_away(permit, entry_id, form=telling.form(request))
    return redirect("mine_story")


@doors.own_further
def helps(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """Somebody or something that helps them; the same name again takes the place of what was said of it."""

    def keep(typed: Typed, form: Form) -> None:
        told = HelpSaid(
            name=typed["name"],
            what=typed["what"],
            reach=typed["reach"],
            text=typed["text"],
            with_helper=bool(typed["helper"]),
            holds=typed["holds"] != "no",
        )
        actions.name_help(permit, told, readers=readers.chosen(typed), form=form)

    known = {**readers.known(permit, None), **_helper(visit)}
    sheet = story_words.helps(said(request), _readers(permit))
    return telling.answer(request, permit, sheet, keep, known=known)


@doors.own_further
def hard(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """What makes it hard, how it shows, and what they do then; as `helps`."""

    def keep(typed: Typed, form: Form) -> None:
        told = TriggerSaid(
            name=typed["name"],
            what=typed["what"],
            signs=typed["signs"],
            text=typed["text"],
            with_helper=bool(typed["helper"]),
            holds=typed["holds"] != "no",
        )
        actions.name_trigger(permit, told, readers=readers.chosen(typed), form=form)

    known = {**readers.known(permit, None), **_helper(visit)}
    sheet = story_words.hard(said(request), _readers(permit))
    return telling.answer(request, permit, sheet, keep, known=known)


@doors.own_further
def reach(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """A way to reach them, safe or never to be used."""

    def keep(typed: Typed, form: Form) -> None:
        is_safe = typed["is_safe"] != "no"
        told = ContactSaid(typed["way"], is_safe, typed["reach"], typed["text"], bool(typed["helper"]))
        actions.say_contact(permit, told, form=form)

    return telling.answer(request, permit, story_words.reach(said(request)), keep, known=_helper(visit))


@doors.own_further
def shown(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """Whether those who plan services may read what changed, as it stands now."""

    def keep(typed: Typed, form: Form) -> None:
        actions.consent(permit, allowed=readers.is_yes(typed["allowed"]), form=form)

    return telling.answer(request, permit, story_words.shown(said(request)), keep)


def _readers(permit: Permit) -> list[tuple[str, str]]:
    """Whom they may choose: organisations that read stories, by what they are called."""
    found = queries.readers(permit)
    names = Names(directory.mentioned(ids=set(found), codes=()))
    return [(str(each), names.organisation(each)) for each in found]


def _helper(visit: Visit) -> Typed:
    """Whoever sits beside them may well be the one who writes."""
    return {"helper": "yes"} if visit.beside else {}
