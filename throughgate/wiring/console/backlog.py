"""`./tg backlog`: a folder of extracts goes in, one after the other, as its list says."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from throughgate.directory import actions as directory
from throughgate.exchange import actions as exchange
from throughgate.exchange.inbound.people import PlainList
from throughgate.exchange.inbound.run import Report
from throughgate.foundation.errors import Refused
from throughgate.wiring.console import here, importing, older_letters, organising, placing

ORGANISATIONS, EXTRACTS = "organisations.csv", "extracts.csv"
COLUMNS = {
    ORGANISATIONS: {"code", "name", "name_cy", "kind", "nation"},
    EXTRACTS: {"file", "format", "organisation", "as_at"},
}


def run(folder: Path, *, is_agreed: bool = False) -> int:
    """0 when every file was read to its end, else 1, at the first that was not.

    `is_agreed` says that somebody agrees to how the columns of plain lists of people are read.
    Raises: Refused for a folder without a list, a list that names what is not there, and where nobody agrees.
    """
    if (folder / ORGANISATIONS).exists():
        _add(_rows(folder / ORGANISATIONS))
    counts: Counter[str] = Counter()
    for number, row in enumerate(_rows(folder / EXTRACTS), start=1):
        report = _bring_in(folder / row["file"], row, is_agreed=is_agreed)
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
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if set(reader.fieldnames or ()) != COLUMNS[path.name]:
            raise Refused(f"The first line of {path} must name {', '.join(sorted(COLUMNS[path.name]))}.")
        yield from reader


def _add(organisations: Iterable[dict[str, str]]) -> None:
    for row in organisations:
        organising.check(code=row["code"], kind=row["kind"])
        directory.add(**row)


def _bring_in(path: Path, row: dict[str, str], *, is_agreed: bool) -> Report:
    is_list = row["format"] == PlainList.name and path.is_file()
    with older_letters.read_as_asked(path, row["format"]):
        return exchange.import_file(
            format_name=row["format"],
            path=path,
            organisation_code=row["organisation"],
            as_at=here.moment(row["as_at"]),
            progress=lambda _: None,
            columns=placing.agreed(path, said=(), is_asked=not is_agreed) if is_list else None,
        )


def _say_how_far(number: int, file: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{number:,} extracts, {file}", end="", file=sys.stderr, flush=True)
