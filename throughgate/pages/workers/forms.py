"""What an administrator types about a worker."""

from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from throughgate.access import policy
from throughgate.directory import queries as directory
from throughgate.foundation.errors import NotFound
from throughgate.pages.workers import words
from throughgate.staff.queries import Hat

LONGEST = 120  # letters of a name or a team
MINUTES = ("15", "20", "30", "45", "60")


class Invited(NamedTuple):
    """Whom to invite, as what."""

    email: str
    name: str
    role: str
    team: str


def invited(given: Mapping[str, str]) -> Invited:
    return Invited(*(given.get(name, "").strip()[:LONGEST] for name in Invited._fields))


def wrong(hat: Hat, typed: Invited) -> dict[str, str]:
    """What is to be put right, by control."""
    found = {}
    try:
        validate_email(typed.email)
    except ValidationError:
        found["email"] = words.no_address()
    if not typed.name:
        found["name"] = words.no_name()
    if typed.role not in roles(hat):
        found["role"] = words.no_role()
    if not typed.team:
        found["team"] = words.no_team()
    return found


def roles(hat: Hat) -> list[str]:
    """Roles that an organisation of this kind has."""
    (place,) = directory.mentioned(ids=[hat.organisation_id], codes=[])
    return [role.id for role in policy.roles().values() if {place.kind, "any"} & set(role.organisation_kinds)]


def minutes(given: Mapping[str, str]) -> int:
    if given.get("minutes") not in MINUTES:
        raise NotFound
    return int(given["minutes"])
