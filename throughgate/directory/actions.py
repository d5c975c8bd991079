"""Adding organisations: the prisons from their code set, others by hand, and unknown codes a feed uses."""

from collections.abc import Iterable

from throughgate.directory.models import Organisation
from throughgate.foundation.codesets import code_set


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
