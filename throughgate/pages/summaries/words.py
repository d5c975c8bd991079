"""What is said of a text for others: how far it is, who agreed and how, and where it went."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from throughgate.pages import wording
from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences
from throughgate.pages.wording import words as _
from throughgate.summaries.queries import GivenEntry, MadeEntry, Receipt, RevokedEntry, TextLine
from throughgate.summaries.rules import Text, TextState

TONES = {TextState.MADE: "deep", TextState.GIVEN: "leaf"}


def label(text: Text) -> str:
    return wording.current().label("summary_texts", text.code)


def title(line: TextLine) -> str:
    return _("%(text)s, version %(number)s") % {"text": label(line.text), "number": line.version}


def state(of_text: TextState) -> Mark:
    said = {
        TextState.MADE: _("agreed, not yet given"),
        TextState.GIVEN: _("given"),
        TextState.REVOKED: _("taken back"),
        TextState.REPLACED: _("replaced by a newer one"),
        TextState.LAPSED: _("replaced by one that was taken back"),
    }
    return Mark(said[of_text], TONES.get(of_text, "slate"))


def made(line: TextLine, names: Names) -> str:
    said = {
        "moment": wording.moment(line.entry.happened_at),
        "worker": _worker(line.entry.recorded_by, names),
        "organisation": names.organisation(line.entry.organisation_id),
        "how": wording.current().label("sharing_ways", line.way).lower(),
        "number": len(line.left_out),
    }
    if line.left_out:
        return (
            _(
                "Agreed line by line %(moment)s with %(worker)s, %(organisation)s: %(how)s;"
                " things left out at their wish: %(number)s"
            )
            % said
        )
    return _("Agreed line by line %(moment)s with %(worker)s, %(organisation)s: %(how)s") % said


def history(line: TextLine, names: Names) -> Iterator[str]:
    """Where it went, newest first, and that it was taken back."""
    if line.revoked:
        said = {
            "moment": wording.moment(line.revoked.at),
            "worker": _worker(line.revoked.by, names),
            "why": line.revoked.text,
        }
        yield _("Taken back %(moment)s by %(worker)s: %(why)s") % said
    for receipt in line.receipts:
        yield _receipt(receipt, names)


def _receipt(receipt: Receipt, names: Names) -> str:
    labels = wording.current()
    said = {
        "moment": wording.moment(receipt.at),
        "worker": _worker(receipt.by, names),
        "way": labels.label("summary_givings", receipt.way),
        "system": labels.label("other_systems", receipt.system),
    }
    if receipt.system:
        return _("Entered in %(system)s %(moment)s by %(worker)s") % said
    words = _("%(way)s %(moment)s by %(worker)s") % said
    return f"{words}. {receipt.text}" if receipt.text else words


def of_made(line: MadeEntry, names: Names) -> Words:
    """How much is left out, and never what."""
    _ = names.wording
    version = _("Version %(number)s") % {"number": line.version}
    how_much = _("Something is left out at their wish") if line.left_out else _("Nothing is left out")
    text = _.label("summary_texts", line.text)
    return Words(_("Text for others agreed"), sentences([text, version, how_much]))


def of_given(line: GivenEntry, names: Names) -> Words:
    _ = names.wording
    way = _.label("summary_givings", line.way)
    return Words(_("Text for others given"), sentences([way, line.text]))


def of_revoked(line: RevokedEntry, names: Names) -> Words:
    _ = names.wording
    return Words(_("Text for others taken back"), sentences([line.text]))


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    MadeEntry: of_made,
    GivenEntry: of_given,
    RevokedEntry: of_revoked,
}


def _worker(worker_id: UUID | None, names: Names) -> str:
    return names.worker(worker_id) if worker_id else _("a program")
