"""Adding organisations: the prisons from their code set, others by hand, and unknown codes a feed uses.

And the places they run."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from throughgate.directory import queries
from throughgate.directory.models import Organisation, Place
from throughgate.directory.place_file import PlaceRow
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused


def load_prisons() -> int:
    """Bring the directory in step with the prison code set; returns how many prisons it holds."""
    rows = [
        Organisation(
            code=row["code"],
            name=row["name"],
            name_cy=row["welsh_name"],
            kind="prison",
            nation=row["country"].lower(),
        )
        for row in code_set("prisons").rows
    ]
    Organisation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "name_cy", "nation"]
    )
    return len(rows)


def add(*, code: str, name: str, kind: str, name_cy: str = "", nation: str = "") -> None:
    """Add an organisation, or bring its names up to date."""
    Organisation.objects.update_or_create(
        code=code,
        defaults={"name": name, "kind": kind, "name_cy": name_cy, "nation": nation, "is_checked": True},
    )


def note_unknown_prisons(codes: Iterable[str]) -> None:
    """Keep prison codes that a feed used and the directory does not know, marked to be looked at."""
    Organisation.objects.bulk_create(
        [Organisation(code=code, name=code, kind="prison", is_checked=False) for code in sorted(set(codes))],
        ignore_conflicts=True,
    )


def put_places(rows: Sequence[PlaceRow], *, at: datetime) -> int:
    """Add places, or bring them up to date, by code: all of them, or none.

    Returns how many of them are protected that were not: they are so from that moment on.
    Raises: Refused where an organisation is not known.
    """
    organisations = queries.by_code()
    for row in rows:
        if row.organisation not in organisations:
            raise Refused(
                f"Line {row.line}: there is no organisation with the code {row.organisation}. Check the"
                f' spelling, or add it with "./tg organisation add {row.organisation} NAME KIND".'
            )
    since = dict(Place.objects.filter(is_protected=True).values_list("code", "protected_at"))
    Place.objects.bulk_create(
        [_place(row, organisations[row.organisation], since.get(row.code, at)) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            field.attname for field in Place._meta.concrete_fields if field.name not in {"id", "code"}
        ],
    )
    return sum(row.is_protected and row.code not in since for row in rows)


def _place(row: PlaceRow, organisation: queries.Organisation, since: datetime | None) -> Place:
    return Place(
        organisation_id=organisation.id,
        code=row.code,
        name=row.name,
        name_cy=row.name_cy,
        address=row.address,
        phone=row.phone,
        is_always_answered=row.is_always_answered,
        is_protected=row.is_protected,
        protected_at=since if row.is_protected else None,
        week=row.week,
        landmarks=row.landmarks,
    )
