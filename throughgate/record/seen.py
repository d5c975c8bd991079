"""Which entries a permit reads: the conditions of every query on the spine, in one place.

What is restricted, or kept for some who are not this worker, is as good as absent, as is a category that the
permit does not read.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from throughgate.foundation.permits import Permit

FOR_WHOM: Final = """(%(restricted)s OR NOT entry.restricted)
  AND (entry.only_for IS NULL OR %(sealed)s OR entry.only_for && %(as_who)s::uuid[])
  AND NOT (%(own)s AND entry.withheld)"""
ENTRY: Final = "entry.category = ANY(%(categories)s) AND " + FOR_WHOM
# Of what is derived, which is read by many: they must not learn from it what they could not read.
BY_ALL: Final = "NOT entry.restricted AND entry.only_for IS NULL"
# Something of one of these kinds was said, or what was said of it was taken back.
SAYS_ANEW: Final = """(entry.kind = ANY(%(told)s) OR EXISTS (
    SELECT FROM record_entry gone WHERE gone.id = entry.supersedes_id AND gone.kind = ANY(%(told)s)))"""
NO_MORE_THAN_ALL: Final[Mapping[str, Any]] = MappingProxyType(
    {"restricted": False, "sealed": False, "as_who": [], "own": False}
)


def by(permit: Permit) -> dict[str, Any]:
    """What `FOR_WHOM` and `ENTRY` ask."""
    return {
        "categories": list(permit.read),
        "restricted": permit.read_restricted,
        "sealed": permit.opens_sealed or permit.own,
        "as_who": list(permit.as_who),
        "own": permit.leaves_out_withheld,
    }
