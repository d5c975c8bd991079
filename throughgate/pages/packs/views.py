"""Somebody's packs: made, gone through with them, given, taken back, and had as files.

Whose they are stands in the address, with every pack under its person: two tabs are two people.
"""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.permits import Permit
from throughgate.packs import actions, queries
from throughgate.packs.content import Reader
from throughgate.pages import deeds, doors
from throughgate.pages.deeds import Context
from throughgate.pages.packs import files, forms, presenters, reading
from throughgate.staff.queries import Hat


@doors.record
def packs(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Every version, and what has changed since the newest; sent, a new one of what is known now."""
    typed = forms.sent(request.POST)

    def make() -> HttpResponse:
        pack_id = actions.make(permit, form=typed.form)
        return redirect("pack", hat.post_id, permit.person_id, pack_id)

    def context(why: str) -> Context:
        return presenters.packs(hat, permit, reading.read(permit), typed=forms.opened(typed), why=why)

    return deeds.page(request, permit, make, "packs/packs.html", context)


@doors.record
def pack(request: HttpRequest, hat: Hat, permit: Permit, pack_id: UUID) -> HttpResponse:
    """Both sheets of one pack, as they would be printed."""
    read = reading.read_one(permit, pack_id)
    asked = forms.edition(request.GET.dict(), usual=forms.spoken(read.who.language))
    sheets = [queries.sheet(permit, pack_id, asked._replace(reader=reader)) for reader in Reader]
    return render(request, "packs/pack.html", presenters.pack(hat, permit, read, asked, sheets))


@doors.record
def agree(request: HttpRequest, hat: Hat, permit: Permit, pack_id: UUID, sheet: str) -> HttpResponse:
    """What the person wants on one sheet, and what not."""
    reader, typed = forms.reader(sheet), forms.sent(request.POST)

    def keep() -> HttpResponse:
        actions.agree(permit, pack_id, reader=reader, left_out=typed.left_out, form=typed.form)
        return redirect("pack", hat.post_id, permit.person_id, pack_id)

    def context(why: str) -> Context:
        read = reading.read_one(permit, pack_id)
        shown = queries.sheet_to_agree(permit, pack_id, reader)
        left_out = typed.left_out if why else queries.left_out(permit, reader)
        again = forms.opened(replace(typed, left_out=left_out))
        return presenters.agree(hat, permit, read, shown, typed=again, why=why)

    return deeds.page(request, permit, keep, "packs/agree.html", context)


@doors.record
def give(request: HttpRequest, hat: Hat, permit: Permit, pack_id: UUID) -> HttpResponse:
    """That sheets were put into the person's hands."""
    typed = forms.sent(request.POST)

    def keep() -> HttpResponse:
        editions = [typed.edition._replace(reader=reader) for reader in typed.readers]
        actions.give(permit, pack_id, editions=editions, text=typed.text, form=typed.form)
        return redirect("pack", hat.post_id, permit.person_id, pack_id)

    def context(why: str) -> Context:
        read = reading.read_one(permit, pack_id)
        return presenters.give(hat, permit, read, typed=forms.opened(typed), why=why)

    return deeds.page(request, permit, keep, "packs/give.html", context)


@doors.record
def take_back(request: HttpRequest, hat: Hat, permit: Permit, pack_id: UUID) -> HttpResponse:
    """That a pack holds no more, and why."""
    typed = forms.sent(request.POST)

    def keep() -> HttpResponse:
        actions.revoke(permit, pack_id, why=typed.text, form=typed.form)
        return redirect("pack", hat.post_id, permit.person_id, pack_id)

    def context(why: str) -> Context:
        read = reading.read_one(permit, pack_id)
        return presenters.take_back(hat, permit, read, typed=forms.opened(typed), why=why)

    return deeds.page(request, permit, keep, "packs/take_back.html", context)


@doors.record
def download(
    request: HttpRequest, _hat: Hat, permit: Permit, pack_id: UUID, sheet: str, ending: str
) -> HttpResponse:
    """One sheet as a file, which the audit calls printing."""
    kind = files.kind(ending)
    edition = forms.edition(request.GET.dict())._replace(reader=forms.reader(sheet))
    return files.one(kind, actions.print_sheet(permit, pack_id, edition), name=sheet)
