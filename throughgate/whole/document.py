"""One record as one JSON object, for programs; its keys are documented in docs/reference, and kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from throughgate.people.queries import KnownAs
from throughgate.record.queries import Spine
from throughgate.whole.plain import plain
from throughgate.whole.queries import Whole

Codes = Mapping[UUID, str]  # of organisations


def document(found: Whole, codes: Codes) -> dict[str, Any]:
    """Organisations stand by their codes, workers by their ids."""
    medicines = found.situation.medicines
    return {
        "person": str(found.person_id),
        "known_on": plain(found.known_on),
        "name": found.who.name,
        "birth_date": plain(found.who.birth_date),
        "language": found.who.language,
        "death": found.who.death,
        "identities": [_identity(known, codes) for known in found.who.known_as],
        "custody": plain(found.situation.custody),
        "medicines": _named(plain(medicines.medicines), _by_text(codes)) if medicines else None,
        "entries": [_entry(found, entry, codes) for entry in found.entries],
    }


def _identity(known: KnownAs, codes: Codes) -> dict[str, Any]:
    return {**plain(known), "organisation": codes[known.organisation_id]}


def _entry(found: Whole, entry: Spine, codes: Codes) -> dict[str, Any]:
    return {
        **plain(entry),
        "organisation": codes[entry.organisation_id],
        "says": plain(found.lines.get(entry.id)),
    }


def _by_text(codes: Codes) -> Mapping[str, str]:
    return {str(place): code for place, code in codes.items()}


def _named(told: Any, codes: Mapping[str, str]) -> Any:
    """With the code of each organisation in place of its id."""
    if isinstance(told, dict):
        return {name: _named(each, codes) for name, each in told.items()}
    if isinstance(told, list):
        return [_named(each, codes) for each in told]
    return codes.get(told, told) if isinstance(told, str) else told
