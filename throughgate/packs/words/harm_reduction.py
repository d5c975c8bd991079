"""What helps to stay alive, by substance: the rows of the code set `harm_reduction`, in one language."""

from throughgate.foundation.codesets import Row, code_set
from throughgate.packs.content import Language

COLUMNS = {Language.ENGLISH: "english", Language.WELSH: "welsh"}


def lines(substance: str, language: Language) -> tuple[str, ...]:
    """Its lines in order; one that has no Welsh yet is given in English. None of it advises a dose."""
    return tuple(row[COLUMNS[language]] or row["english"] for row in _rows(substance))


def is_reviewed(substance: str) -> bool:
    """Whether a clinician has reviewed every line of it; until then whoever reads them is told so."""
    return all(row["reviewed_by"] for row in _rows(substance))


def _rows(substance: str) -> list[Row]:
    rows = code_set("harm_reduction").rows
    return [row for row in rows if row["substance"] == substance and not row["valid_to"]]
