"""Serves: gunicorn and the jobs as children, both stopped when this process is, however it ends."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from throughgate.foundation.errors import Refused
from throughgate.wiring.places import ROOT

LOOPBACK = "127.0.0.1"
USUAL_PORT, HIGHEST_PORT = 8000, 65535
APPLICATION = "throughgate.wiring.wsgi:application"
THREADS = 2  # for each worker process: one computes while the other waits on the database; more only queue
READY_WITHIN_SECONDS = 60
STOP_WITHIN_SECONDS = 10
PR_SET_PDEATHSIG = 1  # from linux/prctl.h


class PortTaken(Refused):
    """Another program listens there."""


class StoppedByItself(Refused):
    """A child ended that should have gone on."""


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """The port is ours before anything else is begun, and cannot be lost half way. 0 is any free one.

    Where nobody says how browsers name this server, invitations and slips name the port it listens on.
    Raises: PortTaken.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            other = port + 1 if 0 < port < HIGHEST_PORT else USUAL_PORT
            raise PortTaken(
                f"Port {port} cannot be used: {why}. Choose another, such as --port {other}."
            ) from error
        os.environ.setdefault("TG_ADDRESS", f"http://localhost:{listener.getsockname()[1]}")
        yield listener


def serve(listener: socket.socket, *, workers: int, words: Callable[[str], str]) -> None:
    """Until this process is interrupted. `words` are found while it starts, and printed once it answers.

    Raises: StoppedByItself.
    """
    host, port = listener.getsockname()
    with (
        _child(_gunicorn(listener, workers), role="web", keep=listener) as web,
        _child([sys.executable, "-P", "-m", "throughgate", "jobs"], role="worker") as jobs,
    ):
        children = {"web server": web, "jobs": jobs}
        said = words(f"http://{host}:{port}/")
        _wait_until_it_answers(host, port, children)
        print(said, flush=True)
        while True:
            _refuse_dead(children)
            time.sleep(0.5)


def _gunicorn(listener: socket.socket, workers: int) -> list[str]:
    options = {
        "--bind": f"fd://{listener.fileno()}",
        "--chdir": str(ROOT),
        "--worker-class": "gthread",
        "--workers": str(workers),
        "--threads": str(THREADS),
        "--max-requests": "10000",  # a slow leak never grows old
        "--max-requests-jitter": "1000",
        "--graceful-timeout": str(STOP_WITHIN_SECONDS // 2),
        "--log-level": "warning",
    }
    arguments = [part for option in options.items() for part in option]
    return [
        sys.executable,
        "-P",
        "-m",
        "gunicorn",
        *arguments,
        "--preload",
        "--no-control-socket",
        APPLICATION,
    ]


@contextmanager
def _child(
    command: list[str], *, role: str, keep: socket.socket | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """In a session of its own: a Ctrl-C in the terminal reaches us alone, and we stop it in order."""
    child = subprocess.Popen(
        command,
        env={**os.environ, "TG_DB_ROLE": role, "PYTHONPATH": str(ROOT)},
        pass_fds=[keep.fileno()] if keep else [],
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads yet
    )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _end_with_parent() -> None:
    """In the child, before it becomes the program: a parent that is killed outright takes it along."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_it_answers(host: str, port: int, children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    give_up = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < give_up:
        _refuse_dead(children)
        connection = http.client.HTTPConnection(host, port, timeout=READY_WITHIN_SECONDS)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise StoppedByItself(f"The web server did not answer within {READY_WITHIN_SECONDS} seconds.")


def _refuse_dead(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise StoppedByItself(
                f"The {name} stopped by itself (code {child.returncode}); why stands above."
            )
