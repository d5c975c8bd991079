"""The minimum safety set where it arrives: at the head of the record, until somebody read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.assessment.rules import answers
from throughgate.assessment.rules.answers import Known
from throughgate.custody.queries import AlertLine
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
from throughgate.treatment.queries import DoseLine, PrescriptionLine
from throughgate.whole import queries as whole

MOST = 100  # entries of one kind: what came before stands in the timeline


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What of the set is for this worker's service, and may be read by them."""

    rows: list[Row]
    held: Mapping[str, Held]
    reads: list[Said]  # of the service, newest first
    lines: Mapping[UUID, Any]
    names: Names


class Line(NamedTuple):
    """What was said, and who said so when."""

    text: str
    source: str


class Fold(NamedTuple):
    """Several of one kind: in short what stands, and one press away each of them whole."""

    short: str
    lines: list[Line]


class Item(NamedTuple):
    """One thing of the set, as it is shown."""

    what: str
    marks: list[Mark]
    lines: list[Line]
    folds: list[Fold]


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
    """The newest entries of each kind."""
    return [each for told in _of_kind(held).values() for each in told[:MOST]]


def _of_kind(held: Held) -> dict[str, list[Spine]]:
    of_kind: dict[str, list[Spine]] = {}
    for each in held.entries:
        of_kind.setdefault(each.kind, []).append(each)
    return of_kind


def panel(hat: Hat, permit: Permit, found: Arrived | None) -> dict[str, Any] | None:
    """What the head of the record says of it; None where nothing arrives."""
    if found is None:
        return None
    unread = [row for row in found.rows if _reach(row, found) is not Reach.READ]
    last = found.reads[0].entry if found.reads else None
    return {
        "is_read": not unread,
        "lead": _lead(unread, found),
        "missing": ", ".join(
            _(row["label"]) for row in found.rows if not found.held[row["code"]].has_anything
        ),
        "items": [_item(row, found, permit) for row in _in_order(found)],
        "bases": [(_(row["label"]), row["basis"]) for row in found.rows],
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
    return _("It goes to your service without being asked for.")


def _in_order(found: Arrived) -> list[Row]:
    """What is on record of it: first what is newer than they have read, last what they have."""
    order = [Reach.SAID_SINCE, Reach.UNREAD, Reach.READ]
    told = [row for row in found.rows if found.held[row["code"]].has_anything]
    return sorted(told, key=lambda row: order.index(_reach(row, found)))


def _item(row: Row, found: Arrived, permit: Permit) -> Item:
    held, on = found.held[row["code"]], clock.day_of(permit.at)
    newer = [Mark(_("newer than you have read"), "red")] if _reach(row, found) is Reach.SAID_SINCE else []
    lines, folds = list(_answers(held, found)), []
    for kind, entries in _of_kind(held).items():
        told = [_line(each, found) for each in entries if each.id in found.lines]
        if len(told) > 1:
            folds.append(Fold(_short(kind, entries, found, on=on), told))
        else:
            lines += told
    return Item(_(row["label"]), [minimum.held(held, found.names.wording), *newer], lines, folds)


def _answers(held: Held, found: Arrived) -> Iterator[Line]:
    for answer in _voices(held):
        asked = said.question(asking.question(answer), is_easy=False)
        yield Line(f"{asked} {asking.words(answer)}", ", ".join(asking.source(answer, found.names)))


def _line(entry: Spine, found: Arrived) -> Line:
    told = words.of_entry(entry.kind, found.lines[entry.id], found.names)
    source = f"{timeline.said_by(entry, found.names)}, {timeline.known(entry, found.names.wording)}"
    return Line(f"{told.kind}: {told.text}", source)


def _short(kind: str, entries: list[Spine], found: Arrived, *, on: date) -> str:
    """What stands of them, each as what it is said to be, and how many others there are."""
    told = [found.lines[each.id] for each in entries if each.id in found.lines]
    standing = _standing(told, on=on)
    shown = [words.short(kind, each, found.names) for each in standing or told[:1]]
    others = len(entries) - len(standing)
    before = [_("%(number)s before") % {"number": others}] if others else []
    of_kind = {each.kind: [other.text for other in shown if other.kind == each.kind] for each in shown}
    whole = [f"{name}: {'; '.join(dict.fromkeys(texts))}" for name, texts in of_kind.items()]
    return "; ".join([*(whole if standing else [shown[0].kind]), *before])


def _standing(told: list[Any], *, on: date) -> list[Any]:
    """Of prescriptions those that have not ended, of doses the last, alerts that are raised first."""
    if isinstance(told[0], PrescriptionLine):
        return [
            each for each in told if not any(end and end < on for end in (each.until_on, each.stopped_on))
        ]
    if isinstance(told[0], AlertLine):
        return sorted(told, key=lambda each: not each.is_active)
    return told[:1] if isinstance(told[0], DoseLine) else told
