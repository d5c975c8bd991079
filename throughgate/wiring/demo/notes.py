"""What the town's workers wrote by hand: each finds the person on their own list and opens the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.contacts import actions as contacts
from throughgate.custody import queries as custody
from throughgate.custody.queries import Wanted
from throughgate.foundation import clock
from throughgate.people.rules import fold
from throughgate.record.rules import Form
from throughgate.staff import cast as signing_in
from throughgate.staff.queries import Hat
from throughgate.wiring.demo.stories import day_of, rows, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note, and when it was written."""

    at: datetime
    person: str  # key of a story
    worker: str  # by name
    kind: str
    text: str


def all_notes(today: date) -> list[Note]:
    """In the order of the table."""
    names = {row["email"]: row["name"] for row in rows("workers")}
    return [
        Note(
            at=_moment(row, today),
            person=row["person"],
            worker=names[row["worker"]],
            kind=row["kind"],
            text=row["text"],
        )
        for row in rows("notes")
    ]


def write(note: Note) -> None:
    """The clock stands at the note's moment."""
    hat = next(each for each in signing_in.hats(on=clock.today()) if each.worker_name == note.worker)
    permit = access.issue_permit(
        hat, _found(hat, note), purpose=policy.roles()[hat.role].purpose, at=clock.now()
    )
    contacts.write_note(
        permit, kind=note.kind, text=note.text, at=note.at, form=Form(f"demo {note.at} {note.worker}")
    )


def _found(hat: Hat, note: Note) -> UUID:
    """Whom the worker's search by name shows."""
    who = next(story.who for story in told() if story.key == note.person)
    words = tuple(fold(f"{who['first_name']} {who['last_name']}").split())
    permit = access.issue_list_permit(hat, purpose=policy.roles()[hat.role].purpose, at=clock.now())
    (found,) = custody.everyone(permit, Wanted(words=words)).people
    return found.person_id


def _moment(row: Mapping[str, str], today: date) -> datetime:
    return datetime.combine(
        day_of(today, int(row["day"])), time.fromisoformat(row["time"]), tzinfo=clock.LONDON
    )
