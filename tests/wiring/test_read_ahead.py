"""Reading in a process of its own gives what reading in one's own would."""

import multiprocessing
import os
import signal
from collections.abc import Iterator

import pytest

from throughgate.exchange.inbound.ahead import ReaderDiedError, read_ahead
from throughgate.exchange.inbound.reading import Unreadable
from throughgate.exchange.inbound.rows import Reject

BIG = "x" * 1_000_000  # more than a pipe holds, so that the reader waits for whoever takes in


def test_chunks_come_as_they_were_read_and_in_their_order() -> None:
    chunks = [[Reject(line, "", BIG, "", "") for line in (number, number + 1)] for number in range(5)]
    assert list(read_ahead(iter(chunks))) == chunks
    assert not multiprocessing.active_children()


def test_what_was_read_before_the_file_broke_comes_before_the_error() -> None:
    def broken() -> Iterator[list[str]]:
        yield ["read before"]
        raise Unreadable("The file ends in the middle.")

    told = read_ahead(broken())
    assert next(told) == ["read before"]
    with pytest.raises(Unreadable, match=r"The file ends in the middle\."):
        next(told)


def test_whoever_stops_taking_in_leaves_no_reader_behind() -> None:
    told = read_ahead(iter([[BIG]] * 50))
    next(told)
    told.close()
    assert not multiprocessing.active_children()


def test_a_reader_that_was_killed_is_not_taken_for_the_end_of_the_file() -> None:
    def killed() -> Iterator[list[str]]:
        yield ["read before"]
        os.kill(os.getpid(), signal.SIGKILL)

    told = read_ahead(killed())
    assert next(told) == ["read before"]
    with pytest.raises(ReaderDiedError):
        next(told)
