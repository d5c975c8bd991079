"""A sheet as one file for a phone or a computer: it asks for nothing, and runs nothing."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from throughgate.packs.content import Sheet
from throughgate.packs.rendering.layout import Picture, laid_out
from throughgate.packs.rendering.legible import legible

WEB = Path(__file__).parent / "web"
STYLE = WEB / "sheet.css"


def page(sheet: Sheet) -> bytes:
    """The sheet as HTML with its style and drawings within.

    Raises: Refused for a sheet that is too long to print.
    """
    style = Markup(STYLE.read_text(encoding="utf-8"))  # noqa: S704 - a file of the program
    return _template().render(sheet=laid_out(legible(sheet)), style=style).encode()


@cache
def _template() -> Template:
    made = Environment(
        loader=FileSystemLoader(WEB),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(lines=_lines, drawing=_drawing)
    return made.get_template("sheet.html")


def _lines(texts: Iterable[str]) -> Markup:
    """Texts under each other."""
    broken = (line for text in texts if text for line in text.split("\n"))
    return Markup("<br>").join(broken)


def _drawing(picture: Picture) -> Markup:
    """An SVG of ours that says what it shows."""
    said = Markup('<svg role="img" aria-label="%s"') % escape(picture.alt)
    return Markup(picture.svg.replace("<svg", said, 1))  # noqa: S704 - drawn by us, of numbers alone
