"""Typst, apart from the rest of the program: data in, a PDF out, here or in a process of its own.

The compiler's world is the folder `paper`, which holds the template and nothing else, and the fonts: nothing
is fetched, and no other file is read. It keeps what it worked out for ten more documents, which for a hundred
sheets is half a gigabyte; so many sheets are set by this file run as a program, without the rest of ours.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final, cast

import typst

PAPER = Path(__file__).parent / "paper"
FONTS = Path(__file__).parents[3] / "data" / "packs" / "fonts"
ACCESSIBLE: Final = "ua-1"  # PDF/UA-1: tagged, with title and language; checked when it is written
SECONDS = 60


def typeset(sheets: str, *, at: int) -> bytes:
    """A PDF of these sheets, as JSON of `LaidOut`, that was made at that second since 1970."""
    found = _compiler(sheets).compile(format="pdf", pdf_standards=ACCESSIBLE, timestamp=at)
    return cast(bytes, found)


def typeset_apart(sheets: str, *, at: int) -> bytes:
    """The same, in a process that is stopped when it takes too long and gives its memory back.

    Raises: subprocess.SubprocessError or OSError where that process ends in any other way than well.
    """
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(at)]
    done = subprocess.run(
        command, input=sheets.encode(), stdout=subprocess.PIPE, cwd=PAPER, timeout=SECONDS, check=True
    )
    return done.stdout


def pictures(sheets: str, *, dots_per_inch: int) -> list[bytes]:
    """Each page as PNG, to look at."""
    found = _compiler(sheets).compile(format="png", ppi=dots_per_inch)
    return cast("list[bytes]", found if isinstance(found, list) else [found])


def _compiler(sheets: str) -> typst.Compiler:
    """A new one for each document, since a compiler goes on with the inputs it had before."""
    return typst.Compiler(
        PAPER / "sheet.typ",
        root=PAPER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=PAPER,
        package_cache_path=PAPER,
        sys_inputs={"sheets": sheets},
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode(), at=int(sys.argv[1])))
