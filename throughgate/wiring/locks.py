"""Locks between processes of one checkout. The kernel lets go of them however a process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from throughgate.foundation.errors import Refused


class Busy(Refused):
    """Somebody else holds the lock."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Waits until nobody else is inside."""
    with _opened(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def only_one(path: Path, *, otherwise: str) -> Iterator[None]:
    """Does not wait.

    Raises: Busy, with the sentence given, when somebody is inside.
    """
    with _opened(path) as handle:
        if not _taken(handle, fcntl.LOCK_EX):
            raise Busy(otherwise)
        yield


class Users:
    """Counts who uses something, so that the last one out can turn it off."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def join(self) -> None:
        """Be counted until `leave`, or until this process ends."""
        if self._handle is None:
            self._handle = _open(self._path)
            fcntl.flock(self._handle, fcntl.LOCK_SH)

    def are_others(self) -> bool:
        """Whether anybody else is counted too. Ask only where nobody can join or leave meanwhile."""
        if self._handle is None:
            return False
        alone = _taken(self._handle, fcntl.LOCK_EX)
        fcntl.flock(self._handle, fcntl.LOCK_SH)
        return not alone

    def leave(self) -> bool:
        """No longer counted. True when nobody else is left."""
        if self._handle is None:
            return False
        handle, self._handle = self._handle, None
        try:
            return _taken(handle, fcntl.LOCK_EX)
        finally:
            os.close(handle)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = _open(path)
    try:
        yield handle
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    """Python opens files closed on exec, so a child that outlives us does not keep the lock."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as error:
        raise Refused(
            f"{path.parent} belongs to another user of this machine, who ran ./tg here before. "
            "Use a clone of your own, or ask that user to remove it."
        ) from error


def _taken(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
