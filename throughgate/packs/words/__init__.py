"""The sheets of a pack in words: a snapshot goes in, a `Sheet` comes out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Edition, Language, Layout, Reader, Section, Sheet, State
from throughgate.packs.facts import TREATING
from throughgate.packs.rules import Changed, Json, PackState, Snapshot, changes, without
from throughgate.packs.rules.reviews import NOTHING_CHECKED, TRANSLATIONS, Checked
from throughgate.packs.words import next_worker, person
from throughgate.packs.words.discreet import discreet
from throughgate.packs.words.wording import Wording, wording
from throughgate.pathway.rules.limits import limit


@dataclass(frozen=True, kw_only=True)
class Written:
    """A pack, as far as a sheet says something about it."""

    snapshot: Snapshot
    made_by: str  # the id of the organisation
    version: int
    as_at: datetime
    state: PackState
    is_agreed: bool  # this sheet of it
    agreed_at: datetime | None = None
    left_out: frozenset[str]
    has_changed: bool = False  # something on it is told otherwise by now
    checked: Checked = NOTHING_CHECKED  # of its words, by the organisation


class Difference(NamedTuple):
    """Something the pack tells that is not so any more, in words."""

    key: str
    what: str  # of rules.Change: new, gone, changed
    about: str  # as a sheet's heading has it; "" where its own words say so
    before: str
    now: str


def sheet(written: Written, edition: Edition) -> Sheet:
    """One sheet. The next worker's is in English and never discreet, so that it says the same everywhere."""
    if edition.reader is Reader.NEXT_WORKER:
        layout = Layout.STANDARD if edition.layout is Layout.EASY else edition.layout
        edition = Edition(edition.reader, Language.ENGLISH, layout)
    _ = wording(edition.language)
    made = Sheet(
        edition=edition,
        title=_("My next steps") if edition.reader is Reader.PERSON else _("For the next worker"),
        who=_who(written, edition, _),
        version=written.version,
        as_at=written.as_at,
        footer=_footer(written, _),
        page_of=_("Page %(page)s of %(pages)s"),
        notices=tuple(_notices(written, edition.reader, _)),
        sections=_sections(written, edition, _),
    )
    return discreet(made, _not_said(written.snapshot, edition.language)) if edition.is_discreet else made


def _footer(written: Written, _: Wording) -> str:
    """Paper cannot be taken back, so each page says until when to trust it."""
    last_on = clock.day_of(written.as_at) + timedelta(days=limit("pack_lasts"))
    said = {"moment": _.plain_moment(written.as_at), "number": written.version, "day": _.plain_day(last_on)}
    return _("As at %(moment)s. Version %(number)s. Ask for a new one after %(day)s.") % said


def differences(then: Snapshot, now: Snapshot) -> list[Difference]:
    """What is not as it was told then, as the next worker's sheet has it."""
    _ = wording(Language.ENGLISH)
    return [_difference(each, then, now, _) for each in changes(then, now)]


def _difference(changed: Changed, then: Snapshot, now: Snapshot, _: Wording) -> Difference:
    return Difference(
        key=changed.key,
        what=changed.change,
        about=next(next_worker.heading(fact, _) for fact in (changed.now, changed.then) if fact),
        before=next_worker.in_words(changed.then, then, _) if changed.then else "",
        now=next_worker.in_words(changed.now, now, _) if changed.now else "",
    )


def _sections(written: Written, edition: Edition, _: Wording) -> tuple[Section, ...]:
    """The next worker is told that something is left out. A section of which all is left out says nothing."""
    if edition.reader is Reader.PERSON:
        snapshot = without(written.snapshot, written.left_out)
        writing = person.Writing(snapshot, edition, _, written.checked)
        return tuple(_without(person.sections(writing), written.left_out))
    whole = tuple(next_worker.sections(next_worker.Writing(written.snapshot, _)))
    kept = tuple(_without(whole, written.left_out))
    return kept if kept == whole else (*kept, next_worker.something_left_out(_))


def _without(sections: Iterable[Section], keys: frozenset[str]) -> Iterator[Section]:
    for section in sections:
        items = tuple(item for item in section.items if item.key not in keys)
        if any(item.state is not State.NOTE for item in items):
            yield replace(section, items=items)


def _who(written: Written, edition: Edition, _: Wording) -> tuple[str, ...]:
    """Their own sheet has their name alone."""
    who = written.snapshot.who
    if edition.reader is Reader.PERSON:
        return (who["name"],)
    on = clock.day_of(written.agreed_at) if written.agreed_at else None
    born = _.plain_day(who["birth_date"]) if who["birth_date"] else _("not recorded")
    sex = _.label("sexes", who["sex"]) if who.get("sex") else _("not recorded")
    return (
        who["name"],
        ", ".join((_("Born: %(day)s") % {"day": born}, _("Sex: %(sex)s") % {"sex": sex})),
        ", ".join(
            f"{name}: {_all(who, system) or _('not recorded')}" for system, name in _numbers(_).items()
        ),
        *_made(written.snapshot, written.made_by, _),
        *([_("They agreed this sheet on %(day)s") % {"day": _.full_day(on)}] if on else []),
    )


def _numbers(_: Wording) -> dict[str, str]:
    return {"prison": _("Prison number"), "nhs": _("NHS number")}


def _all(who: Json, system: str) -> str:
    return " / ".join(_spaced(system, value) for each, value in who["numbers"] if each == system)


def _made(snapshot: Snapshot, made_by: str, _: Wording, *answers: str) -> Iterator[str]:
    if maker := _.name(snapshot.names.get(made_by)):
        yield _("Made by %(name)s") % {"name": ", ".join(filter(None, (maker, *answers)))}


def whose(snapshot: Snapshot, made_by: str, _: Wording, *answers: str) -> tuple[str, ...]:
    """Whom a sheet for others is about, and who made it, by the id of the organisation.

    `answers` are who answers for it there, and by which number.
    """
    who, names = snapshot.who, _numbers(_)
    born = _("Born %(day)s") % {"day": _.plain_day(who["birth_date"])} if who["birth_date"] else ""
    numbers = [f"{names[system]} {_spaced(system, value)}" for system, value in who["numbers"]]
    found = (who["name"], ", ".join(filter(None, (born, *numbers))), *_made(snapshot, made_by, _, *answers))
    return tuple(filter(None, found))


def _spaced(system: str, value: str) -> str:
    """An NHS number as it is read aloud."""
    return f"{value[:3]} {value[3:6]} {value[6:]}" if system == "nhs" else value


def _notices(written: Written, reader: Reader, _: Wording) -> Iterator[str]:
    is_own = reader is Reader.PERSON
    if written.state in {PackState.REVOKED, PackState.LAPSED, PackState.OVER}:
        yield _("This sheet does not hold any more. Ask for a new one.")
    elif written.state is PackState.REPLACED:
        yield _("There is a newer sheet than this one. Ask for it.")
    elif not written.is_agreed:
        yield (
            _("You have not agreed this sheet yet.") if is_own else _("They have not agreed this sheet yet.")
        )
    if written.has_changed:
        yield _("Some of this has changed since. Ask for a new one.")
    is_checked = f"{TRANSLATIONS}:{_.language}" in written.checked.fit
    if not is_checked and (not_reviewed := _.not_reviewed()):
        yield not_reviewed


def _not_said(snapshot: Snapshot, language: Language) -> list[str]:
    """What a discreet sheet never says: drug services and medicines, and words that tell of them."""
    words = [row["word"] for row in code_set("discreet_words").rows if row["language"] in {"en", language}]
    services = [
        name
        for each in snapshot.names.values()
        if each["kind"] in TREATING
        for name in (each["name"], each["name_cy"])
    ]
    return [*words, *services, *code_set("medicine_names").labels().values()]
