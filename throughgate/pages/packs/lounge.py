"""The lounge: who leaves within a week or may be freed tomorrow, and the packs of several of them at once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import ListPermit
from throughgate.packs import batches, queries
from throughgate.pages import doors
from throughgate.pages.packs import files, forms, listed
from throughgate.pages.packs.forms import Ticked
from throughgate.pages.typed import id_in
from throughgate.staff.queries import Hat

PAGE = 50
LOOK_AGAIN_SECONDS = 2


@doors.listing
def lounge(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """Who needs a pack now, and how far each is; those ticked are asked for at once."""
    ticked, why = forms.ticked(request.POST), ""
    if request.method == "POST":
        try:
            return redirect("batch", hat.post_id, _ask(request, hat, permit, ticked))
        except Refused as refusal:
            why = str(refusal)
    rows = queries.due(permit, after=id_in(request.GET.dict(), "after"), limit=PAGE + 1)
    context = listed.lounge(hat, permit, rows, ticked, why, page=PAGE)
    return render(request, "packs/lounge.html", context, status=400 if why else 200)


def _ask(request: HttpRequest, hat: Hat, permit: ListPermit, ticked: Ticked) -> UUID:
    """Raises: Refused where some of them are hidden from this hat, or nobody: else the batch named them."""
    if hidden := len(ticked.person_ids) - len(doors.records(request, hat, ticked.person_ids)):
        raise Refused(listed.hidden(hidden))
    return batches.ask(permit, ticked.person_ids, key=ticked.key)


@doors.listing
def batch(request: HttpRequest, hat: Hat, permit: ListPermit, batch_id: UUID) -> HttpResponse:
    """How far the packs are that were asked for at once; they are printed from here."""
    found = batches.batch(permit, batch_id)
    context = listed.batch(hat, permit, found, forms.edition(request.GET.dict()))
    response = render(request, "packs/batch.html", context)
    if context["is_going_on"]:
        response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@doors.stepped_up
@doors.listing
def download(request: HttpRequest, _hat: Hat, permit: ListPermit, batch_id: UUID, sheet: str) -> HttpResponse:
    """One sheet of each of them in one file; the audit calls it printing, of each."""
    edition = forms.edition(request.GET.dict())._replace(reader=forms.reader(sheet))
    return files.many(batches.print_sheets(permit, batch_id, edition), name=sheet)
