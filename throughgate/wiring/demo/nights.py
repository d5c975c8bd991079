"""Night by night: each extract is written as it would have been sent, and brought in when it would have come.

The clock stands at each of these moments in turn (`TG_CLOCK`, as for journeys), because when something was
known is half of what the demo shows.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from operator import itemgetter
from pathlib import Path

from django.db import transaction

from throughgate.exchange import actions as exchange
from throughgate.foundation import clock
from throughgate.wiring import schedule
from throughgate.wiring.demo import (
    by_hand,
    emergencies,
    event_files,
    plain_lists,
    prison_extracts,
    treatment_extracts,
)
from throughgate.wiring.demo.stories import day_of, everybody, rows, told

PRISON, EVENTS, TREATMENT, LIST = "prisoner-search", "prison-events", "treatment", "people"
SENT_AT = {LIST: time(17, 30), EVENTS: time(18, 0), TREATMENT: time(20, 30), PRISON: time(22, 0)}
WRITERS = {
    PRISON: prison_extracts,
    EVENTS: event_files,
    TREATMENT: treatment_extracts,
    LIST: plain_lists,
}
SENT_BY = timedelta(minutes=20)  # an extract is in the letterbox that long after it was true


@dataclass(frozen=True, slots=True, order=True)
class Night:
    """One organisation's extract of one night."""

    as_at: datetime
    by: str
    day: int
    format: str

    @property
    def file_name(self) -> str:
        ending = "json" if self.format in {PRISON, EVENTS} else "csv"
        return f"{self.by}_{self.format}_{self.as_at:%Y-%m-%d}.{ending}"


def live_through(today: date) -> None:
    """Every extract and every sheet in the order they came; then what follows from a new day."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():  # one, because it is all or nothing
        for moment, happen in sorted(_everything(Path(folder), today), key=itemgetter(0)):
            with standing_at(moment):
                happen()
    with standing_at(clock.start_of(today)):
        schedule.refresh_everybody()
        schedule.seal()


def _everything(folder: Path, today: date) -> Iterator[tuple[datetime, Callable[[], None]]]:
    for night in all_nights(today):
        yield night.as_at + SENT_BY, partial(_bring_in, night, folder, today)
    for sheet in by_hand.all_sheets(today):
        yield sheet.at, partial(by_hand.fill_in, sheet)
    yield from emergencies.everything(today)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """The clock of this process stands still at that moment."""
    before = os.environ.get("TG_CLOCK")
    os.environ["TG_CLOCK"] = moment.isoformat()
    try:
        yield
    finally:
        os.environ.pop("TG_CLOCK")
        if before is not None:
            os.environ["TG_CLOCK"] = before


def all_nights(today: date) -> list[Night]:
    """The nights of the table, and every night on which a story changed, in the order they came."""
    return sorted(_nights(today))


def write(night: Night, path: Path, today: date) -> None:
    """The extract as its organisation would have sent it."""
    WRITERS[night.format].write(path, everybody(), by=night.by, day=night.day, today=today)


def _nights(today: date) -> Iterator[Night]:
    nightly = {(row["by"], row["format"], day) for row in rows("nights") for day in _days(row)}
    changed = {
        (word.by, name, word.day)
        for story in told()
        for name, words in (
            (PRISON, story.prison),
            (EVENTS, story.event),
            (TREATMENT, story.treatment),
            (LIST, story.listed),
        )
        for word in words
    }
    for by, name, day in nightly | changed:
        at = datetime.combine(day_of(today, day), SENT_AT[name], tzinfo=clock.LONDON)
        yield Night(at, by, day, name)


def _days(row: Mapping[str, str]) -> range:
    return range(int(row["first"]), int(row["last"]) + 1)


def _bring_in(night: Night, folder: Path, today: date) -> None:
    path = folder / night.file_name
    write(night, path, today)
    report = exchange.import_file(
        format_name=night.format,
        path=path,
        organisation_code=night.by,
        as_at=night.as_at,
        progress=_unsaid,
    )
    if report.stopped_because:
        raise ValueError(f"The demo's own extract {path.name} cannot be read: {report.stopped_because}")
    path.unlink()


def _unsaid(counts: Counter[str]) -> None:
    """Nobody watches the nights go by."""
