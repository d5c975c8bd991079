"""Ids that sort by when they were made (UUIDv7, RFC 9562)."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A UUIDv7, always greater than the last one this process made.

    The 12 bits after the millisecond count up within it, so that ids made together keep their order.
    """
    global _last  # noqa: PLW0603 - the counter is the point of this module
    stamp = (time.time_ns() // 1_000_000) << 12
    with _lock:
        _last = max(stamp, _last + 1)
        stamp = _last
    random = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0x2 << 62 | random
    return UUID(int=value)
