"""Reading extracts a row at a time, so that a file of any size needs little memory."""

import codecs
import csv
import io
import json
import reprlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import zip_longest
from typing import IO, Any, NamedTuple

import ijson

from throughgate.foundation.errors import Refused

DEEPEST = 1000  # brackets opened and not closed within one block of reading
# A number beyond what a machine holds ends the file; read exactly, one of 5,000 digits ended the program.
SAFELY = {"use_float": True}
MAX_ROW = 2 * 1024 * 1024  # characters in one record; a longer one is no record of a person
MOST_BLANK = 1_048_576  # rows one after another that hold nothing: a spreadsheet has no more
NOTHING_MORE = (
    "The file goes on for more than a million lines that hold nothing. Ask the source what it sent."
)
TOO_LONG = "One record in the file is far too long to be one of a person. Ask the source to send it again."


# How files begin that are no text, and what to do instead.
NO_TEXT = {
    b"PK": "The file is a spreadsheet or another packed file, which is not opened here.",
    b"\xd0\xcf\x11\xe0": "The file is a spreadsheet of an older kind, which is not opened here.",
    b"\x1f\x8b": "The file is packed, which is not opened here.",
    b"%PDF": "The file is a PDF, which is not read here.",
    b"\xff\xfe": "The file is in UTF-16, which is not read here.",
    b"\xfe\xff": "The file is in UTF-16, which is not read here.",
}
SAVE_AS_CSV = "Open it, choose Save as, then CSV UTF-8, and bring that file in."


class Unreadable(Refused):
    """The file as a whole cannot be read."""


class Table(NamedTuple):
    """A file of rows under columns, which can be gone through more than once."""

    header: list[str]  # in capitals; "" for a column without a name
    rows: Callable[[], Iterator[tuple[int, dict[str, str]]]]


def json_documents(file: IO[bytes]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """(number, document) from a JSON array, a paged answer (`content: [...]`) or JSON lines.

    A document that is no object comes as its text, to be rejected by name.
    Raises: Unreadable when the file is none of the three, or ends in the middle.
    """
    _refuse_what_is_no_text(file)
    start = _first_character(file)
    if start == b"":
        raise Unreadable("The file is empty. Ask the source to send the extract again.")
    if start == b"[":
        yield from _items(file, "item")
    elif start == b"{":
        yield from _object_or_lines(file)
    else:
        raise Unreadable(
            "The file is not JSON. Check that it is the extract and not a web page or a spreadsheet."
        )


def csv_table(file: IO[bytes]) -> Table:
    """A CSV file as a table, its header read.

    Raises: Unreadable as `csv_header`, and when its rows are gone through as `csv_rows`.
    """
    return Table(csv_header(file), partial(csv_rows, file))


def csv_header(file: IO[bytes]) -> list[str]:
    """The columns a CSV file names in its first line, in capitals; "" for one without a name.

    Raises: Unreadable when there is no header, a column stands in it twice, or the file is no text.
    """
    file.seek(0)
    _refuse_what_is_no_text(file)
    with _lines_of(file) as lines:
        return _header(csv.reader(lines, strict=True))


def csv_rows(file: IO[bytes]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, column -> text) from a CSV file with a header line, in UTF-8 with or without a mark.

    Cells beyond the header, or under no name, come under the name "" joined by commas; missing ones as "".
    Raises: Unreadable when there is no header, a column stands in it twice, or a quote is not closed.
    """
    file.seek(0)
    with _lines_of(file) as lines:
        reader = csv.reader(lines, strict=True)  # else a quote that is not closed swallows the rows after it
        header = _header(reader)
        blank = 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    blank = 0
                    yield reader.line_num, _named(header, cells)
                elif (blank := blank + 1) > MOST_BLANK:
                    raise Unreadable(NOTHING_MORE)
        except csv.Error as error:
            raise Unreadable(
                f"The file cannot be read past line {reader.line_num}: a quote is not closed."
            ) from error


def _refuse_what_is_no_text(file: IO[bytes]) -> None:
    """A packed file can be a thousand times what it seems to be, so none is opened."""
    beginning = file.read(max(map(len, NO_TEXT)))
    file.seek(0)
    for mark, why in NO_TEXT.items():
        if beginning.startswith(mark):
            raise Unreadable(f"{why} {SAVE_AS_CSV}")


@contextmanager
def _lines_of(file: IO[bytes]) -> Iterator[Iterator[str]]:
    """Lines of text; the file stays open for whoever opened it, who may read it again."""
    csv.field_size_limit(MAX_ROW)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield _limited(text)
    finally:
        if not file.closed:
            text.detach()


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        header = [_shown(name).strip().upper() for name in next(reader, [])]
    except csv.Error as error:
        raise Unreadable("The first line of the file cannot be read: a quote is not closed.") from error
    if not any(header):
        raise Unreadable("The file has no header line. The first line must name the columns.")
    if len(header) == 1 and {";", "\t"} & set(header[0]):
        raise Unreadable(f"Commas must stand between the columns. {SAVE_AS_CSV}")
    twice = [name for name, count in Counter(header).items() if name and count > 1]
    if twice:
        raise Unreadable(
            f"The column {twice[0][:80]} stands twice in the first line. Give each its own name."
        )
    return header


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    if not _is_plain("".join(cells)):
        cells = [_shown(cell) for cell in cells]
    row = {name: cell for name, cell in zip_longest(header, cells[: len(header)], fillvalue="") if name}
    nameless = [cell for name, cell in zip_longest(header, cells, fillvalue="") if not name and cell.strip()]
    return {**row, "": ",".join(nameless)} if nameless else row


def _is_plain(text: str) -> bool:
    return text.isascii() and "\x00" not in text


def _shown(text: str) -> str:
    """Text with bytes that are no UTF-8, and characters no database keeps, made visible."""
    return (
        text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
    )


def _limited(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_ROW + 1):
        if len(line) > MAX_ROW:
            raise Unreadable(TOO_LONG)
        yield line


def _first_character(file: IO[bytes]) -> bytes:
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    while (character := file.read(1)).isspace():
        pass
    if character:
        file.seek(-1, io.SEEK_CUR)
    return character


def _items(file: IO[bytes], prefix: str, **how: bool) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    bounded = _Bounded(file)
    try:
        for number, document in enumerate(ijson.items(bounded, prefix, **SAFELY, **how), start=1):
            bounded.record_came()
            yield number, document if isinstance(document, dict) else plain(document)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise Unreadable(
            "The file stops being JSON part of the way through."
            " Ask the source to send the whole extract again."
        ) from error


def _object_or_lines(file: IO[bytes]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """A paged answer has `content` at its top; anything else that starts with { is read as JSON lines.

    A brace alone on a line begins objects that are spread over lines, one after another.
    """
    start = file.tell()
    if _has_content(file):
        file.seek(start)
        yield from _items(file, "content.item")
        return
    file.seek(start)
    is_spread = file.readline(MAX_ROW).strip() == b"{"
    file.seek(start)
    yield from _items(file, "", multiple_values=True) if is_spread else _lines(file)


def _has_content(file: IO[bytes]) -> bool:
    try:
        told = ijson.parse(_Bounded(file), **SAFELY)
        return any(prefix == "content" and event == "start_array" for prefix, event, _ in told)
    except (ijson.JSONError, UnicodeDecodeError, Unreadable):
        return False


def _lines(file: IO[bytes]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    blank = 0
    for number, line in enumerate(iter(lambda: file.readline(MAX_ROW + 1), b""), start=1):
        if len(line) > MAX_ROW:
            raise Unreadable(TOO_LONG)
        if not line.strip():
            if (blank := blank + 1) > MOST_BLANK:
                raise Unreadable(NOTHING_MORE)
            continue
        blank = 0
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):  # no JSON, no text, or nested too deep
            document = line.decode("utf-8", "backslashreplace")
        yield number, document if isinstance(document, dict) else plain(document)


def plain(value: object) -> str:
    """Whatever it is as text; of what is nested too deep for that, the beginning."""
    try:
        return str(value)
    except RecursionError:
        return reprlib.repr(value)


class _Bounded:
    """A file that is given up where reading it would take for ever: nested so deep, or a record so long."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._since_record = 0  # bytes

    def record_came(self) -> None:
        self._since_record = 0

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self._since_record += len(block)
        if self._since_record > MAX_ROW + len(block):
            raise Unreadable(TOO_LONG)
        opened = block.count(b"[") + block.count(b"{") - block.count(b"]") - block.count(b"}")
        if opened > DEEPEST:
            raise Unreadable("The file is nested far too deep to be an extract. Ask the source what it sent.")
        return block
