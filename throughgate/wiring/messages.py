"""The catalogue of every string a person can read: what translators work from, kept in step with the code."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from throughgate.wiring.places import ROOT

CATALOGUE = ROOT / "throughgate" / "locale" / "throughgate.pot"
WHERE = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
COMMENT = "For translators:"


def check() -> list[str]:
    """What is not in step; empty when all is."""
    kept = _ids(read_po(CATALOGUE.open("rb"))) if CATALOGUE.exists() else set()
    found = _ids(_extracted())
    new = [f"not in the catalogue: {text!r}" for text in sorted(found - kept)]
    return [*new, *(f"in the catalogue and no longer used: {text!r}" for text in sorted(kept - found))]


def write() -> Path:
    """Sorted and without places, so that it changes only when a string does."""
    CATALOGUE.parent.mkdir(exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, _extracted(), sort_output=True, no_location=True, omit_header=True, width=0)
    return CATALOGUE


def _extracted() -> Catalog:
    catalogue = Catalog()
    for path, line, text, comments, context in extract_from_dir(
        ROOT / "throughgate", method_map=WHERE, comment_tags=[COMMENT]
    ):
        catalogue.add(text, locations=[(path, line)], auto_comments=comments, context=context)
    return catalogue


def _ids(catalogue: Catalog) -> set[str]:
    """A string with a plural, or with a context, is one of its own."""
    return {f"{message.context or ''}{message.id}" for message in catalogue if message.id}
