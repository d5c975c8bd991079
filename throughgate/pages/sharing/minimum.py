"""The minimum safety set in words: what has reached the next service, and what has not."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.codesets import Row, code_set
from throughgate.pages.components.shapes import Mark
from throughgate.pages.sharing.reading import Held, Read
from throughgate.pages.wording import Wording
from throughgate.sharing import rules
from throughgate.sharing.rules import Reach


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
            held(read.minimum.held[row["code"]], _),
            list(_reached(row, read, _)),
        )
        for row in code_set("sharing_minimum").rows
    ]


def held(found: Held, _: Wording) -> Mark:
    """What is not there cannot reach anybody, so that it is red as well."""
    if not found.is_shared:
        return Mark(_("Not shared with you"), "slate")
    if found.said_at:
        return Mark(_("on record, last said %(day)s") % {"day": _.day(clock.day_of(found.said_at))}, "leaf")
    if found.asked_at:
        day = _.day(clock.day_of(found.asked_at))
        return Mark(_("asked %(day)s, and not answered") % {"day": day}, "amber")
    return Mark(_("Not recorded"), "red")


def _reached(row: Row, read: Read, _: Wording) -> Iterator[tuple[str, Mark]]:
    """Red wherever nobody there has said that they read it."""
    wanted = set(row["categories"].split("|"))
    for kind in row["receivers"].split("|"):
        there = [each for each in read.seen if read.organisations[each.organisation_id].kind == kind]
        reading = dict.fromkeys(each.organisation_id for each in there if wanted <= each.decision.read)
        for each in reading:
            yield _kinds(_)[kind], _mark(each, row["code"], read, _)
        if not reading:
            unsent = (
                _("not open to them") if there else _("unsent: no such service is concerned with them yet")
            )
            yield _kinds(_)[kind], Mark(unsent, "red")


def _mark(organisation_id: UUID, code: str, read: Read, _: Wording) -> Mark:
    """How far it has come to a service that can see it."""
    reads = [each for each in read.minimum.reads if each.entry.organisation_id == organisation_id]
    on = [clock.day_of(each.entry.happened_at) for each in reads if code in each.line.codes]
    said = {"who": read.names.organisation(organisation_id), "day": _.day(max(on)) if on else ""}
    match rules.reach(code, [each.line for each in reads], newest=read.minimum.held[code].newest):
        case Reach.READ:
            return Mark(_("reached: read by %(who)s on %(day)s") % said, "leaf")
        case Reach.SAID_SINCE:
            return Mark(_("read by %(who)s on %(day)s, and something newer is not read yet") % said, "red")
        case Reach.UNREAD:
            return Mark(_("open to %(who)s, and not read yet") % said, "red")


def _kinds(_: Wording) -> dict[str, str]:
    return {"community_treatment": _("Community treatment"), "probation": _("Probation")}
