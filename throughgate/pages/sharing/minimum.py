"""The minimum safety set in words: what has reached the next service, and what has not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from throughgate.access.queries import Seen
from throughgate.directory.queries import Organisation
from throughgate.foundation.codesets import Row, code_set
from throughgate.pages.components.shapes import Mark
from throughgate.pages.wording import Wording


class Item(NamedTuple):
    """One thing of the set, and for each kind of service whether it can be seen there."""

    what: str
    basis: str
    reached: list[tuple[str, Mark]]


def rows(seen: Sequence[Seen], organisations: Mapping[UUID, Organisation], _: Wording) -> list[Item]:
    table = code_set("sharing_minimum")
    return [
        Item(_(row["label"]), row["basis"], list(_reached(row, seen, organisations, _))) for row in table.rows
    ]


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
