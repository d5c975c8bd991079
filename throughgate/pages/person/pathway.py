"""The pathway on a record: what happens next, the gate line, what has to be ready, every step with why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import addresses, steps
from throughgate.pages.components.gate_line import GateLine
from throughgate.pages.components.shapes import ReadyItem, StepLine
from throughgate.pages.recording import sheets
from throughgate.pages.wording import Wording
from throughgate.pathway.queries import HIDDEN, PlanLine
from throughgate.pathway.rules import Item, Step, readiness
from throughgate.staff.queries import Hat

SHOWN_NEXT = 3
# What completes a step, as the code set says it, and the sheet on which that is recorded.
SHEETS = {
    "booked": "appointment",
    "contact": "contact",
    "cover_told": "medicine",
    "collected": "medicine",
    "day_confirmed": "release-date",
    "day_told": "release-date",
    "naloxone": "naloxone",
}
FIELDS = {
    "before": "topic",
    "need": "domain",
}  # sheets for entries of several kinds, and what tells these apart


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """What the page shows of it."""

    next: tuple[StepLine, ...]
    line: GateLine | None
    leaving: str  # the same in words
    moved: str
    cover: str
    ready: tuple[ReadyItem, ...]
    ready_heading: str
    steps_url: str


@dataclass(frozen=True, kw_only=True)
class Reader:
    """When somebody looks, what they may see and write, and where they record it."""

    on: date
    read: frozenset[str]  # categories
    write: frozenset[str]
    sheets: Mapping[str, str]  # address of each they are offered; "any" of the page with all of them
    steps_url: str
    packs_url: str
    ask_url: str


def reader(hat: Hat, permit: Permit, *, death: str) -> Reader:
    offered = [each.what for each in sheets.offered(permit, death=death)]
    here = (hat.post_id, permit.person_id)
    sheet = addresses.to("sheet", *here, "{}")
    return Reader(
        on=clock.day_of(permit.at),
        read=permit.read,
        write=permit.write,
        sheets={what: sheet.format(what) for what in offered}
        | ({"any": addresses.to("recording", *here)} if offered else {}),
        steps_url=addresses.to("steps", *here),
        packs_url=addresses.to("packs", *here),
        ask_url=addresses.to("ask", *here),
    )


def pathway(plan: PlanLine, reader: Reader, _: Wording) -> Pathway:
    on = reader.on
    upcoming = steps.next_steps(plan, on=on)[:SHOWN_NEXT]
    return Pathway(
        next=tuple(_line(step, reader, _) for step in upcoming),
        line=steps.gate(plan, on=on, _=_),
        leaving=steps.sentence(steps.leaving(plan, on, _)) or steps.undecided(plan, _),
        moved=steps.moved(plan, _),
        cover=" ".join(part for part in (steps.cover(plan, on, _), steps.shut(plan, on, _)) if part),
        ready=tuple(_ready(plan, reader, _)),
        ready_heading=_("What they need outside") if plan.left_on else _("Ready to leave?"),
        steps_url=reader.steps_url,
    )


def every_step(plan: PlanLine, reader: Reader, _: Wording) -> list[StepLine]:
    """The whole pathway in the order of its days, what is done included."""
    return [_line(step, reader, _) for step in plan.steps]


def _line(step: Step, reader: Reader, _: Wording) -> StepLine:
    return StepLine(
        state=step.progress.value,
        what=steps.what(step, _),
        when=steps.due(step, reader.on, _),
        who=steps.who(step, _),
        why=" ".join(part for part in (steps.why(step, _), _impossible(step, _)) if part),
        check="" if step.is_verified else _("local practice: check"),
        url=_record(step, reader) if step.code not in HIDDEN else "",
    )


def _impossible(step: Step, _: Wording) -> str:
    return _("It was due before anybody could know of it.") if step.is_impossible else ""


def _record(step: Step, reader: Reader) -> str:
    """Where what was done about a step is recorded, as near to it as this worker may."""
    if steps.is_pack(step):
        return reader.packs_url
    if steps.is_asked(step) and step.category in reader.write:
        return reader.ask_url
    for sheet, known in _nearest(step, reader):
        if sheet in reader.sheets:
            return f"{reader.sheets[sheet]}?{urlencode(known)}" if known else reader.sheets[sheet]
    return reader.sheets.get("any", "")


def _nearest(step: Step, reader: Reader) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The sheets on which it may be recorded, with what is known already, the nearest first."""
    how, _sep, what = steps.completed_by(step).partition(":")
    if how in SHEETS:
        yield SHEETS[how], {}
    kind, _sep, code = what.partition("_")
    if how == "entry" and kind in FIELDS:
        yield kind, {FIELDS[kind]: code}
    row = code_set("readiness_items").get(step.item) if step.item else None
    if row and row["category"] in reader.write:
        yield "ready", {"item": step.item}
    if step.category in reader.write:
        yield "step", {"step": step.key}


def _due(step: Step, reader: Reader, _: Wording) -> str:
    return f"{steps.due(step, reader.on, _)} · {steps.who(step, _)}" if step.is_open else ""


def _ready(plan: PlanLine, reader: Reader, _: Wording) -> Iterator[ReadyItem]:
    """What has to be ready for the day, in the order of the table; after it, what is still asked."""
    found = readiness(plan.steps)
    for row in code_set("readiness_items").rows:
        item, label = Item(row["code"]), _(row["label"])
        if item in found:
            step = found[item]
            yield ReadyItem(label, step.progress.value, _record(step, reader), _due(step, reader, _))
        elif row["category"] not in reader.read and plan.left_on is None:
            yield ReadyItem(label, "")
