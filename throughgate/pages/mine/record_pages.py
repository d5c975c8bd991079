"""What the book shows of the record: the plan to read, print or hear, and what was written."""

from django.http import HttpRequest, HttpResponse

from throughgate.access import queries as access
from throughgate.audit import queries as audit
from throughgate.book.rules import Visit
from throughgate.directory import queries as directory
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.packs import queries as packs
from throughgate.packs.content import Edition, Layout, Reader
from throughgate.packs.content import Sheet as Paper
from throughgate.pages import doors, typed
from throughgate.pages.mine import entering, record_words
from throughgate.pages.mine.views import said, show
from throughgate.pages.names import Names
from throughgate.pages.packs import files
from throughgate.pages.person import forms as places
from throughgate.pages.person import reading, timeline
from throughgate.record import queries as record
from throughgate.record.queries import Window

LENGTH = 30  # entries on one page


@doors.own_further
def plan(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """Where to be, medicines, people who help, and what to do if something goes wrong."""
    return show(request, "mine/plan.html", record_words.plan(said(request), _sheet(request, permit)))


@doors.own_further
def plan_file(request: HttpRequest, _visit: Visit, permit: Permit, ending: str) -> HttpResponse:
    """The same to print, to keep or to hear. Raises: Refused where it cannot be spoken here."""
    return files.one(files.kind(ending), _sheet(request, permit), name="my-plan")


@doors.own_further
def written(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """What each service wrote, newest first."""
    window = Window(before=places.read(request.GET.dict()).before, limit=LENGTH)
    page = record.page(permit, identity_ids=linkage.identity_ids(permit), window=window)
    lines = reading.lines(permit, page.entries)
    told = timeline.Told(
        entries=page.entries, lines=lines, names=reading.names(page.entries, lines), above=None
    )
    older = places.place(page.next) if page.next else ""
    return show(request, "mine/written.html", record_words.written(said(request), told, older=older))


@doors.own_further
def looks(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """Who looked at their record, by organisation and why."""
    found = audit.looks(permit, before=typed.day(request.GET.get("before", "")))
    ids = {each.organisation_id for each in found.shown if each.organisation_id}
    names = Names(directory.mentioned(ids=ids, codes=()))
    return show(request, "mine/looks.html", record_words.looks(said(request), found, names))


@doors.own_further
def sharing(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """Who can see what of their record today."""
    found = access.who_sees(permit)
    names = Names(directory.mentioned(ids={each.organisation_id for each in found}, codes=()))
    return show(request, "mine/sharing.html", record_words.sharing(said(request), found, names))


def _sheet(request: HttpRequest, permit: Permit) -> Paper:
    look = entering.look(request)
    layout = Layout.LARGE if look.is_large else Layout.STANDARD
    return packs.sheet_now(permit, Edition(Reader.PERSON, look.language, layout))
