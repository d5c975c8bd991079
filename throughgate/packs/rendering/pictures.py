"""The pictures of easy read: one for each section, drawn by us, and what each shows in words."""

from functools import cache

from throughgate.foundation.codesets import DATA
from throughgate.packs.words.wording import Wording

FOLDER = DATA / "packs" / "pictures"


def svg(key: str) -> str:
    """The drawing of a section; "" where it has none."""
    return _drawings().get(key, "")


@cache
def _drawings() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted(FOLDER.glob("*.svg"))}


def alt(key: str, _: Wording) -> str:
    """What it shows."""
    return {
        "next": _("Picture: a list with three lines"),
        "where": _("Picture: a clock and a date"),
        "medicines": _("Picture: a bottle and two pills"),
        "naloxone": _("Picture: a first aid box"),
        "people": _("Picture: two people"),
        "safer": _("Picture: a hand that holds a heart"),
        "help": _("Picture: a phone"),
    }[key]
