"""`./tg show`: one person's record, for somebody at the console or for a script."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from throughgate.access import actions as access
from throughgate.directory import queries as directory
from throughgate.exchange.inbound.fields import placeholders
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import wording
from throughgate.pages.held.presenters import called
from throughgate.pages.names import Names
from throughgate.pages.person import timeline
from throughgate.people import queries as people
from throughgate.people.rules import State, System, read_identifier
from throughgate.record.queries import Spine
from throughgate.staff import queries as staff
from throughgate.whole import queries
from throughgate.whole.document import document
from throughgate.whole.plain import plain
from throughgate.whole.queries import Whole
from throughgate.wiring.console import here


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything there is about one person, with what a console tells besides."""

    whole: Whole
    links: Mapping[UUID, linkage.LinkLine]  # by identity
    names: Names


def run(person: str, *, known_on: str | None, as_json: bool) -> int:
    """Raises: Refused when nobody, or more than one person, has that id or number."""
    found = _read(_permit(_found(person)), here.moment(known_on))
    print(json.dumps(_plain(found), ensure_ascii=False) if as_json else "\n".join(_words(found)))
    return 0


def _found(person: str) -> UUID:
    try:
        return UUID(person)
    except ValueError:
        pass
    found = people.by_number(here.review_permit(), list(_readings(person)))
    if not found:
        raise Refused(f"Nobody here has the number {person}. Check it for a slip.")
    if len(found) > 1:
        ids = ", ".join(str(each) for each in found)
        raise Refused(f"{len(found)} people have the number {person}. Give the id of one of them: {ids}")
    return found[0]


def _readings(written: str) -> Iterator[tuple[str, str]]:
    """Every number that this could be."""
    for system in System:
        number = read_identifier(
            system, written, placeholders=placeholders("identifier"), pivot_year=clock.today().year
        )
        if number and number.state is not State.unusable:
            yield number.system, number.value


def _permit(person_id: UUID) -> Permit:
    return access.issue_script_permit(person_id, organisation_id=here.NO_ORGANISATION, at=clock.now())


def _read(permit: Permit, known_on: datetime | None) -> Record:
    try:
        whole = queries.whole(permit, known_on=known_on)
    except NotFound as absent:
        raise Refused(f"Nobody has the id {permit.person_id}.") from absent
    return Record(
        whole=whole,
        links={link.identity_id: link for link in linkage.links(permit)},
        names=Names(
            directory.by_id().values(),
            staff.names({entry.recorded_by for entry in whole.entries if entry.recorded_by}),
        ),
    )


def _plain(found: Record) -> dict[str, Any]:
    """The keys are documented in docs/reference/show.md; a script may rely on them."""
    told = document(found.whole, {place.id: place.code for place in found.names.places.values()})
    links = {str(identity_id): plain(link) for identity_id, link in found.links.items()}
    identities = [{**each, "link": links.get(each["identity_id"])} for each in told["identities"]]
    return {**told, "identities": identities}


def _words(found: Record) -> Iterator[str]:
    who = found.whole.who
    born = f", born {wording.born(who.birth_date)}" if who.birth_date else ", birth date not recorded"
    died = {"reported": "  A DEATH IS REPORTED", "confirmed": "  HAS DIED"}.get(who.death, "")
    yield f"{who.name or 'Name not recorded'}{born}{died}"
    yield str(found.whole.person_id)
    if found.whole.known_on:
        yield f"As it was known on {wording.moment(found.whole.known_on)}; who is who is as known now."
    yield ""
    yield from _identity_words(found)
    yield ""
    yield _custody_words(found)
    yield ""
    yield from (_entry_words(found, entry) for entry in found.whole.entries)


def _identity_words(found: Record) -> Iterator[str]:
    for known in found.whole.who.known_as:
        numbers = ", ".join(f"{number.system} {number.as_written}" for number in known.numbers)
        link = found.links[known.identity_id]
        organisation = found.names.organisation(known.organisation_id)
        yield f"{organisation}: {called(known)}, {numbers or 'no number'}  (link {link.id}, {link.why})"


def _custody_words(found: Record) -> str:
    panel = found.whole.situation.custody
    if panel is None or not panel.stays:
        return "Custody: not recorded"
    stay = panel.now
    where = (
        f"{found.names.prison(stay.prison)} since {wording.day(stay.starts_on)}" if stay else "not in custody"
    )
    standing = panel.standing.replace("_", " ")
    release = (
        f"; leaves {wording.day(panel.dates.on)} ({panel.dates.certainty})" if panel.dates and stay else ""
    )
    return f"Custody: {where}, {standing}{release}"


def _entry_words(found: Record, entry: Spine) -> str:
    alone = timeline.Told(entries=[entry], lines=found.whole.lines, names=found.names, above=None)
    (row,) = timeline.rows(alone)
    marks = "".join(f" ({mark.words})" for mark in row.marks)
    when = f"{row.day} {row.time}".strip()
    category = wording.label("categories", entry.category)
    return f"{when}  {row.kind}. {row.text}{marks}  [{category}; {row.said_by}; {row.known}]"
