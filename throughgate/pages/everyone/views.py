"""Everyone a hat is concerned with: found, filtered, paged."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.custody import queries as custody
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit
from throughgate.pages import doors, quiet
from throughgate.pages.everyone import forms, presenters
from throughgate.pages.typed import one_text_each
from throughgate.staff.queries import Hat


@doors.with_hat
def search(request: HttpRequest, hat: Hat) -> HttpResponse:
    """What was typed, to the list that answers it."""
    asked = forms.in_address(one_text_each(request.POST), post_id=hat.post_id)
    return redirect(f"{reverse('everyone', args=[hat.post_id])}?{urlencode(asked)}")


@doors.searching
def everyone(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """In order of names; whoever is hidden is neither listed nor counted."""
    asked = forms.read(request.GET.dict(), post_id=hat.post_id)
    found = custody.everyone(permit, forms.wanted(asked, on=clock.day_of(permit.at)))
    context = presenters.everyone(hat, permit, asked, found, quiet.feeds(permit))
    return render(request, "everyone/list.html", context)
