"""The minimum safety set in words: what has reached the next service, and what has not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from throughgate.access.queries import Seen
from throughgate.directory.queries import Organisation
from throughgate.foundation import clock
from throughgate.foundation.codesets import Row, code_set
from throughgate.pages.components.shapes import Mark
from throughgate.pages.sharing.reading import Held, Read
from throughgate.pages.wording import Wording


class Item(NamedTuple):
    """One thing of the set: whether it is on record, and whether each kind of service can see it."""

    what: str
    basis: str
    held: Mark
    reached: list[tuple[str, Mark]]


def rows(read: Read, _: Wording) -> list[Item]:
    return [
        Item(
            _(row["label"]),
            row["basis"],
            _held(read.minimum[row["code"]], _),
            list(_reached(row, read.seen, read.organisations, _)),
        )
        for row in code_set("sharing_minimum").rows
    ]


def _held(held: Held, _: Wording) -> Mark:
    """What is not there cannot reach anybody, so that it is red as well."""
    if not held.is_shared:
        return Mark(_("Not shared with you"), "slate")
    if held.said_at:
        return Mark(_("on record, last said %(day)s") % {"day": _.day(clock.day_of(held.said_at))}, "leaf")
    if held.asked_at:
        day = _.day(clock.day_of(held.asked_at))
        return Mark(_("asked %(day)s, and not answered") % {"day": day}, "amber")
    return Mark(_("Not recorded"), "red")


def _reached(
    row: Row, seen: Sequence[Seen], organisations: Mapping[UUID, Organisation], _: Wording
) -> Iterator[tuple[str, Mark]]:
    wanted = set(row["categories"].split("|"))
    for kind in row["receivers"].split("|"):
        there = [each for each in seen if organisations[each.organisation_id].kind == kind]
        reading = [each for each in there if wanted <= each.decision.read]
        yield _kinds(_)[kind], _mark(there, reading, organisations, _)


def _mark(
    there: Sequence[Seen], reading: Sequence[Seen], organisations: Mapping[UUID, Organisation], _: Wording
) -> Mark:
    """Red where nobody can have seen it: no such service is concerned with them, or none reads it."""
    if reading:
        names = dict.fromkeys(organisations[each.organisation_id].name for each in reading)
        return Mark(_("open to %(who)s") % {"who": ", ".join(names)}, "leaf")
    if there:
        return Mark(_("not open to them"), "red")
    return Mark(_("unsent: no such service is concerned with them yet"), "red")


def _kinds(_: Wording) -> dict[str, str]:
    return {"community_treatment": _("Community treatment"), "probation": _("Probation")}
