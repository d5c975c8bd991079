"""Today: whom this hat is concerned with, by what is to be done for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.book import queries as book
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit
from throughgate.packs import reviewing
from throughgate.pages import doors, homes, quiet, way_back
from throughgate.pages.packs import words_presenters
from throughgate.pages.today import forms, presenters
from throughgate.pathway import queries as pathway
from throughgate.staff.queries import Hat
from throughgate.team import lists


@doors.listing
def today(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """One tab. One person more than fits is read, to see whether there is another page."""
    asked = forms.read(request.GET.dict(), homes.tabs(hat))
    found = pathway.today(permit, tab=asked.tab, cell=asked.cell, after=asked.after, limit=asked.length + 1)
    context = presenters.today(hat, permit, asked, found.rows, quiet.feeds(permit))
    context["told"] = [
        *presenters.told_self_harm(hat, permit, found.told_self_harm),
        *presenters.told_me(hat, permit, found.told_me),
        *presenters.told(hat, permit, book.unanswered(permit)),
    ]
    context["cannot_wait"] = presenters.cannot_wait(hat, asked, found.cannot_wait)
    context["asked"] = presenters.asked(hat, lists.waiting(permit))
    context["ending"] = (
        words_presenters.ending(hat, on=clock.day_of(permit.at)) if reviewing.answers_for(hat) else None
    )
    way_back.keep(request.session, context["address"], context["here_url"])
    return render(request, "today/today.html", context)
