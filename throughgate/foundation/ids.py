"""Ids that sort by when they were made (UUIDv7, RFC 9562)."""

import os
import threading
import time
from collections.abc import Iterator
from struct import iter_unpack
from uuid import UUID

AT_ONCE = 512  # numbers asked of the system together: to ask for each took most of the time of an id

_lock = threading.Lock()
_last = 0
_numbers: Iterator[tuple[int]] = iter(())


def _forget() -> None:
    """In a child that was forked: the numbers that lie ready are the parent's."""
    global _numbers  # noqa: PLW0603 - as below
    _numbers = iter(())


os.register_at_fork(after_in_child=_forget)


def new_id() -> UUID:
    """A UUIDv7, always greater than the last one this process made.

    The 12 bits after the millisecond count up within it, so that ids made together keep their order.
    """
    global _last, _numbers  # noqa: PLW0603 - the counter is the point of this module
    stamp = (time.time_ns() // 1_000_000) << 12
    with _lock:
        _last = max(stamp, _last + 1)
        stamp = _last
        number = next(_numbers, None)
        if number is None:
            _numbers = iter_unpack("Q", os.urandom(8 * AT_ONCE))
            number = next(_numbers)
    random = number[0] & 0x3FFF_FFFF_FFFF_FFFF
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0x2 << 62 | random
    return UUID(int=value)
