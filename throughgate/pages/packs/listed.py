"""The lounge in words: one line a person, and how far a batch of packs is."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit
from throughgate.packs import reviewing
from throughgate.packs.batches import BatchLine, BatchPersonLine
from throughgate.packs.content import Edition
from throughgate.packs.queries import DueRow
from throughgate.pages import addresses, wording
from throughgate.pages.components.shapes import Link, Mark, Problem
from throughgate.pages.packs import forms, presenters, words, words_presenters
from throughgate.pages.packs.forms import Ticked
from throughgate.pages.wording import Wording
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


class Row(NamedTuple):
    """One person of the lounge."""

    person_id: str
    name: str
    who: str
    when: str
    mark: Mark
    is_out_of_date: bool
    is_ticked: bool
    url: str


class Made(NamedTuple):
    """One person of a batch."""

    state: str  # one of shapes.STATES
    name: str
    what: str
    url: str


def lounge(
    hat: Hat, permit: ListPermit, rows: Sequence[DueRow], ticked: Ticked, why: str, *, page: int
) -> dict[str, Any]:
    """Everything the template prints. `rows` may hold one more than the page: then there is another."""
    address = reverse("lounge", args=[hat.post_id])
    shown, on, link = rows[:page], clock.day_of(permit.at), _link(hat)
    return {
        "address": address,
        "people": [_row(row, ticked, link, on, wording.current()) for row in shown],
        "is_shared": {"custody_legal", "plan_appointments"} <= permit.categories,
        "next_url": f"{address}?{urlencode({'after': shown[-1].person_id})}" if len(rows) > page else "",
        "form_key": str(new_id()),
        "words_url": reverse("sheet_words", args=[hat.post_id]) if reviewing.may_read(hat) else "",
        "ending": words_presenters.ending(hat, on=on) if reviewing.may_read(hat) else None,
        "problems": [Problem(why)] if why else [],
        "as_at": wording.moment(permit.at),
    }


def hidden(number: int) -> str:
    why = _("Of %(number)s whom you ticked no pack can be made: they are not shown to you any more.")
    return why % {"number": number}


def batch(hat: Hat, permit: ListPermit, found: BatchLine, asked: Edition) -> dict[str, Any]:
    """How far it is, and the files once something is made."""
    link = _link(hat)
    done = sum(each.is_done for each in found.people)
    made = sum(each.pack_id is not None for each in found.people)
    return {
        **presenters.editions(asked),
        "asked_at": wording.moment(found.asked_at),
        "address": reverse("batch", args=[hat.post_id, found.id]),
        "back_url": reverse("lounge", args=[hat.post_id]),
        "done": done,
        "whole": len(found.people),
        "is_going_on": done < len(found.people),
        "people": [_made(each, link, wording.current()) for each in found.people],
        "files": [
            Link(words.sheet(reader), _file(hat, found, sheet, asked))
            for sheet, reader in forms.SHEETS.items()
        ]
        if made and done == len(found.people)
        else [],
        "as_at": wording.moment(permit.at),
    }


def _row(row: DueRow, ticked: Ticked, link: str, on: date, _: Wording) -> Row:
    who = [_("born %(day)s") % {"day": _.born(row.birth_date)}] if row.birth_date else []
    return Row(
        person_id=str(row.person_id),
        name=row.name or _("Name not recorded"),
        who=" · ".join([*who, *([row.prison_number] if row.prison_number else [])]),
        when=_when(row, on, _),
        mark=words.state(row.state),
        is_out_of_date=row.is_out_of_date,
        is_ticked=row.person_id in ticked.person_ids,
        url=link.format(row.person_id),
    )


def _when(row: DueRow, on: date, _: Wording) -> str:
    said = []
    if row.hearing_on:
        said.append(_("in court %(day)s") % {"day": _.near(row.hearing_on, on)})
    if row.leaves_on:
        said.append(_("leaves %(day)s") % {"day": _.near(row.leaves_on, on)})
    return ", ".join(said)


def _made(each: BatchPersonLine, link: str, _: Wording) -> Made:
    state = "not_started"
    what = _("Waits for its turn")
    if each.pack_id:
        state, what = "confirmed", _("The pack is made")
    elif each.is_done:
        state, what = "late", each.refused
    return Made(state, each.name or _("Name not recorded"), what, link.format(each.person_id))


def _file(hat: Hat, found: BatchLine, sheet: str, asked: Edition) -> str:
    address = reverse("batch_file", args=[hat.post_id, found.id, sheet])
    return f"{address}?{urlencode(forms.as_typed(asked))}"


def _link(hat: Hat) -> str:
    """The address of anybody's packs, with a place for whom."""
    return addresses.to("packs", hat.post_id, "{}")
