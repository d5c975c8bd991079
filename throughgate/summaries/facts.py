"""What texts tell beside what a release pack tells: who somebody is, as coded lists ask it."""

from collections.abc import Iterator
from typing import Any

from throughgate.packs.rules import Fact, Topic
from throughgate.people.queries import Banner, KnownAs

IDENTITY, EQUALITY = "identity_contact", "equality"


def details(banner: Banner) -> Iterator[Fact]:
    """Initials, birth date, sex and ethnic group, each by the newest identity that tells it."""
    for key, category, said in (
        ("initials", IDENTITY, _initials),
        ("birth", IDENTITY, _birth),
        ("sex", IDENTITY, _sex),
        ("ethnicity", EQUALITY, _ethnicity),
    ):
        teller = next((known for known in banner.known_as if said(known)), None)
        if teller:
            yield Fact(
                key=key,
                topic=Topic.DETAIL,
                category=category,
                said=said(teller),
                by=str(teller.organisation_id),
                at=teller.as_at.isoformat() if teller.as_at else "",
            )


def _initials(known: KnownAs) -> dict[str, Any]:
    names = {"first": known.first_name[:1].upper(), "last": known.last_name[:1].upper()}
    return names if all(names.values()) else {}


def _birth(known: KnownAs) -> dict[str, Any]:
    return {"on": known.birth_date.isoformat()} if known.birth_date else {}


def _sex(known: KnownAs) -> dict[str, Any]:
    return {"table": "sexes", "code": known.sex} if known.sex else {}


def _ethnicity(known: KnownAs) -> dict[str, Any]:
    return {"table": "ethnicities", "code": known.ethnicity} if known.ethnicity else {}
