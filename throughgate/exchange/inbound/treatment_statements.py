"""What the cells about one thing say, as plain JSON, and what of them needs a second look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughgate.exchange.inbound.days import DayOrder
from throughgate.exchange.inbound.fields import LONGEST, name_marks, placeholders, shown
from throughgate.exchange.inbound.rows import Flag
from throughgate.exchange.inbound.treatment_columns import column, read_cell
from throughgate.exchange.inbound.treatment_parts import Part
from throughgate.people import rules
from throughgate.people.rules import Identifier, State, System

# What a column is called in a statement; `more` holds those that stand here for none.
CALLED = {
    "episode": {
        "EPISODID": "key",
        "REFLD": "referred_on",
        "TRIAGED": "triaged_on",
        "CPLANDT": "started_on",
        "DISD": "ended_on",
        "discharge_reason": "end_reason",
        "CONSENT": "consent",
    },
    "intervention": {
        "EPISODID": "episode",
        "MODID": "key",
        "MODAL": "modality",
        "MODSET": "setting",
        "MODST": "started_on",
        "MODEND": "ended_on",
        "MODEXIT": "exit_status",
    },
    "prescription": {
        "EPISODID": "episode",
        "prescription_id": "key",
        "dose": "dose_as_written",
        "dose_unit": "unit",
        "supervision": "supervised",
        "prescribed_from": "started_on",
        "prescribed_until": "until_on",
        "prescription_ended_on": "stopped_on",
        "medicine": "medicine",
        "medicine_code": "medicine_code",
        "frequency": "frequency",
        "next_dose_on": "next_dose_on",
        "prescriber": "prescriber",
        "pharmacy": "pharmacy",
    },
    "dose": {
        "EPISODID": "episode",
        "medicine": "medicine",
        "last_dose_at": "taken",
        "last_dose": "amount_as_written",
        "last_dose_unit": "unit",
    },
    "attendance": {
        "EPISODID": "episode",
        "attendance_id": "key",
        "attendance_at": "due",
        "attendance_kind": "what",
        "attendance_outcome": "outcome",
        "attendance_place": "place",
    },
}
HAVE_MORE = frozenset({"episode", "intervention"})
DRUGS = ("DRUG1", "DRUG2", "DRUG3")
NUMBERS = {
    "nhs_number": System.nhs,
    "prison_number": System.prison,
    "pnc": System.pnc,
    "cro": System.cro,
    "crn": System.crn,
    "CLIENT": System.local,
}
LONGEST_NUMBER = 80
# Kept without a flag: the reason is flagged once, on the column that gave it or at the head of the file.
UNFLAGGED = frozenset({"not_placed", "unknown_column"})

Values = Mapping[str, Any]  # documented column -> what its cell says


@dataclass(slots=True)
class Reading:
    """A statement, and what of the cells it rests on needs a second look."""

    said: dict[str, Any] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    identifiers: tuple[Identifier, ...] = ()

    def note(self, name: str, text: str, problem: str, *, is_kept: bool) -> None:
        """Flag a column; keep its text where the statement leaves something of it out."""
        written = shown(text)[:LONGEST]
        if problem not in UNFLAGGED:
            self.flags.append(Flag(flagged(name), problem, written))
        if is_kept:
            self.said.setdefault("unread", {})[shown(name)] = [written, problem]


def flagged(column: str) -> str:
    """A column as flags name it, where a space stands between two."""
    return "_".join(shown(column).split())


def read_thing(item: str, part: Part, *, order: DayOrder) -> Reading:
    """What the cells say of an episode, an intervention, a prescription, a last dose or an attendance."""
    reading, thing = Reading(), item.partition(":")[0]
    values = _values(part, reading, order)
    more = {}
    for name, value in values.items():
        called = CALLED[thing].get(name)
        if called is None:
            more[name] = value
        elif isinstance(value, dict):
            reading.said |= {f"{called}_{exact}": told for exact, told in value.items() if told}
        else:
            reading.said[called] = value
    if thing == "episode":
        reading.said |= _of_episode(values)
        more = {name: value for name, value in more.items() if name not in DRUGS}
    if thing == "dose" and "dose_unit" in values:
        reading.said.setdefault("unit", values["dose_unit"])
    if more and thing in HAVE_MORE:
        reading.said["more"] = more
    return reading


def read_person(key: str, part: Part, *, order: DayOrder, on: date) -> Reading:
    """What the cells say of who somebody is; without any, no more than that there is somebody."""
    reading = Reading()
    values = _values(part, reading, order)
    reading.identifiers = (_own(key), *_identifiers(values, reading, on.year))
    details = dict(_details(values, reading, on))
    reading.said["details"] = {name: value for name, value in details.items() if value}
    if part.cells:
        reading.said["identifiers"] = sorted(f"{each.system}:{each.value}" for each in reading.identifiers)
    if more := {name: values[name] for name in ("AGNCY", "NATION", "FINITIAL", "SINITIAL") if name in values}:
        reading.said["more"] = more
    return reading


def _values(part: Part, reading: Reading, order: DayOrder) -> Values:
    values = {}
    for name, text in part.cells.items():
        cell = read_cell(column(name), text, order=order)
        if cell.problem:
            reading.note(name, text, cell.problem, is_kept=cell.is_kept)
        if cell.value is not None:
            values[name] = cell.value
    for name, (text, problem) in part.stray.items():
        reading.note(name, text, problem, is_kept=bool(text))
    return values


def _of_episode(values: Values) -> dict[str, Any]:
    """Substances in their order, and why it ended: our code, or else what the source wrote."""
    said: dict[str, Any] = {}
    drugs = [values.get(name, "") for name in DRUGS]
    if any(drugs):
        said["drugs"] = drugs
    if "DISRSN" in values and "discharge_reason" not in values:
        said["end_reason"] = values["DISRSN"]
    return said


def _own(key: str) -> Identifier:
    return Identifier(system=System.local, value=key, as_written=key, state=State.unchecked)


def _identifiers(values: Values, reading: Reading, year: int) -> Iterator[Identifier]:
    for name, system in NUMBERS.items():
        written = values.get(name, "")
        if len(written) > LONGEST_NUMBER:
            reading.note(name, written, "too_long", is_kept=True)
            continue
        number = rules.read_identifier(
            system, written, placeholders=placeholders("identifier"), pivot_year=year
        )
        if number is None:
            continue
        if number.state is State.unusable:
            reading.note(name, written, f"identifier_{number.flaw}", is_kept=False)
        yield number


def _details(values: Values, reading: Reading, on: date) -> Iterator[tuple[str, Any]]:
    first, last = _name(values.get("first_name", "")), _name(values.get("last_name", ""))
    if not first and not last:
        first, last = values.get("FINITIAL", ""), values.get("SINITIAL", "")
    yield "first_name", first
    yield "middle_names", _name(values.get("middle_names", ""))
    yield "last_name", last
    yield "initials_only", rules.is_initials_only(first=first, last=last)
    yield "birth_date", _birth_date(values.get("DOB", ""), reading, on)
    yield "sex", values.get("SEX")
    yield "ethnicity", values.get("ETHNIC")
    yield "language", values.get("language")
    yield "interpreter", values.get("interpreter")
    yield "aliases", list(_aliases(values.get("other_names", "")))


def _name(written: str) -> str:
    return rules.clean_name(written, placeholders=placeholders("name"), marks=name_marks())


def _birth_date(day: str, reading: Reading, on: date) -> str:
    """The day in ISO form, unless nobody alive can have been born on it."""
    read = rules.read_birth_date(day, placeholders=placeholders("date"), on=on)
    if day and read.value is None:
        reading.note("DOB", day, f"birth_date_{read.flaw}", is_kept=True)
    return read.value.isoformat() if read.value else ""


def _aliases(written: str) -> Iterator[list[str]]:
    """First, middle and last names; a single name is a first name."""
    for name in written.split(";"):
        words = _name(name).split()
        if words:
            yield [words[0], " ".join(words[1:-1]), words[-1] if len(words) > 1 else "", ""]
