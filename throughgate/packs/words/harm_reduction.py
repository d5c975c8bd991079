"""What helps to stay alive, by substance: the rows of the code set `harm_reduction`, in one language."""

from collections.abc import Collection, Sequence
from functools import cache

from throughgate.foundation.codesets import Row, code_set
from throughgate.packs.content import Language

DRUGS = frozenset({"heroin"})  # names that are no medicine's
COLUMNS = {Language.ENGLISH: "english", Language.WELSH: "welsh"}


def lines(substance: str, language: Language) -> tuple[str, ...]:
    """Its lines in order; one that has no Welsh yet is given in English. None of it advises a dose."""
    return tuple(row[COLUMNS[language]] or row["english"] for row in rows(substance))


def reviewed_upstream(substance: str) -> str:
    """Who has reviewed every line of it before it was shipped; "" while one has not been."""
    found = rows(substance)
    if not found or not all(row["reviewed_by"] for row in found):
        return ""
    return ", ".join(dict.fromkeys(f"{row['reviewed_by']} ({row['reviewed_on']})" for row in found))


def every() -> list[str]:
    """The substances that there are lines of, the gravest first, as the table has them."""
    return list(dict.fromkeys(row["substance"] for row in _table()))


def in_order(substances: Collection[str]) -> list[str]:
    """Those of them that there are lines of, the gravest first."""
    return [each for each in every() if each in substances]


@cache
def names() -> frozenset[str]:
    """Of medicines and drugs, in small letters, word by word: nobody can choose easier ones."""
    labels = code_set("medicine_names").labels().values()
    return DRUGS | {word for label in labels for word in label.lower().split()}


def rows(substance: str) -> list[Row]:
    """Its lines that are given today, with their source."""
    return [row for row in _table() if row["substance"] == substance and not row["valid_to"]]


def _table() -> Sequence[Row]:
    return code_set("harm_reduction").rows
