"""The pure rules of packs. No database, no clock."""

from throughgate.packs.rules.snapshot import (
    Change,
    Changed,
    Fact,
    Json,
    Snapshot,
    Topic,
    as_json,
    changes,
    from_json,
    shared,
    without,
)
from throughgate.packs.rules.states import (
    HOLDING,
    PackState,
    check_giving,
    check_holds,
    check_revoking,
    left_out,
    state_of,
)

__all__ = [
    "HOLDING",
    "Change",
    "Changed",
    "Fact",
    "Json",
    "PackState",
    "Snapshot",
    "Topic",
    "as_json",
    "changes",
    "check_giving",
    "check_holds",
    "check_revoking",
    "from_json",
    "left_out",
    "shared",
    "state_of",
    "without",
]
