"""Programs that the bench starts: modules of its own that are one role of one database, and web servers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from throughgate.foundation.errors import Refused
from throughgate.wiring import database, server
from throughgate.wiring.bench import load
from throughgate.wiring.places import ROOT
from throughgate.wiring.templates import Server

WEB_WORKERS = 2
START_WITHIN_SECONDS = 60
STOP_WITHIN_SECONDS = 10


class ChildFailed(Refused):
    """What it said stands above."""


def environment(own: Server, name: str, role: str, **more: str) -> dict[str, str]:
    """Settings that make a program one role of that database."""
    return {
        **os.environ,
        **database.urls(own.url, name),
        "TG_MODE": "bench",
        "TG_DB_ROLE": role,
        "PYTHONPATH": str(ROOT),
        **more,
    }


def run(own: Server, name: str, role: str, module: str, *arguments: str) -> Any:
    """What a module of the bench printed as JSON; what it told on the way is shown.

    Raises: ChildFailed.
    """
    done = subprocess.run(
        [sys.executable, "-P", "-m", f"throughgate.wiring.bench.{module}", *arguments],
        env=environment(own, name, role),
        stdout=subprocess.PIPE,
        check=False,
        text=True,
    )
    if done.returncode:
        raise ChildFailed(f"A part of the bench ({module}) failed.")
    return json.loads(done.stdout)


@dataclass(frozen=True)
class Site:
    """A web server that answers, and what it took to start."""

    port: int
    pid: int
    started_in_seconds: float


@contextmanager
def site(application: str, settings: Mapping[str, str], *, first_page: str) -> Iterator[Site]:
    """Served as `./tg serve` does it, without the jobs."""
    with server.listening(0) as listener:
        began = time.perf_counter()
        child = subprocess.Popen(
            [
                sys.executable,
                *("-P", "-m", "gunicorn", "--preload", "--no-control-socket", "--log-level", "warning"),
                *("--bind", f"fd://{listener.fileno()}", "--chdir", str(ROOT)),
                *("--worker-class", "gthread", "--workers", str(WEB_WORKERS)),
                *("--threads", str(server.THREADS), application),
            ],
            env=dict(settings),
            pass_fds=[listener.fileno()],
            start_new_session=True,
        )
        try:
            port = listener.getsockname()[1]
            _wait_for(first_page, port, child)
            yield Site(port, child.pid, time.perf_counter() - began)
        finally:
            _stop(child)


def _wait_for(page: str, port: int, child: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < give_up and child.poll() is None:
        if load.answers(port, page):
            return
        time.sleep(0.02)
    raise ChildFailed("A web server of the bench did not answer.")


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(STOP_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
