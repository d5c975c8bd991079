"""What was chosen, in words: as the timeline, the page of choices and the paper say it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from throughgate.access import policy
from throughgate.foundation.codesets import code_set
from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences
from throughgate.pages.wording import Wording
from throughgate.sharing.rules import (
    ChoiceLine,
    KeptNameLine,
    LimitedLine,
    MinimumReadLine,
    MustNotKnowLine,
    ProtectedLine,
    TrustedLine,
)


def of_choice(line: ChoiceLine, names: Names) -> Words:
    _ = names.wording
    until = _("until %(day)s") % {"day": _.day(line.expires_on)} if line.expires_on else ""
    asked = ", ".join([_.label("sharing_places", line.place), _.label("sharing_ways", line.way)])
    present = _("with %(who)s there") % {"who": line.present} if line.present else ""
    said = [answer(line, _), about(line, names), until, asked, present, line.text]
    return Words(_("What they want shared"), sentences(said), provisional(line, _))


def answer(line: ChoiceLine, _: Wording) -> str:
    return _.label("sharing_answers", line.answer)


def about(line: ChoiceLine, names: Names) -> str:
    """ "Treatment and medicines, Anywhere Probation, whatever for"."""
    _ = names.wording
    return ", ".join([topic(line.topic, _), towards(line.towards, names), purpose(line.purpose, _)])


def begun(words: str) -> str:
    """As a line begins."""
    return f"{words[:1].upper()}{words[1:]}"


def topic(category: str, _: Wording) -> str:
    return _.label("categories", category) or _("everything")


def towards(organisation_id: UUID | None, names: Names) -> str:
    _ = names.wording
    return names.organisation(organisation_id) if organisation_id else _("every organisation")


def purpose(purpose_id: str, _: Wording) -> str:
    labels = policy.purpose_labels()
    return _(labels[purpose_id]) if purpose_id in labels else _("whatever for")


def provisional(line: ChoiceLine, _: Wording) -> tuple[Mark, ...]:
    """That it was said before they had settled, and when to ask again."""
    if line.ask_again_on is None:
        return ()
    return (Mark(_("for now: ask again on %(day)s") % {"day": _.day(line.ask_again_on)}, "amber"),)


def of_must_not_know(line: MustNotKnowLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Must not know") if line.holds else _("May know again")
    return Words(kind, sentences([who(line, names), line.text]))


def who(line: MustNotKnowLine, names: Names) -> str:
    if line.worker:
        return names.worker(line.worker)
    return names.organisation(line.organisation) if line.organisation else line.name


def of_limited(line: LimitedLine, names: Names) -> Words:
    _ = names.wording
    alone = ", ".join(alone_may_know(line, names))
    only = _("Only %(who)s may know") % {"who": alone} if alone else _("No limit any more")
    return Words(_("Who alone may know"), sentences([only, line.text]))


def alone_may_know(line: LimitedLine, names: Names) -> list[str]:
    organisations = [names.organisation(UUID(each)) for each in line.organisations]
    return [*(names.worker(UUID(each)) for each in line.workers), *organisations]


def of_trusted(line: TrustedLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Somebody they trust") if line.holds else _("Trusted no more")
    called = ", ".join(part for part in (line.name, line.relation) if part)
    return Words(kind, sentences([called, line.reach, may_be_told(line, _), line.text]))


def of_kept_name(line: KeptNameLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("A name not to be shown") if line.holds else _("A name that may be shown"), line.name)


def of_minimum_read(line: MinimumReadLine, names: Names) -> Words:
    _ = names.wording
    labels = code_set("sharing_minimum").labels()
    what = [_(labels[code]) for code in line.codes if code in labels]
    return Words(_("A service has read what it must know"), sentences(what))


def of_address(line: ProtectedLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Where they must not be found"), line.text)


def may_be_told(line: TrustedLine, _: Wording) -> str:
    if not line.may_be_told:
        return _("May be told nothing")
    return _("May be told: %(what)s") % {"what": line.may_be_told}


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    ChoiceLine: of_choice,
    MustNotKnowLine: of_must_not_know,
    LimitedLine: of_limited,
    TrustedLine: of_trusted,
    ProtectedLine: of_address,
    KeptNameLine: of_kept_name,
    MinimumReadLine: of_minimum_read,
}
