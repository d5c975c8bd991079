"""Days on which medicine cannot be had, of which nobody has said what is agreed. As each sheet says them."""

from throughgate.packs.rules.snapshot import Json
from throughgate.packs.words.wording import Wording


def to_the_person(days: Json, _: Wording) -> tuple[str, ...]:
    said = _said(days, _)
    if days["is_injection"]:
        words = _("Your injection is due on %(first)s, and the pharmacy may be shut.") % said
        return words, _("Ask now for another day.")
    ask = _("Ask now how you get your medicine then.")
    if days["weekdays"]:
        return _("The pharmacy is shut every %(weekdays)s.") % said, ask
    if days["first"] == days["last"]:
        return _("The pharmacy may be shut on %(first)s.") % said, ask
    return _("The pharmacy may be shut from %(first)s to %(last)s.") % said, ask


def to_the_next_worker(days: Json, _: Wording) -> str:
    said = _said(days, _)
    if days["is_injection"]:
        words = _("The injection is due %(first)s, when the pharmacy is shut, or may be")
    elif days["weekdays"]:
        words = _("The pharmacy is shut every %(weekdays)s")
    elif days["is_told"]:
        words = _("The pharmacy is shut from %(first)s to %(last)s")
    else:
        words = _("The pharmacy may be shut from %(first)s to %(last)s: check")
    return _("%(shut)s. Nobody has said what is agreed for then") % {"shut": words % said}


def _said(days: Json, _: Wording) -> dict[str, str]:
    return {
        "first": _.day(days["first"]),
        "last": _.day(days["last"]),
        "weekdays": _.weekdays(days["weekdays"]) if days["weekdays"] else "",
    }
