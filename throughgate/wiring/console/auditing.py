"""`./tg audit`: is the log as it was sealed? And sealing what is new."""

import sys

from throughgate.audit import sealing
from throughgate.foundation import clock


def verify() -> int:
    """0 when every seal holds; 1, with the place, when one does not."""
    found = sealing.verify()
    if found.broken_seal is None:
        print(
            f"The audit is as it was sealed: {found.rows:,} rows under {found.seals:,} seals,"
            f" and {found.unsealed:,} rows since the last."
        )
        return 0
    print(
        f"The audit does NOT hold. At seal {found.broken_seal}, {found.why}. The {found.rows:,} rows before"
        " it are as they were sealed. Keep this database as it is, and tell whoever answers for the record.",
        file=sys.stderr,
    )
    return 1


def seal() -> int:
    rows = sealing.seal(at=clock.now())
    print(f"Sealed {rows:,} rows." if rows else "Nothing to seal: no row since the last seal.")
    return 0
