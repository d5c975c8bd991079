"""A demo: a database of its own, invented people, and a server that only this machine reaches.

What you change is kept until the day is over; a new day begins with the demo as new.
"""

import argparse
import os

from throughgate.foundation.errors import Refused
from throughgate.wiring import connected, demo_database, server
from throughgate.wiring.locks import only_one
from throughgate.wiring.places import VAR

WORKERS = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=server.USUAL_PORT, help="8000 unless you say; 0: any free one"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="throw away what was changed today and begin as new"
    )


def run(options: argparse.Namespace) -> int:
    if "DATABASE_URL" in os.environ:
        raise Refused(
            "This is a demo with invented people, and DATABASE_URL names a real database, which it will not "
            "touch. Unset DATABASE_URL to see the demo, or use ./tg serve for the real one."
        )
    running = only_one(VAR / "locks" / "demo", otherwise="The demo of this checkout is running already.")
    database = demo_database.running(made_anew=options.fresh)
    with running, server.listening(options.port) as listener, database as environment:
        os.environ.update(environment)
        try:
            server.serve(listener, workers=WORKERS, words=_words)
        except KeyboardInterrupt:
            print("\nStopping the demo and all it started ...", flush=True)
    return 0


def _words(address: str) -> str:
    with connected.as_role("web"):
        from throughgate.wiring.demo import people  # noqa: PLC0415 - once Django is set up

        listed = "\n".join(f"  {person}" for person in people())
    return (
        f"\nThe demo is at {address}\nYou can sign in there as:\n{listed}\n"
        "Everyone in it is invented. Ctrl-C stops it."
    )
