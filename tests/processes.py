"""Work in processes of their own, on the suite's database, that can be killed at any moment.

A server process has the program loaded and forks them, so that one starts in a few hundredths of a second.
"""

import multiprocessing
from collections.abc import Callable
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

import django
from django.db import connection, connections

django.setup()

from tests import story  # noqa: E402 - the models it reaches want the settings
from throughgate.exchange.inbound import run as runs  # noqa: E402

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__, "throughgate.packs.batches"])
ROWS_AT_ONCE = 4  # in one transaction, so that a small file has many


def start(work: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """The work, begun in a process that uses this process's database as the worker role."""
    options = {**connection.settings_dict["OPTIONS"], "assume_role": "tg_worker"}
    settings = {**connection.settings_dict, "OPTIONS": options}
    process = CONTEXT.Process(target=_as_worker, args=(settings, work, arguments))
    process.start()
    return process


def _as_worker(settings: dict[str, Any], work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    connections["default"].settings_dict.update(settings)
    work(*arguments)
    connections.close_all()


def counter() -> "Synchronized[int]":
    """A number that a process counts up and others read."""
    return CONTEXT.Value("i", 0)


def import_file(
    path: Path,
    source: str,
    as_at: datetime,
    chunks: "Synchronized[int] | None" = None,
    format_name: str = "prisoner-search",
) -> None:
    """Brings a file in a few rows at a time, counting the chunks that are safely in."""

    def count(_: object) -> None:
        if chunks is not None:
            chunks.value += 1

    runs.ROWS_AT_ONCE = ROWS_AT_ONCE
    story.bring_in_file(path, source=source, as_at=as_at, progress=count, format_name=format_name)
