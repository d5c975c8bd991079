"""What helps to stay alive, by substance: the rows of the code set `harm_reduction`, in one language."""

from collections.abc import Collection, Sequence

from throughgate.foundation.codesets import Row, code_set
from throughgate.packs.content import Language

COLUMNS = {Language.ENGLISH: "english", Language.WELSH: "welsh"}


def lines(substance: str, language: Language) -> tuple[str, ...]:
    """Its lines in order; one that has no Welsh yet is given in English. None of it advises a dose."""
    return tuple(row[COLUMNS[language]] or row["english"] for row in _rows(substance))


def is_reviewed(substance: str) -> bool:
    """Whether a clinician has reviewed every line of it; until then whoever reads them is told so."""
    return all(row["reviewed_by"] for row in _rows(substance))


def in_order(substances: Collection[str]) -> list[str]:
    """The gravest first, as the table has them."""
    return [each for each in dict.fromkeys(row["substance"] for row in _table()) if each in substances]


def _rows(substance: str) -> list[Row]:
    return [row for row in _table() if row["substance"] == substance and not row["valid_to"]]


def _table() -> Sequence[Row]:
    return code_set("harm_reduction").rows
