"""What a person's own sheet says to stay safe."""

import re
from collections.abc import Mapping

import pytest

from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Language
from throughgate.packs.words import harm_reduction

ROWS = code_set("harm_reduction").rows
SUBSTANCES = sorted({row["substance"] for row in ROWS})


def test_every_substance_that_a_record_can_tell_of_has_its_lines() -> None:
    assert {row["substance"] for row in code_set("substances").rows} <= set(SUBSTANCES)


@pytest.mark.parametrize("language", Language)
def test_lines_come_in_order_in_the_language_of_the_sheet(language: Language) -> None:
    column = {Language.ENGLISH: "english", Language.WELSH: "welsh"}[language]
    told = [row[column] for row in ROWS if row["substance"] == "opioids"]
    assert harm_reduction.lines("opioids", language) == tuple(told)
    assert len(told) > 3


def test_a_substance_nobody_wrote_of_has_none() -> None:
    assert harm_reduction.lines("nutmeg", Language.ENGLISH) == ()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['substance']} {row['line']}")
def test_a_line_is_in_both_languages_and_advises_no_dose(row: Mapping[str, str]) -> None:
    assert row["english"]
    assert row["welsh"]
    assert set(re.findall(r"\d+", row["english"] + row["welsh"])) <= {"999"}
    assert not re.search(r"\b(mg|ml|milligrams?|doses?|dos)\b", row["english"] + row["welsh"], re.IGNORECASE)


def test_the_gravest_comes_first() -> None:
    assert harm_reduction.in_order({"alcohol", "opioids", "nutmeg"}) == ["opioids", "alcohol"]


def test_a_review_says_who_and_when() -> None:
    assert all(bool(row["reviewed_by"]) is bool(row["reviewed_on"]) for row in ROWS)
    assert all(
        bool(harm_reduction.reviewed_upstream(substance))
        is all(row["reviewed_by"] for row in ROWS if row["substance"] == substance)
        for substance in SUBSTANCES
    )
