"""A file that was not saved in UTF-8: what its letters are in the form that older spreadsheets save."""

import re
from collections.abc import Iterator
from typing import IO

OLDER = "cp1252"  # Windows, western: what Excel means by plain "CSV"
LOOKED_AT = 4 * 1024 * 1024  # bytes: a list of people is shorter
LINE_AT_ONCE = 1024 * 1024
SHOWN = 5
WORD = re.compile(r"[^\s,;\"]*[^\x00-\x7f][^\s,;\"]*")


def odd_words(file: IO[bytes]) -> list[str]:
    """The first few words that are no UTF-8, as the older form has them; none where all of it is UTF-8."""
    found: dict[str, None] = {}
    for line in file.read(LOOKED_AT).splitlines():
        if not _is_plain(line):
            found.update(dict.fromkeys(WORD.findall(_older(line))))
        if len(found) >= SHOWN:
            break
    return list(found)[:SHOWN]


def in_utf_8(file: IO[bytes]) -> Iterator[bytes]:
    """The file a line at a time; one that is UTF-8 already stays as it is."""
    for line in iter(lambda: file.readline(LINE_AT_ONCE), b""):
        yield line if _is_plain(line) else _older(line).encode()


def _is_plain(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _older(line: bytes) -> str:
    """The line in the older form. The few bytes that mean nothing in it are shown as their numbers."""
    return line.decode(OLDER, "backslashreplace")
