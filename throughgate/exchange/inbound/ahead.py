"""Reading a file in a process of its own, a chunk ahead of the one the database takes in.

Reading takes a sixth of an import. A thread gave none of it back: it takes turns with the one that writes.
"""

import multiprocessing
import signal
from collections.abc import Generator, Iterator
from multiprocessing.connection import Connection
from typing import TypeVar

# A child that is forked has all code sets at hand; it touches no database and starts no thread.
FORKED = multiprocessing.get_context("fork")
Chunk = TypeVar("Chunk")


class ReaderDiedError(RuntimeError):
    """The reading process ended without a word, as one does that the system kills for want of memory."""


def read_ahead(chunks: Iterator[Chunk]) -> Generator[Chunk]:
    """The same chunks, pickled and read in another process; an error that ends them is raised here."""
    ours, theirs = FORKED.Pipe(duplex=False)
    reader = FORKED.Process(target=_read, args=(chunks, ours, theirs), daemon=True)
    reader.start()
    theirs.close()  # so that its end is heard
    try:
        while (told := _next(ours)) is not None:
            if isinstance(told, Exception):
                raise told
            yield told
    finally:
        ours.close()  # whatever it still has to tell, it stops at that
        reader.join()


def _next(ours: "Connection[None, Chunk | Exception | None]") -> Chunk | Exception | None:
    try:
        return ours.recv()
    except EOFError as error:
        raise ReaderDiedError("The process that read the file ended before the file did.") from error


def _read(
    chunks: Iterator[Chunk],
    ours: "Connection[None, None]",
    theirs: "Connection[Chunk | Exception | None, None]",
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever takes in ends both
    ours.close()  # so that the end of whoever takes in is noticed
    try:
        try:
            for chunk in chunks:
                theirs.send(chunk)
            theirs.send(None)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - told to the process that asked, which raises it
            theirs.send(error)
    except BrokenPipeError:
        pass  # nobody takes in any more
