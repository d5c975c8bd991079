"""`./tg import`: an extract goes in, and the report says what became of every row."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from throughgate.directory import queries as directory
from throughgate.exchange import actions as exchange
from throughgate.exchange import queries as runs
from throughgate.exchange.inbound.people import PlainList
from throughgate.exchange.inbound.run import ROWS_AT_ONCE, Report
from throughgate.foundation import clock
from throughgate.pages import wording
from throughgate.wiring.console import here, older_letters, placing, rejects

OUTCOMES = ("new", "changed", "unchanged", "held", "rejected")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked for on the command line."""

    format: str
    file: Path
    organisation: str
    as_at: str | None
    is_trial: bool
    as_json: bool
    columns: Sequence[str] = ()  # "column=meaning", of a list of people
    is_agreed: bool = False
    is_older: bool = False  # its letters, of a file that a spreadsheet saved


@dataclass
class Progress:
    """How far it is, told on a terminal only; elsewhere the report is enough."""

    counts: Counter[str] = field(default_factory=Counter)

    def __call__(self, counts: Counter[str]) -> None:
        self.counts = counts
        if sys.stderr.isatty():
            print(f"\r{counts['read']:,} rows", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if sys.stderr.isatty() and self.counts:
            print(file=sys.stderr)


def run(wanted: Wanted) -> int:
    """0 when all of the file was read, whatever became of its rows; else 1.

    Raises: Refused for a format, an organisation, a moment or a file there is not.
    """
    as_at = here.moment(wanted.as_at)
    began_at = clock.now()
    with older_letters.read_as_asked(wanted.file, wanted.format, is_older=wanted.is_older) as path:
        read = replace(wanted, file=path)
        report = _take(read, as_at, _columns(read))
    rejected = _write_rejects(wanted, report)
    if wanted.as_json:
        print(json.dumps(_plain(report, rejected)))
    else:
        print(_words(wanted, report, as_at or began_at, rejected))
    if report.stopped_because:
        print(f"./tg import: {report.stopped_because}", file=sys.stderr)
        return 1
    return 0


def _columns(wanted: Wanted) -> dict[str, str] | None:
    """What the columns of a list of people hold, shown and agreed before anything is written."""
    if wanted.format != PlainList.name or not wanted.file.is_file():
        return None
    return placing.agreed(
        wanted.file, said=wanted.columns, is_asked=not (wanted.is_agreed or wanted.is_trial)
    )


def _take(wanted: Wanted, as_at: datetime | None, columns: dict[str, str] | None) -> Report:
    take = exchange.try_file if wanted.is_trial else exchange.import_file
    progress = Progress()
    try:
        return take(
            format_name=wanted.format,
            path=wanted.file,
            organisation_code=wanted.organisation,
            as_at=as_at,
            progress=progress,
            columns=columns,
            waiting=lambda: _say_it_waits(wanted.organisation),
        )
    except KeyboardInterrupt:
        if not wanted.is_trial:
            _say_what_is_in(progress.counts)
        raise
    finally:
        progress.end()


def _say_it_waits(organisation: str) -> None:
    print(f"Another import of {organisation} is going on. This one begins when it ends.", file=sys.stderr)


def _say_what_is_in(counts: Counter[str]) -> None:
    print(
        f"\n{counts['read']:,} rows are in. The same command again does the rest.",
        file=sys.stderr,
    )


def _write_rejects(wanted: Wanted, report: Report) -> Path | None:
    """All of them; of a run on trial, which leaves nothing to look more up in, the first 200."""
    if not report.counts["rejected"]:
        return None
    if wanted.is_trial:
        return rejects.write(wanted.file, report.rejects)
    place = directory.organisation(wanted.organisation)
    permit = here.review_permit(organisation_id=place.id)
    return rejects.write(wanted.file, runs.rejects(permit, report.run_id))


def _plain(report: Report, rejected: Path | None) -> dict[str, object]:
    counts = {name: report.counts[name] for name in ("read", *OUTCOMES, "flags")}
    return {**counts, "rejects_file": str(rejected) if rejected else None}


def _words(wanted: Wanted, report: Report, as_at: datetime, rejected: Path | None) -> str:
    place = directory.organisation(wanted.organisation)
    given = "" if wanted.as_at else " (not given, so now)"
    return "\n".join(
        [
            f"{wanted.format} of {place.name}, as at {wording.moment(as_at)}{given}",
            sum_of(report.counts),
            *_notes(wanted, report, rejected),
            *(_of_a_trial(report) if wanted.is_trial else []),
        ]
    )


def _of_a_trial(report: Report) -> Iterator[str]:
    yield "On trial: nothing of this is in."
    if report.counts["read"] > ROWS_AT_ONCE:
        yield (
            "Tried out a thousand rows at a time: what one thousand says again of another is counted in both,"
            " and a doubt between people of two of them is asked once they are in."
        )


def sum_of(counts: Counter[str]) -> str:
    """How the rows that were read add up."""
    parts = " + ".join(f"{counts[name]:,} {name}" for name in OUTCOMES)
    return f"{counts['read']:,} read = {parts}"


def _notes(wanted: Wanted, report: Report, rejected: Path | None) -> list[str]:
    counts = report.counts
    notes = [f"{counts['entries']:,} entries written, {counts['flags']:,} things in rows flagged to look at"]
    if counts["held"]:
        notes.append("Held: in, and somebody must say who is who. ./tg held lists them.")
    if rejected:
        is_cut = wanted.is_trial and counts["rejected"] > len(report.rejects)
        which = f"the first {len(report.rejects)}" if is_cut else "each"
        notes.append(f"Rejected: what to do about {which} stands in {rejected}")
    return notes
