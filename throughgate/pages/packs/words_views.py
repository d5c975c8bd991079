"""The words on sheets: what they say, who has reviewed them for this organisation, and reviewing them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.packs import reviewing
from throughgate.packs.words import reviewable
from throughgate.pages import doors
from throughgate.pages.packs import words_forms, words_presenters
from throughgate.staff.queries import Hat


@doors.with_hat
def sheet_words(request: HttpRequest, hat: Hat) -> HttpResponse:
    """Every line by substance, where it comes from, and who has reviewed it."""
    if not reviewing.may_read(hat):
        raise NotFound
    found = reviewing.counting(hat)
    return render(request, "packs/words.html", words_presenters.overview(hat, found, at=clock.now()))


@doors.with_hat
def words_of(request: HttpRequest, hat: Hat, slug: str) -> HttpResponse:
    """The words that are reviewed as one, everything that was said of them, and a form for who reviews."""
    subject = reviewable.subjects().get(slug)
    if subject is None or not reviewing.may_read(hat):
        raise NotFound
    at = clock.now()
    typed, why = words_forms.opened(clock.day_of(at)), ""
    if request.method == "POST":
        typed = words_forms.sent(request.POST.dict())
        try:
            reviewing.review(hat, subject, typed.said, read=typed.read, key=typed.key, at=at)
            return redirect("sheet_words", hat.post_id)
        except Refused as refusal:
            why = str(refusal)
    found = reviewing.counting(hat)
    context = words_presenters.one(hat, subject, found, typed, why, at=at)
    return render(request, "packs/words_of.html", context, status=400 if why else 200)
