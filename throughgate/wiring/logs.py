"""What goes into a log: where something went wrong and of what kind, never what it said of anybody."""

import logging
import traceback
from pathlib import Path


def where(error: BaseException) -> str:
    """ "IntegrityError at actions.py:64 < views.py:12". Its text is left out: it may quote a record."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' < '.join(reversed(places))}"


class Wordless(logging.Formatter):
    """Writes an exception as `where` does, with those that led to it."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another formatter's, which a record keeps
        return super().format(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the library's name
        error = ei[1] if isinstance(ei, tuple) else None
        told = []
        while isinstance(error, BaseException):
            told.append(where(error))
            error = error.__cause__ or error.__context__
        return "\n".join(told)
