"""Everyone a hat is concerned with: found, filtered, paged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.custody import queries as custody
from throughgate.directory import queries as directory
from throughgate.exchange import queries as exchange
from throughgate.exchange.queries import QuietFeed
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit
from throughgate.pages import doors
from throughgate.pages.everyone import forms, presenters
from throughgate.pages.names import Names
from throughgate.staff.queries import Hat


@doors.listing
def everyone(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """In order of names; whoever is hidden is neither listed nor counted."""
    asked = forms.read(request.GET.dict())
    found = custody.everyone(permit, forms.wanted(asked, on=clock.day_of(permit.at)))
    context = presenters.everyone(hat, permit, asked, found, _quiet(permit))
    return render(request, "everyone/list.html", context)


def _quiet(permit: ListPermit) -> list[tuple[QuietFeed, str]]:
    """Feeds that stopped, so that the list may be old, each with whose it is."""
    quiet = exchange.quiet_feeds(permit, permit.organisation_ids, at=permit.at)
    if not quiet:
        return []
    names = Names(directory.mentioned(ids={feed.organisation_id for feed in quiet}, codes=()))
    return [(feed, names.organisation(feed.organisation_id)) for feed in quiet]
