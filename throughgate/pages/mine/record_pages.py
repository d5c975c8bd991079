"""What the book shows of the record: the plan to read, print or hear, and what was written."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from throughgate.access import queries as access
from throughgate.audit import queries as audit
from throughgate.book.rules import Visit
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.packs import queries as packs
from throughgate.packs.content import Edition, Layout, Reader
from throughgate.packs.content import Sheet as Paper
from throughgate.pages import doors, typed
from throughgate.pages.mine import entering, hearing, plan_words, record_words, telling
from throughgate.pages.mine.telling import Typed
from throughgate.pages.mine.views import said, show
from throughgate.pages.names import Names
from throughgate.pages.packs import files
from throughgate.pages.person import forms as places
from throughgate.pages.person import reading, timeline
from throughgate.pages.sharing import paper
from throughgate.pages.sharing import reading as sharing_pages
from throughgate.record import history
from throughgate.record import queries as record
from throughgate.record.queries import Window
from throughgate.record.rules import Form
from throughgate.sharing import queries as sharing_queries
from throughgate.story import rules as story
from throughgate.summaries import queries as summaries
from throughgate.team import actions
from throughgate.team import queries as team
from throughgate.team.rules.said import LONGEST
from throughgate.whole import queries as whole

LENGTH = 30  # entries on one page


@doors.own_further
def plan(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """Where to be, medicines, who helps, what they want, and what to do if something goes wrong."""
    shared, today = team.plan(permit), clock.day_of(permit.at)
    names = Names((), posts=shared.posts)
    context = plan_words.plan(said(request), _sheet(request, permit), shared, names, on=today)
    return show(request, "mine/plan.html", context | hearing.link(said(request), "mine_plan_file", "wav"))


@doors.own_further
def plan_file(request: HttpRequest, _visit: Visit, permit: Permit, ending: str) -> HttpResponse:
    """The same to print, to keep or to hear. Raises: Refused where it cannot be spoken here."""
    return files.one(files.kind(ending), _sheet(request, permit), name="my-plan")


@doors.own_further
def written(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """What each service wrote, newest first."""
    asked = places.read(request.GET.dict(), today=clock.day_of(permit.at))
    window = Window(before=asked.before, limit=LENGTH)
    page = record.page(permit, identity_ids=linkage.identity_ids(permit), window=window)
    lines = whole.lines(permit, page.entries)
    told = timeline.Told(
        entries=page.entries,
        lines=lines,
        names=reading.names(page.entries, lines),
        above=None,
        beside=team.beside(permit, linkage.identity_ids(permit)),
    )
    older = places.place(page.next) if page.next else ""
    return show(request, "mine/written.html", record_words.written(said(request), told, older=older))


@doors.own_further
def otherwise(request: HttpRequest, _visit: Visit, permit: Permit, entry_id: UUID) -> HttpResponse:
    """That they see it otherwise: what they say stands beside it, shared alike."""
    entry, *_older = history.versions(permit, entry_id)
    lines = whole.lines(permit, [entry])
    if entry.source == record_words.OWN or entry.id not in lines:
        raise NotFound

    def keep(typed: Typed, form: Form) -> None:
        story.check_said(typed["text"], choice=True, longest=LONGEST)
        actions.disagree(permit, entry, whose="person", text=typed["text"], form=form)

    told = timeline.Told(entries=[entry], lines=lines, names=reading.names([entry], lines), above=None)
    said_of = record_words.entry(said(request), entry, told)
    return telling.answer(request, permit, record_words.otherwise(said(request), said_of), keep)


@doors.own_further
def receipt(request: HttpRequest, _visit: Visit, permit: Permit, entry_id: UUID) -> HttpResponse:
    """One choice on paper, with its code."""
    read = sharing_pages.receipt(permit, entry_id)
    shown = paper.receipt(read.said, read.organisations, said(request))
    return show(request, "mine/receipt.html", record_words.receipt(said(request), shown))


@doors.own_further
def looks(request: HttpRequest, _visit: Visit, permit: Permit, *, is_heard: bool = False) -> HttpResponse:
    """Who looked at their record, by organisation and why."""
    found = audit.looks(permit, before=typed.day(request.GET.get("before", "")))
    ids = {each.organisation_id for each in found.shown if each.organisation_id}
    names = Names(directory.mentioned(ids=ids, codes=()))
    words = record_words.looks(said(request), found, names)
    if is_heard:
        return hearing.heard(request, words, words["days"])
    return show(request, "mine/looks.html", words | hearing.link(said(request), "mine_looks_heard"))


@doors.own_further
def sharing(request: HttpRequest, _visit: Visit, permit: Permit, *, is_heard: bool = False) -> HttpResponse:
    """Who can see what of their record today, and which texts about them went out."""
    found, texts = access.who_sees(permit), summaries.texts(permit) or []
    ids = {of for each in found for of in (each.organisation_id, *each.through)}
    ids |= {each.entry.organisation_id for each in texts}
    names = Names(directory.mentioned(ids=ids, codes=()))
    chosen = sharing_queries.sharing(permit)
    kept = chosen.choices if chosen else []
    words = record_words.sharing(said(request), found, kept, texts, names)
    if is_heard:
        return hearing.heard(request, words, words["seen"])
    return show(request, "mine/sharing.html", words | hearing.link(said(request), "mine_sharing_heard"))


def _sheet(request: HttpRequest, permit: Permit) -> Paper:
    look = entering.look(request)
    layout = Layout.LARGE if look.is_large else Layout.STANDARD
    return packs.sheet_now(permit, Edition(Reader.PERSON, look.language, layout))
