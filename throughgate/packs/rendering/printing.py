"""Sheets as PDF/UA by Typst: text goes in as data, and nothing is fetched or read while it is set.

The compiler's world is the folder `paper`, which holds the template and nothing else, and the fonts.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final, cast

import typst

from throughgate.packs.content import Sheet
from throughgate.packs.rendering import fonts
from throughgate.packs.rendering.layout import LaidOut, laid_out
from throughgate.packs.rendering.legible import legible

PAPER = Path(__file__).parent / "paper"
TEMPLATE = PAPER / "sheet.typ"
ACCESSIBLE: Final = "ua-1"  # PDF/UA-1: tagged, with title and language; checked when it is written


def pdf(sheet: Sheet) -> bytes:
    """The sheet on A4. The same sheet is the same bytes.

    Raises: Refused for a sheet that is too long to print.
    """
    return pdf_of_many([sheet])


def pdf_of_many(sheets: Sequence[Sheet]) -> bytes:
    """One document of several sheets, each with pages of its own.

    Raises: Refused for a sheet that is too long to print.
    """
    compiler = _compiler([laid_out(legible(sheet, letters=fonts.letters())) for sheet in sheets])
    at = max(sheet.as_at for sheet in sheets)
    return cast(
        bytes, compiler.compile(format="pdf", pdf_standards=ACCESSIBLE, timestamp=int(at.timestamp()))
    )


def pictures_of(sheet: Sheet, *, dots_per_inch: int) -> list[bytes]:
    """Each page as PNG, to look at."""
    found = _compiler([laid_out(legible(sheet, letters=fonts.letters()))]).compile(
        format="png", ppi=dots_per_inch
    )
    return cast("list[bytes]", found if isinstance(found, list) else [found])


def _compiler(sheets: Sequence[LaidOut]) -> typst.Compiler:
    """A new one for each document, so that nothing of one person's stays for the next."""
    return typst.Compiler(
        TEMPLATE,
        root=PAPER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=PAPER,
        package_cache_path=PAPER,
        sys_inputs={"sheets": json.dumps([asdict(sheet) for sheet in sheets])},
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.FOLDER])
