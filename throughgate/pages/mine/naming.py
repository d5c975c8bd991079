"""Names of before that somebody wants nobody shown: chosen in one's own book, and told to nobody."""

from django.http import HttpRequest, HttpResponse

from throughgate.book.rules import Visit
from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.mine import naming_words, telling
from throughgate.pages.mine.telling import Typed
from throughgate.pages.mine.views import said
from throughgate.people import queries as people
from throughgate.record.rules import Form
from throughgate.sharing import actions
from throughgate.sharing import queries as sharing
from throughgate.story.rules import NotKept, Why


@doors.own_further
def names(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """Each name but the one in use, and whether it may be shown; below it those that are not."""
    others = people.banner(permit).other_names()
    chosen = sharing.sharing(permit)

    def keep(given: Typed, form: Form) -> None:
        if given["name"] not in others or given["answer"] not in naming_words.ANSWERS:
            raise NotKept(Why.NO_CHOICE)
        holds = given["answer"] == naming_words.HIDE
        actions.keep_name_back(permit, given["name"], holds=holds, form=form)

    sheet = naming_words.sheet(said(request), others)
    below = naming_words.below(said(request), chosen.kept_names if chosen else [])
    return telling.answer(request, permit, sheet, keep, below=below)
