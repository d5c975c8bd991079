"""What a person reads in another language says while no speaker of it has checked it."""

import sys

import pytest

from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Language
from throughgate.packs.words.wording import Wording, wording
from throughgate.pages.sharing import paper

REVIEWED = {"reviewed_by": "Siân Lwy", "reviewed_on": "2026-11-12"}
UNCHECKED = "Nid oes siaradwr Cymraeg wedi gwirio"


def test_a_paper_in_welsh_ends_with_that_nobody_has_checked_it() -> None:
    said = [paper.limits(wording(language)).parts[-1].lines[-1] for language in Language]
    assert [line.startswith(UNCHECKED) for line in said] == [False, True]


def test_once_somebody_has_it_says_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wording(Language.WELSH).not_reviewed().startswith(UNCHECKED)
    words = sys.modules[Wording.__module__]
    monkeypatch.setattr(words, "code_set", lambda _name: {"cy": REVIEWED})
    assert [wording(language).not_reviewed() for language in Language] == ["", ""]


def test_a_review_says_who_and_when() -> None:
    rows = code_set("translations").rows
    assert {row["language"] for row in rows} == set(Language) - {Language.ENGLISH}
    assert all(bool(row["reviewed_by"]) is bool(row["reviewed_on"]) for row in rows)
