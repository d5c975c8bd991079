"""The minimum safety set where it arrives: at the head of the record, until somebody read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.assessment.rules import answers
from throughgate.assessment.rules.answers import Known
from throughgate.foundation import clock
from throughgate.foundation.codesets import Row, code_set
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages import addresses, wording
from throughgate.pages.assessment import asking, said
from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names
from throughgate.pages.person import reading as records
from throughgate.pages.person import timeline, words
from throughgate.pages.sharing import minimum, reading
from throughgate.pages.sharing.reading import Held
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.sharing import queries, rules
from throughgate.sharing.queries import Said
from throughgate.sharing.rules import Reach
from throughgate.staff.queries import Hat
from throughgate.whole import queries as whole

MOST = 3  # entries of one kind: what came before stands in the timeline


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What of the set is for this worker's service, and may be read by them."""

    rows: list[Row]
    held: Mapping[str, Held]
    reads: list[Said]  # of the service, newest first
    lines: Mapping[UUID, Any]
    names: Names


class Item(NamedTuple):
    """One thing of the set, as it is shown."""

    what: str
    basis: str
    held: Mark
    said: list[tuple[str, str]]  # what, and who said so when


def codes(permit: Permit, kind: str) -> list[str]:
    """Of the set, what goes to a service of that kind and is shared with this worker."""
    return [row["code"] for row in _rows(permit, kind)]


def read(permit: Permit, kind: str) -> Arrived | None:
    """None where nothing of the set is for a service of that kind, or for this worker."""
    rows = _rows(permit, kind)
    if not rows:
        return None
    held, found = reading.minimum(permit)
    entries = [entry for row in rows for entry in _last(held[row["code"]])]
    reads = [each for each in found if each.entry.organisation_id == permit.organisation_id]
    voices = [each for row in rows for each in _voices(held[row["code"]])]
    lines = whole.lines(permit, entries)
    places = {each.organisation_id for each in voices}
    workers = {each.recorded_by for each in voices if each.recorded_by}
    about = [*entries, *(each.entry for each in reads)]
    names = records.names(about, lines, also=places, by=workers)
    return Arrived(rows=rows, held=held, reads=reads, lines=lines, names=names)


def _rows(permit: Permit, kind: str) -> list[Row]:
    return [
        row
        for row in code_set("sharing_minimum").rows
        if kind in row["receivers"].split("|") and set(row["categories"].split("|")) <= permit.read
    ]


def _voices(held: Held) -> list[Known]:
    """The last answer to each thing that is asked, and beside it what others heard who heard otherwise."""
    of_one: dict[str, list[Known]] = {}
    for each in held.answers:
        of_one.setdefault(each.concept, []).append(each)
    return [each for told in of_one.values() for each in answers.side_by_side(told) or told[:1]]


def _last(held: Held) -> list[Spine]:
    """A few entries of each kind."""
    of_kind: dict[str, list[Spine]] = {}
    for each in held.entries:
        of_kind.setdefault(each.kind, []).append(each)
    return [each for told in of_kind.values() for each in told[:MOST]]


def panel(hat: Hat, permit: Permit, found: Arrived | None) -> dict[str, Any] | None:
    """What the head of the record says of it; None where nothing arrives."""
    if found is None:
        return None
    unread = [row for row in found.rows if _reach(row, found) is not Reach.READ]
    last = found.reads[0].entry if found.reads else None
    return {
        "is_read": not unread,
        "lead": _lead(unread, found),
        "items": [_item(row, found) for row in found.rows],
        "read": _("Read by %(who)s on %(day)s.")
        % {
            "who": found.names.worker(last.recorded_by) if last.recorded_by else "",
            "day": wording.day(clock.day_of(last.happened_at)),
        }
        if last
        else "",
        "url": addresses.to("read_minimum", hat.post_id, permit.person_id)
        if queries.says_it_was_read(permit)
        else "",
        "form_key": str(new_id()),
    }


def _reach(row: Row, found: Arrived) -> Reach:
    newest = found.held[row["code"]].newest
    return rules.reach(row["code"], [each.line for each in found.reads], newest=newest)


def _lead(unread: list[Row], found: Arrived) -> str:
    if not unread:
        return ""
    if any(_reach(row, found) is Reach.SAID_SINCE for row in unread):
        return _("Something of it is newer than what your service has read.")
    return _("It goes to your service without being asked for, on the basis that stands beside each.")


def _item(row: Row, found: Arrived) -> Item:
    held = found.held[row["code"]]
    mark = minimum.held(held, found.names.wording)
    return Item(_(row["label"]), row["basis"], mark, list(_said(held, found)))


def _said(held: Held, found: Arrived) -> Iterator[tuple[str, str]]:
    for answer in _voices(held):
        asked = said.question(asking.question(answer), is_easy=False)
        yield f"{asked} {asking.words(answer)}", ", ".join(asking.source(answer, found.names))
    for entry in _last(held):
        if entry.id in found.lines:
            told = words.of_entry(entry.kind, found.lines[entry.id], found.names)
            source = f"{timeline.said_by(entry, found.names)}, {timeline.known(entry, found.names.wording)}"
            yield f"{told.kind}: {told.text}", source
