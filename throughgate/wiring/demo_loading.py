"""Loads the demo's people into a database that has its tables; started by the demo's own making."""

import sys
from datetime import date

from throughgate.wiring import connected

if __name__ == "__main__":
    with connected.as_role("worker"):
        from throughgate.wiring.demo import load

        load(date.fromisoformat(sys.argv[1]))
