"""A file that a spreadsheet saved in an older form: its letters are told, and read so where somebody says."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from throughgate.exchange.inbound import letters
from throughgate.exchange.uploads import IN_CELLS

ODD = """\
Some letters in {name} are not saved in UTF-8. Read in Excel's older form, words in it are: {words}
If that looks right, say --older-letters. If not, save the file as CSV UTF-8: as it is, they stay marks."""
READ_SO = "Letters in an older form are read so: {words}"


@contextmanager
def read_as_asked(path: Path, format_name: str, *, is_older: bool = False) -> Iterator[Path]:
    """The file to bring in: itself, or while it is brought in a copy in UTF-8 of the same name."""
    if not (words := _odd_words(path, format_name)):
        yield path
        return
    said = READ_SO if is_older else ODD
    print(said.format(name=path.name, words=", ".join(words)), file=sys.stderr)
    if not is_older:
        yield path
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with path.open("rb") as file, copy.open("wb") as kept:
            kept.writelines(letters.in_utf_8(file))
        yield copy


def _odd_words(path: Path, format_name: str) -> list[str]:
    if format_name not in IN_CELLS or not path.is_file():
        return []
    with path.open("rb") as file:
        return letters.odd_words(file)
