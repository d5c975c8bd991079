"""`./tg backlog`: a folder of extracts goes in, one after the other, as its list says."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from throughgate.directory import actions as directory
from throughgate.exchange import actions as exchange
from throughgate.exchange.inbound.run import Report
from throughgate.foundation.errors import Refused
from throughgate.wiring.console import here, importing

ORGANISATIONS, EXTRACTS = "organisations.csv", "extracts.csv"


def run(folder: Path) -> int:
    """0 when every file was read to its end, else 1, at the first that was not.

    Raises: Refused for a folder without a list, or a list that names what is not there.
    """
    for row in _rows(folder / ORGANISATIONS) if (folder / ORGANISATIONS).exists() else ():
        directory.add(**row)
    counts: Counter[str] = Counter()
    for number, row in enumerate(_rows(folder / EXTRACTS), start=1):
        report = _bring_in(folder, row)
        counts += report.counts
        _say_how_far(number, row["file"])
        if report.stopped_because:
            print(f"./tg backlog: {row['file']}: {report.stopped_because}", file=sys.stderr)
            return 1
    print(importing.sum_of(counts))
    return 0


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise Refused(f"There is no file {path}. It lists what to bring in, and in which order.")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _bring_in(folder: Path, row: dict[str, str]) -> Report:
    return exchange.import_file(
        format_name=row["format"],
        path=folder / row["file"],
        organisation_code=row["organisation"],
        as_at=here.moment(row["as_at"]),
        progress=lambda _: None,
    )


def _say_how_far(number: int, file: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{number:,} extracts, {file}", end="", file=sys.stderr, flush=True)
