"""Everyone a hat is concerned with: found, filtered, paged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.custody import queries as custody
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit
from throughgate.pages import doors, quiet
from throughgate.pages.everyone import forms, presenters
from throughgate.staff.queries import Hat


@doors.searching
def everyone(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """In order of names; whoever is hidden is neither listed nor counted."""
    asked = forms.read(request.GET.dict())
    found = custody.everyone(permit, forms.wanted(asked, on=clock.day_of(permit.at)))
    context = presenters.everyone(hat, permit, asked, found, quiet.feeds(permit))
    return render(request, "everyone/list.html", context)
