"""A life in treatment, and the words in which each provider would tell it: cells of the treatment file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from throughgate.wiring.population.draws import Draw
from throughgate.wiring.population.files import csv_line
from throughgate.wiring.population.journeys import DEAD, GONE, State
from throughgate.wiring.population.people import NO_FIXED_ADDRESS, Who
from throughgate.wiring.population.sources import Client
from throughgate.wiring.population.stays import Stay, releases, stays

DRUGS = {
    "opiate": ("1011", "3201"),
    "non_opiate": ("5000", ""),
    "non_opiate_and_alcohol": ("3200", "7000"),
    "alcohol": ("7000", ""),
}
MEDICINES = (
    ("Methadone 1mg/ml oral solution", 20, 80),
    ("Buprenorphine 8mg sublingual tablets", 8, 24),
)
SHORTEST_STAY = timedelta(days=10)  # in which treatment begins
ASSESSED_AFTER = timedelta(days=3)
EARLIER = timedelta(days=200)  # before custody, and treated for half of it
APPOINTMENT_AFTER = timedelta(days=3)
COLUMNS = (
    *("CLIENTID", "first_name", "last_name", "FINITIAL", "SINITIAL", "DOB", "SEX", "DAT", "nhs_number"),
    *("prison_number", "other_names", "language", "EPISODID", "REFLD", "RFLS", "TRIAGED", "DISD"),
    *("discharge_reason", "DRUG1", "DRUG2", "PC", "ACCMNEED", "CONSENT", "prescription_id", "medicine"),
    *("dose", "dose_unit", "frequency", "supervision", "prescribed_from", "last_dose_at", "last_dose"),
    *("attendance_id", "attendance_at", "attendance_kind", "attendance_outcome"),
)
AREA = "Anywhere"
ENDINGS = {GONE: "transferred_not_in_custody", DEAD: "died"}
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a provider knows of one thing from a day on."""

    on: date
    provider: str
    client: str
    thing: str  # the reference of an episode, prescription or appointment
    cells: Cells


class Treatment:
    """One person's treatment, inside and out."""

    def __init__(self, draw: Draw, who: Who, states: Sequence[State], *, provider: str) -> None:
        self._draw = draw
        self._who = who
        self._states = states
        self._provider = provider
        self._substance = draw.choice("substance")
        self.treated_in_time: set[date] = set()  # days of release after which treatment began in time

    def words(self) -> Iterator[Word]:
        """Everything told by anybody, each thing in the order of its days."""
        if not self._draw.happens("in_treatment"):
            return
        if self._draw.happens("known_outside_before"):
            yield from self._before(self._states[0].received_on)
        for place, stay in enumerate(stays(self._states)):
            if stay.ends_on is None or stay.ends_on - stay.starts_on >= SHORTEST_STAY:
                yield from self._inside(stay, f"{place + 1}")
        for release in releases(self._states):
            if release.is_counted:
                yield from self._after(release.on)

    def _before(self, received_on: date) -> Iterator[Word]:
        began, ended = received_on - EARLIER, received_on - EARLIER / 2
        episode = self._outside("0", began, began + ASSESSED_AFTER)
        yield episode
        yield _ended(episode, ended, "dropped_out")

    def _inside(self, stay: Stay, mark: str) -> Iterator[Word]:
        assessed = stay.starts_on + ASSESSED_AFTER
        client = f"{stay.number}"
        episode = Word(
            on=assessed,
            provider=f"{stay.prison}H",
            client=client,
            thing=f"{client}-{mark}",
            cells=self._episode(f"{client}-{mark}", stay.starts_on, assessed, "13"),
        )
        yield episode
        if self._substance == "opiate" and self._draw.happens("opioid_medicine"):
            yield from self._prescription(episode, assessed, stay.ends_on)
        if stay.ends_on:
            yield _ended(episode, stay.ends_on, self._ending(stay))

    def _prescription(self, episode: Word, on: date, ends_on: date | None) -> Iterator[Word]:
        medicine, lowest, highest = self._draw.one_of(MEDICINES)
        cells = {
            "EPISODID": episode.thing,
            "prescription_id": f"{episode.thing}-p",
            "medicine": medicine,
            "dose": str(self._draw.whole(lowest, highest)),
            "dose_unit": "mg",
            "frequency": "daily",
            "supervision": "supervised",
            "prescribed_from": on.isoformat(),
        }
        word = replace(episode, thing=f"{episode.thing}-p", cells=cells)
        yield word
        if ends_on:
            last = {"last_dose_at": f"{ends_on}T08:{self._draw.whole(0, 59):02}", "last_dose": cells["dose"]}
            yield replace(word, on=ends_on, cells={**cells, **last})

    def _ending(self, stay: Stay) -> str:
        how = next(state for state in self._states if state.moved_on == stay.ends_on)
        return ENDINGS.get(how.where, "transferred_other_prison")

    def _after(self, released_on: date) -> Iterator[Word]:
        """An appointment, kept or missed, and treatment that begins in time or not within what is told."""
        mark = f"{released_on:%y%m%d}"
        due = released_on + APPOINTMENT_AFTER
        began = released_on + self._draw.days("days_from_release_to_treatment")
        is_in_time = self._draw.happens("treated_in_time")
        episode = self._outside(mark, released_on, None)
        yield episode
        cells = {
            "EPISODID": episode.thing,
            "attendance_id": f"{episode.thing}-a",
            "attendance_at": f"{due}T10:30",
            "attendance_kind": "First appointment",
        }
        appointment = replace(episode, thing=f"{episode.thing}-a", cells=cells)
        yield appointment
        outcome = "attended" if is_in_time and self._draw.happens("first_seen") else "not_attended"
        yield replace(appointment, on=due, cells={**cells, "attendance_outcome": outcome})
        if is_in_time and self._is_out(released_on, began):
            self.treated_in_time.add(released_on)
            yield replace(self._outside(mark, released_on, began), on=began)

    def _is_out(self, released_on: date, on: date) -> bool:
        """Whether nothing has brought them back by then."""
        return not any(released_on < state.moved_on <= on for state in self._states)

    def _outside(self, mark: str, referred: date, assessed: date | None) -> Word:
        thing = f"{self._who.serial}-{mark}"
        cells = self._episode(thing, referred, assessed, "13" if mark != "0" else "4")
        return Word(
            on=assessed or referred,
            provider=self._provider,
            client=str(self._who.serial),
            thing=thing,
            cells=cells,
        )

    def _episode(self, thing: str, referred: date, assessed: date | None, source: str) -> dict[str, str]:
        first, second = DRUGS[self._substance]
        return {
            "EPISODID": thing,
            "REFLD": referred.isoformat(),
            "RFLS": source,
            "TRIAGED": assessed.isoformat() if assessed else "",
            "DAT": AREA,
            "DRUG1": first,
            "DRUG2": second,
            "PC": self._who.postcode,
            "ACCMNEED": "1" if self._who.postcode == NO_FIXED_ADDRESS else "3",
            "CONSENT": "y",
        }


def _ended(episode: Word, on: date, reason: str) -> Word:
    cells = {**episode.cells, "DISD": on.isoformat(), "discharge_reason": reason}
    return replace(episode, on=on, cells=cells)


def rows(
    words: Sequence[Word], clients: Sequence[Client], *, sent: Callable[[date], date]
) -> Iterator[tuple[str, date, Cells]]:
    """Provider, night and cells of each row: of each thing, what is known of it on the night it is sent."""
    who = {(client.source.organisation, client.source.reference): client.cells for client in clients}
    newest = {(word.provider, sent(word.on), word.client, word.thing): word.cells for word in words}
    for (provider, night, client, _), cells in newest.items():
        yield provider, night, {**who[provider, client], **cells}


def line(cells: Cells) -> str:
    return csv_line(cells.get(column, "") for column in COLUMNS)
