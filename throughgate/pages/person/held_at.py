"""The custody panel in words: where they are held, in what standing, and when they leave."""

from dataclasses import dataclass

from throughgate.custody.panels import Panel, StayLine
from throughgate.custody.rules import BestDate, ExpectedDate
from throughgate.pages import flags
from throughgate.pages.components.shapes import Fact, Version
from throughgate.pages.names import Names
from throughgate.pages.person.words import told_by
from throughgate.pages.wording import Wording


@dataclass(frozen=True)
class Custody:
    """What the panel shows; `is_shared` False: nothing of it."""

    is_shared: bool
    facts: tuple[Fact, ...] = ()
    versions: tuple[Version, ...] = ()
    why: str = ""
    stays: tuple[tuple[str, str, str], ...] = ()  # prison, days, how it ended
    flags: tuple[str, ...] = ()


def panel(told: Panel | None, names: Names, *, death: str) -> Custody:
    """The panel; `death` is what the record says of one, which a worker may have found a mistake."""
    if told is None:
        return Custody(is_shared=False)
    return Custody(
        is_shared=True,
        facts=_facts(told, names, death),
        versions=_versions(told.dates, names) if told.dates else (),
        why=why(told.dates.why, names.wording) if told.dates else "",
        stays=tuple(_stay(stay, names) for stay in told.stays),
        flags=tuple(flags.words(flag) for flag in told.flags),
    )


def _facts(told: Panel, names: Names, death: str) -> tuple[Fact, ...]:
    _ = names.wording
    as_at = _("as at %(moment)s") % {"moment": _.moment(told.as_at)} if told.as_at else ""
    return (
        Fact(_("Held at"), _where(told, names), as_at),
        Fact(_("Standing"), _standing(told, death, _), as_at),
        _leaving(told, _) if told.now or not told.stays else _left(told, names),
    )


def _where(told: Panel, names: Names) -> str:
    now, _ = told.now, names.wording
    if now is None:
        return _("Not in custody") if told.stays else ""
    parts = [names.prison(now.prison), told.cell, outing(now.out_now, _)]
    since = _("since %(day)s") % {"day": _.day(now.starts_on)}
    return ", ".join([*(part for part in parts if part), since])


def _standing(told: Panel, death: str, _: Wording) -> str:
    if death == "confirmed":
        return _("Has died, as a worker confirmed")
    if told.standing == "died_reported" and not death:
        return _("A source says they have died. A worker found that to be a mistake.")
    return standing(told.standing, _)


def standing(kind: str, _: Wording) -> str:
    """A standing in words; "" where nothing is told."""
    return {
        "remand": _("On remand"),
        "awaiting_sentence": _("Convicted, awaiting sentence"),
        "sentenced": _("Sentenced"),
        "indeterminate": _("Sentenced without a fixed end"),
        "recall_issued": _("Recall issued, not back yet: do not let this be known"),
        "back_on_recall": _("Back in custody on recall"),
        "civil": _("Held under a civil order"),
        "immigration": _("Held under immigration powers"),
        "not_in_custody": _("Not in custody"),
        "died_reported": _("Reported to have died"),
        "unknown": _("Not clear: check by hand"),
        "": "",
    }[kind]


def outing(out_now: str, _: Wording) -> str:
    """Why somebody held in a prison is not in it now; "" where they are."""
    return {
        "": "",
        "court": _("out to court"),
        "leave": _("out on leave"),
        "hospital": _("in hospital"),
        "at_large": _("away without leave"),
    }[out_now]


def _left(told: Panel, names: Names) -> Fact:
    """When somebody who is held nowhere left where they were."""
    _, last = names.wording, told.stays[0]
    return Fact(_("Left"), _.day(last.ends_on) if last.ends_on else "", names.prison(last.prison))


def _leaving(told: Panel, _: Wording) -> Fact:
    best = told.dates
    if best is None:
        return Fact(_("Expected to leave"), "")
    words = _.day(best.on)
    if best.is_past:
        words = _("%(day)s, which is past: check by hand") % {"day": words}
    return Fact(_("Expected to leave"), words, ", ".join([_kind(best.chosen, _), *told_by(best.chosen, _)]))


def _kind(told: ExpectedDate, _: Wording) -> str:
    return _.label("release_date_types", told.type)


def _versions(best: BestDate, names: Names) -> tuple[Version, ...]:
    """The date used here, then every other with why not."""
    _ = names.wording
    others = [
        _version(loser.told, names, why_not=why_not(loser.why_not, _))
        for loser in best.losers
        if loser.told.on
    ]
    return (_version(best.chosen, names)._replace(is_chosen=True), *others)


def _version(told: ExpectedDate, names: Names, *, why_not: str = "") -> Version:
    _ = names.wording
    day = _.day(told.on) if told.on else ""
    known = _("told %(moment)s") % {"moment": _.moment(told.known_at)}
    parts = (why_not, names.prison(told.organisation), *told_by(told, _))
    return Version(f"{_kind(told, _)}: {day}", ", ".join(part for part in parts if part), known)


def why(key: str, _: Wording) -> str:
    """Why a date is used, as a sentence."""
    return {
        "all_agree": _("Every date that can stand for the release names this day."),
        "still_to_come": _("Used here because it is still to come."),
        "not_too_far_off": _("Used here because the other is too far off to be right."),
        "fits_standing": _("Used here because it fits their standing."),
        "more_certain": _("Used here because it is more certain than the others."),
        "on_record": _("Used here because it is on record, and the other was only told to a worker."),
        "newer": _("Used here because it was told last."),
        "own_prison": _("Used here because the prison that holds them told it."),
        "type_goes_first": _("Used here because this kind of date goes before the others."),
        "soonest": _("Used here because it is the soonest."),
    }[key]


def why_not(key: str, _: Wording) -> str:
    """Why another is not, in a few words."""
    return {
        "replaced": _("replaced since"),
        "unknown_type": _("a kind of date we do not know"),
        "not_a_release": _("not a release date"),
        "same_day": _("agrees"),
        "past": _("past"),
        "too_far_off": _("too far off to be right"),
        "before_recall": _("from before the recall"),
        "not_on_recall": _("only for somebody on recall"),
        "less_certain": _("less certain"),
        "by_hand": _("told to a worker, and on no record"),
        "older": _("older"),
        "other_organisation": _("not from the prison that holds them"),
        "type_goes_after": _("this kind of date goes after"),
        "later": _("later"),
    }[key]


def _stay(stay: StayLine, names: Names) -> tuple[str, str, str]:
    _ = names.wording
    if stay.ends_on is None:
        return names.prison(stay.prison), _("since %(day)s") % {"day": _.day(stay.starts_on)}, ""
    days = _("%(from)s to %(to)s") % {"from": _.day(stay.starts_on), "to": _.day(stay.ends_on)}
    return names.prison(stay.prison), days, _ended(stay.ended_by, _)


def _ended(what: str, _: Wording) -> str:
    """How a stay ended; what is not here ended in a way that needs no word."""
    return {
        "released": _("released"),
        "transferred": _("moved"),
        "in_transit": _("moved"),
        "died": _("died"),
        "received": _("received again"),
        "back_in_custody": _("received elsewhere"),
        "administrative": _("ended on paper"),
    }.get(what, "")
