"""Keeping something back, or sharing it, in one's own book: it counts at the next look of anybody."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from throughgate.access import queries as access
from throughgate.book.rules import Visit
from throughgate.directory import queries as directory
from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.mine import choosing_words, telling
from throughgate.pages.mine.telling import Typed
from throughgate.pages.mine.views import said
from throughgate.pages.names import Names
from throughgate.pages.typed import id_in
from throughgate.record.rules import Form
from throughgate.sharing import actions
from throughgate.sharing.rules import Choice
from throughgate.story.rules import NotKept, Why


@doors.own_further
def choose(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """What, from whom, and whether they may; the address may say whom. Below it what was said before."""
    seen, before = access.who_sees(permit), access.choices(permit)
    ids = {each.organisation_id for each in seen} | {each.organisation_id for each in before}
    names = Names(directory.mentioned(ids={each for each in ids if each}, codes=()))

    def keep(given: Typed, form: Form) -> str:
        if not all(given[name] for name in ("topic", "to", "answer")):
            raise NotKept(Why.NO_CHOICE)
        choice = Choice(
            towards=id_in(given, "to"),
            topic="" if given["topic"] == choosing_words.EVERYONE else given["topic"],
            purpose="",
            answer=given["answer"],
            place="own_book",
            state="not_asked",
            way="wrote",
        )
        kept_id = actions.choose(permit, choice, at=permit.at, form=form)
        return reverse("mine_receipt", args=[kept_id])

    concerned = list(dict.fromkeys(each.organisation_id for each in seen))
    sheet = choosing_words.sheet(said(request), concerned, names)
    below = choosing_words.before(said(request), before, names)
    known = {"to": request.GET.get("to", "")}
    return telling.answer(request, permit, sheet, keep, known=known, below=below)
