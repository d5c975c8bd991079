"""A life in and out of prisons, state by state, as those who hold them would know it each night.

Nothing here knows what extracts tell of it. No two things happen to somebody on one day, because an extract
of that night could tell only the last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from throughgate.wiring.population import numbers
from throughgate.wiring.population.draws import Draw

ONE_DAY = timedelta(days=1)
FRIDAY = 4
SETTLED = timedelta(days=3)  # nothing happens to anybody so soon after they came
CONFIRMED = timedelta(days=7)  # the prison is sure of a day to leave on so long before
MOST_RECALLS = 3
SHORTEST_RECALL = timedelta(days=40)  # of the licence that is left: recalled, caught, and back for some days
BOOKINGS_OF_A_PERSON = 100

INSIDE, COURT, LEAVE, ON_THE_WAY = "inside", "court", "leave", "on_the_way"
AT_LARGE, GONE, RECALLED, DEAD = "at_large", "gone", "recalled", "dead"
HELD = frozenset({INSIDE, COURT, LEAVE, AT_LARGE})  # a prison answers for them

Dates = tuple[tuple[str, date], ...]  # by type of date


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How things stand from a day on, and who says so."""

    on: date
    where: str
    prison: str  # which holds them, or held them last
    number: str
    booking: int
    received_on: date  # first day of the booking
    move: str  # type and reason of the last movement
    moved_on: date
    legal: str  # legal status and its code
    dates: Dates = ()
    cell: str = ""


class Life:
    """One person's times in custody, told from the beginning."""

    def __init__(self, draw: Draw, *, serial: int, prisons: Sequence[str]) -> None:
        self._draw = draw
        self._serial = serial
        self._prisons = prisons
        self._number = numbers.prison(serial)
        self._booking = serial * BOOKINGS_OF_A_PERSON
        self.states: list[State] = []

    def live(self, first_on: date, *, until: date) -> Sequence[State]:
        """Everything that happens to them up to that day."""
        on = first_on
        while on <= until:
            self._receive(on)
            if self._is_over() or not self._draw.happens("back_with_new_booking"):
                break
            on = self._now.on + self._draw.days("days_out_before_a_new_booking")
            if self._draw.happens("new_prison_number"):
                self._number = numbers.prison(self._serial + numbers.SECOND)
        return [state for state in self.states if state.on <= until]

    @property
    def _now(self) -> State:
        return self.states[-1]

    def _tell(self, on: date, **changes: object) -> None:
        self.states.append(replace(self._now, on=on, **changes))  # type: ignore[arg-type]

    def _move(self, on: date, move: str, where: str = INSIDE, **changes: object) -> None:
        cell = self._cell() if where == INSIDE else ""
        self._tell(on, move=move, moved_on=on, where=where, **{"cell": cell, **changes})

    def _is_over(self) -> bool:
        return self._now.where == DEAD or self._now.move == "REL DD"

    def _cell(self) -> str:
        return f"{self._draw.one_of('ABCDE')}-{self._draw.whole(1, 4)}-{self._draw.whole(1, 60):03}"

    def _receive(self, on: date) -> None:
        self._booking += 1
        is_remand = self._draw.happens("on_remand")
        sentence = () if is_remand else self._sentence(on)
        self.states.append(
            State(
                on=on,
                where=INSIDE,
                prison=self._draw.one_of(self._prisons),
                number=self._number,
                booking=self._booking,
                received_on=on,
                move="ADM N" if is_remand else "ADM I",
                moved_on=on,
                legal="REMAND TRL" if is_remand else "SENTENCED ADIMP_ORA",
                dates=sentence,
                cell=self._cell(),
            )
        )
        if is_remand and not self._sentenced_by_court(on + self._draw.days("days_on_remand")):
            return
        if self._now.where != DEAD:
            self._serve()

    def _sentenced_by_court(self, on: date) -> bool:
        """Whether the court, which ends the remand on that day, sends them back to prison."""
        on = self._busy(until=on)
        if self._now.where == DEAD:
            return False
        if not self._draw.happens("sentenced_after_remand"):
            self._move(on, self._draw.choice("freed_by_court"), GONE)
            return False
        self._move(on, "CRT SENT", legal="SENTENCED ADIMP_ORA", dates=self._sentence(on))
        return True

    def _sentence(self, on: date) -> Dates:
        served = self._draw.days("days_under_sentence")
        due, ends = self._weekday(on + served), on + 2 * served
        return (("CRD", due), ("HDCED", due - served / 3), ("LED", ends), ("RELEASE", due), ("SED", ends))

    def _weekday(self, due: date) -> date:
        """The Friday of that week, or another day of it on which people leave."""
        monday = due - timedelta(days=due.weekday())
        weekday = FRIDAY if self._draw.happens("released_on_friday") else self._draw.whole(0, FRIDAY - 1)
        return monday + timedelta(days=weekday)

    def _serve(self) -> None:
        """To the day of release, and back again as often as they are recalled."""
        for time in range(MOST_RECALLS + 1):
            self._until_release("CRD" if time == 0 else "PRRD")
            if self._is_over() or time == MOST_RECALLS:
                return
            if not (self._draw.happens("recalled") and self._is_recalled()):
                return

    def _until_release(self, kind: str) -> None:
        self._busy(until=dict(self._now.dates)[kind] - CONFIRMED)
        if self._now.where == DEAD:
            return
        due = max(dict(self._now.dates)[kind], self._now.on + ONE_DAY)
        if due > self._now.on + CONFIRMED:
            self._tell(due - CONFIRMED, dates=_with(self._now.dates, CONFIRMED=due, RELEASE=due))
        self._move(due, self._draw.choice("release") if kind == "CRD" else "REL CR", GONE)

    def _is_recalled(self) -> bool:
        """Bring them back, unless their licence is over by then."""
        on = self._now.on + self._draw.days("days_out_before_recall")
        legal = self._draw.choice("recall_kind")
        licence_ends = dict(self._now.dates)["LED"]
        if licence_ends - on < SHORTEST_RECALL:
            return False
        if self._draw.happens("recall_known_before"):
            self._tell(on, where=RECALLED, legal=legal)
            on += self._draw.days("days_recalled_and_out")
        due = min(on + self._draw.days("days_back_on_recall"), licence_ends)
        dates = _with(self._now.dates, CONFIRMED=None, RELEASE=due, PRRD=due)
        self._move(on, "ADM L", legal=legal, dates=dates, prison=self._draw.one_of(self._prisons))
        return True

    def _busy(self, *, until: date) -> date:
        """What happens inside before that day, in the order of its days; returns it, or a later one."""
        for on, happen in sorted(self._planned(until), key=lambda each: each[0]):
            if self._now.on < on and self._now.where != DEAD:
                happen(on)
        return max(until, self._now.on + ONE_DAY)

    def _planned(self, until: date) -> list[tuple[date, Callable[[date], None]]]:
        begins, days = self._now.on + SETTLED, (until - self._now.on - 2 * SETTLED).days
        return [
            (begins + timedelta(days=self._draw.whole(0, days)), happen)
            for rate, happen in self._happenings().items()
            if self._draw.happens(rate) and days > 0
        ]

    def _happenings(self) -> dict[str, Callable[[date], None]]:
        return {
            "transferred": self._transfer,
            "transferred_back": self._there_and_back,
            "to_court": self._to_court,
            "on_leave": lambda on: self._away(on, self._draw.choice("leave_kind")),
            "in_hospital": lambda on: self._away(on, "TAP C6"),
            "absconds": self._abscond,
            "cell_moved": lambda on: self._tell(on, cell=self._cell()),
            "date_moved": self._move_date,
            "date_moved_again": self._move_date,
            "died_in_custody": lambda on: self._move(on, "REL DEC", DEAD, legal="DEAD DIED"),
        }

    def _transfer(self, on: date) -> None:
        others = [prison for prison in self._prisons if prison != self._now.prison]
        if not others:
            return
        if self._draw.happens("on_the_way_overnight"):
            self._move(on, self._draw.choice("transfer_kind"), ON_THE_WAY)
            on += ONE_DAY
        self._move(on, "ADM INT", prison=self._draw.one_of(others))

    def _there_and_back(self, on: date) -> None:
        home = self._now.prison
        self._transfer(on)
        if self._now.prison != home:
            self._move(self._now.on + self._draw.days("days_away"), "ADM INT", prison=home)

    def _to_court(self, on: date) -> None:
        kind = self._draw.choice("court_trip")
        if self._draw.happens("court_overnight"):
            self._move(on, kind, COURT)
            on += ONE_DAY
        self._move(on, kind, cell=self._now.cell or self._cell())

    def _away(self, on: date, kind: str) -> None:
        self._move(on, kind, LEAVE)
        self._move(on + self._draw.days("days_away"), kind)

    def _abscond(self, on: date) -> None:
        self._move(on, "REL UAL", AT_LARGE)
        self._move(on + self._draw.days("days_away"), "ADM RECA")

    def _move_date(self, on: date) -> None:
        """Move a day to leave to another weekday before or after, never to one that is past."""
        told = dict(self._now.dates)
        if "CRD" not in told or "PRRD" in told:
            return
        by = self._draw.days("days_a_date_moves") * self._draw.one_of((-1, 1))
        due = self._weekday(told["CRD"] + by)
        if due > on + CONFIRMED:
            self._tell(on, dates=_with(self._now.dates, CRD=due, RELEASE=due))


def _with(dates: Dates, **changes: date | None) -> Dates:
    """The dates with these in place of those of their type; None takes one away."""
    return tuple(sorted((kind, day) for kind, day in {**dict(dates), **changes}.items() if day))
