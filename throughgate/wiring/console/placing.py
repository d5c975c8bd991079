"""What the columns of a list of people hold: shown, and agreed to before anything is written."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from throughgate.exchange.inbound import people
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused


def agreed(path: Path, *, said: Sequence[str], is_asked: bool) -> dict[str, str]:
    """The columns as recognised, or as somebody said.

    Raises: Refused for what no column can hold, and where nobody agrees.
    """
    with path.open("rb") as file:
        columns = people.recognised(people.header(file))
    columns |= _said(said, columns)
    people.check(columns)
    print(_words(columns), file=sys.stderr)
    if is_asked and not _says_yes():
        raise Refused(
            "Nothing was brought in. Say what a column holds with --map COLUMN=MEANING, or agree with --yes."
        )
    return columns


def _said(said: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """ "DOB=birth_date", by column; nothing after the sign keeps a column as text."""
    told = {}
    for each in said:
        column, _, meaning = each.partition("=")
        if column.upper() not in columns:
            raise Refused(f"There is no column {column} in the file. There are: {', '.join(columns)}.")
        told[column.upper()] = meaning
    return told


def _words(columns: Mapping[str, str]) -> str:
    labels = code_set("people_meanings").labels()
    return "\n".join(
        f"{column}: read as {labels[meaning]}" if meaning else f"{column}: kept as text"
        for column, meaning in columns.items()
    )


def _says_yes() -> bool:
    if not sys.stdin.isatty():
        return False
    print("Bring it in like this? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
