"""Sheets as PDF: text goes to Typst as data, and never as markup."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict

from django.utils.translation import gettext

from throughgate.foundation.errors import Refused
from throughgate.packs.content import Sheet
from throughgate.packs.rendering import fonts, typesetting
from throughgate.packs.rendering.layout import laid_out
from throughgate.packs.rendering.legible import legible


def pdf(sheet: Sheet) -> bytes:
    """The sheet on A4. The same sheet is the same bytes.

    Raises: Refused for a sheet that is too long to print.
    """
    return typesetting.typeset(_as_data([sheet]), at=_made([sheet]))


def pdf_of_many(sheets: Sequence[Sheet]) -> bytes:
    """One document of several sheets, each with pages of its own.

    Raises: Refused for a sheet that is too long to print, and where all of them take too long.
    """
    try:
        return typesetting.typeset_apart(_as_data(sheets), at=_made(sheets))
    except (OSError, subprocess.SubprocessError) as error:
        raise Refused(
            gettext("These sheets could not be printed together. Try again, or print fewer at a time.")
        ) from error


def _as_data(sheets: Sequence[Sheet]) -> str:
    letters = fonts.letters()
    return json.dumps([asdict(laid_out(legible(sheet, letters=letters))) for sheet in sheets])


def _made(sheets: Sequence[Sheet]) -> int:
    """The moment in the file's metadata: nothing of when it was printed."""
    return int(max(sheet.as_at for sheet in sheets).timestamp())
