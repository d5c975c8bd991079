"""Finding one person exactly: by a number, or by full name and birth date. Nothing less finds anybody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from throughgate.foundation.permits import ListPermit, TimerPermit
from throughgate.people import rules
from throughgate.people.placeholders import placeholders
from throughgate.people.rules import State, System

# Systems whose numbers can be told apart by their shape; of a provider's own reference nothing is known.
TOLD_APART = (System.nhs, System.prison, System.pnc, System.cro, System.crn)
BY_NUMBER = """
SELECT DISTINCT identity.person_id FROM people_identifier number
JOIN people_identity identity ON identity.id = number.identity_id
WHERE number.system = %s AND number.value = %s ORDER BY identity.person_id
"""
# Middle names, which sources have or leave out, may follow.
BY_NAME = """
SELECT DISTINCT person.id FROM people_details details
JOIN people_identity identity ON identity.id = details.identity_id
JOIN people_person person ON person.id = identity.person_id
WHERE details.birth_date = %s AND EXISTS (
    SELECT FROM unnest(person.search_names) AS known (name) WHERE known.name = %s OR known.name LIKE %s)
ORDER BY person.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """Whom to find; a number goes before a name."""

    number: tuple[str, str] | None = None  # system and value
    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None

    @property
    def is_enough(self) -> bool:
        return bool(self.number or (self.first_name and self.last_name and self.birth_date))


def number_in(text: str, *, on: date) -> tuple[str, str] | None:
    """The number that stands there, by its shape; None where there is none that can be told."""
    missing = placeholders("identifier")
    for system in TOLD_APART:
        read = rules.read_identifier(system, text, placeholders=missing, pivot_year=on.year)
        if read and read.state is not State.unusable:
            return system.value, read.value
    return None


def found(permit: ListPermit | TimerPermit, sought: Sought) -> list[UUID]:
    """Everybody who has exactly these: more than one where records have not been joined."""
    with connection.cursor() as cursor:
        if sought.number:
            cursor.execute(BY_NUMBER, list(sought.number))
        elif sought.is_enough:
            name = rules.sort_name(first=sought.first_name, last=sought.last_name)
            cursor.execute(BY_NAME, [sought.birth_date, name, f"{name} %"])
        else:
            return []
        return [person_id for (person_id,) in cursor.fetchall()]
