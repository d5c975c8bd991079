"""Serves the real database that DATABASE_URL names, on this machine's own address only."""

import argparse
import os

from throughgate.foundation.errors import Refused
from throughgate.wiring import connected, server

LOOPBACK_NAMES = {"127.0.0.1", "localhost"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=server.USUAL_PORT)
    parser.add_argument("--host", default=server.LOOPBACK, help="only this machine's own, 127.0.0.1, for now")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes; one for each core"
    )


def run(options: argparse.Namespace) -> int:
    _refuse_unfit(options.host)
    os.environ["TG_MODE"] = "serve"
    with server.listening(options.port) as listener:
        with connected.as_role("web"):
            _refuse_unready()
        try:
            server.serve(listener, workers=options.workers, words=_words)
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
    return 0


def _refuse_unfit(host: str) -> None:
    if "DATABASE_URL" not in os.environ:
        raise Refused(
            "DATABASE_URL is not set, so there is no database to serve. It looks like "
            "postgresql://tg_web@host/name. To try Throughgate without one: ./tg demo"
        )
    if host not in LOOPBACK_NAMES:
        raise Refused(
            f"{host} can be reached from other machines. Until somebody from outside has tried "
            "to break it, Throughgate serves 127.0.0.1 only."
        )


def _refuse_unready() -> None:
    from throughgate.wiring import readiness  # noqa: PLC0415 - once Django is set up

    problems = readiness.problems()
    if problems:
        raise Refused("Not ready to serve:\n" + "\n".join(f"- {problem}" for problem in problems))


def _words(address: str) -> str:
    return f"Serving at {address}. Ctrl-C stops it."
