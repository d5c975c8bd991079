"""What is said of a pack: how far it is, who agreed, what has changed, and in which edition."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from throughgate.packs.content import Reader
from throughgate.packs.queries import AgreedLine, GivenLine, PackLine
from throughgate.packs.rules import PackState
from throughgate.packs.words import Difference
from throughgate.pages import wording
from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names
from throughgate.pages.wording import words as _

TONES = {"none": "red", PackState.MADE: "amber", PackState.AGREED: "deep", PackState.GIVEN: "leaf"}


def title(line: PackLine) -> str:
    return _("Pack, version %(number)s") % {"number": line.version}


def state(of_pack: str) -> Mark:
    """How far a pack is: one of PackState, or "none"."""
    said = {
        "none": _("no pack"),
        PackState.MADE: _("made, not yet agreed"),
        PackState.AGREED: _("agreed"),
        PackState.GIVEN: _("given"),
        PackState.REVOKED: _("taken back"),
        PackState.REPLACED: _("replaced by a newer one"),
        PackState.LAPSED: _("replaced by one that was taken back"),
        PackState.OVER: _("of an earlier time in custody"),
    }
    return Mark(said[of_pack], TONES.get(of_pack, "slate"))


def sheet(reader: Reader) -> str:
    return {
        Reader.PERSON: _("Their own sheet"),
        Reader.NEXT_WORKER: _("The sheet for the next worker"),
    }[reader]


def language(code: str) -> str:
    return {"en": _("English"), "cy": _("Welsh")}[code]


def layout(code: str) -> str:
    return {
        "standard": _("Usual print"),
        "large": _("Large print"),
        "easy": _("Easy read, with pictures"),
    }[code]


def made(line: PackLine, names: Names) -> str:
    said = {
        "moment": wording.moment(line.made_at),
        "worker": _worker(line.made_by, names),
        "organisation": names.organisation(line.organisation_id),
    }
    return _("Made %(moment)s by %(worker)s, %(organisation)s") % said


def history(line: PackLine, names: Names) -> Iterator[str]:
    """What became of it, in the order of sheets: agreed, given, taken back."""
    for reader in Reader:
        if reader in line.agreed:
            yield _agreed(reader, line.agreed[reader], names)
    for given in line.given:
        yield _given(given, names)
    if line.revoked:
        said = {
            "moment": wording.moment(line.revoked.at),
            "worker": _worker(line.revoked.by, names),
            "why": line.revoked.text,
        }
        yield _("Taken back %(moment)s by %(worker)s: %(why)s") % said


def changed(found: Iterable[Difference]) -> list[str]:
    """For each thing that is told otherwise now what it is about, and a sentence."""
    return [". ".join(filter(None, (each.about, _difference(each)))) for each in found]


def _agreed(reader: Reader, agreed: AgreedLine, names: Names) -> str:
    said = {
        "sheet": sheet(reader),
        "moment": wording.moment(agreed.at),
        "worker": _worker(agreed.by, names),
        "number": len(agreed.left_out),
    }
    if agreed.left_out:
        return (
            _("%(sheet)s: agreed %(moment)s with %(worker)s; things left out at their wish: %(number)s")
            % said
        )
    return _("%(sheet)s: agreed %(moment)s with %(worker)s") % said


def _given(given: GivenLine, names: Names) -> str:
    how = [language(given.language), layout(given.layout)]
    if given.is_discreet:
        how.append(_("discreet"))
    said = {
        "sheets": ", ".join(sheet(each) for each in given.readers),
        "moment": wording.moment(given.at),
        "worker": _worker(given.by, names),
        "how": ", ".join(how),
    }
    words = _("Given %(moment)s by %(worker)s: %(sheets)s (%(how)s)") % said
    return f"{words}. {given.text}" if given.text else words


def _difference(each: Difference) -> str:
    said = {"before": each.before, "now": each.now}
    if each.what == "new":
        return _("Not on it: %(now)s") % said
    if each.what == "gone":
        return _("On it, and not so any more: %(before)s") % said
    return _("Now: %(now)s. On it: %(before)s") % said


def _worker(worker_id: UUID | None, names: Names) -> str:
    return names.worker(worker_id) if worker_id else _("a program")
