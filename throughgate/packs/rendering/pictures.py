"""The pictures of easy read: one for each section, drawn by us, and what each shows in words."""

from functools import cache

from django.utils.translation import gettext

from throughgate.foundation.codesets import DATA

FOLDER = DATA / "packs" / "pictures"


@cache
def picture(key: str) -> str:
    """The SVG of a section; "" where it has none."""
    return drawings().get(key, "")


@cache
def drawings() -> dict[str, str]:
    """Every picture by the key of its section."""
    return {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted(FOLDER.glob("*.svg"))}


def alt(key: str) -> str:
    """What the picture shows."""
    return {
        "next": gettext("Picture: a list with three lines"),
        "where": gettext("Picture: a calendar and a clock"),
        "medicines": gettext("Picture: a bottle and two pills"),
        "naloxone": gettext("Picture: a first aid box"),
        "people": gettext("Picture: two people"),
        "safer": gettext("Picture: a hand that holds a heart"),
        "help": gettext("Picture: a phone"),
    }[key]
