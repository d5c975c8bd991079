"""Needs, and what they had before custody: kept once, read by who may, each organisation by its last word."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests import story
from throughgate.assessment import actions as assessment
from throughgate.assessment import queries
from throughgate.assessment.queries import NeedLine
from throughgate.assessment.rules.needs import Before, Need
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record.rules import Form

pytestmark = pytest.mark.django_db
HOME = Need(domain="home", how_far="high", said="Not my brother's.", text="Has no tenancy.")
KEYWORKER = Before(topic="keyworker", had=True, who="Tess Umbra", reach="01632 960001")
SCRIPT = Before(topic="script", had=True, who="Dr Ola Stamp", last_on=date(2026, 10, 19))


@pytest.fixture
def permit() -> Permit:
    """A community treatment worker's, who comes into the prison."""
    story.bring_in(story.document())
    story.organisation("PATH")
    return story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())


def needs(permit: Permit, need: Need, key: str = "k1") -> None:
    assessment.record_need(permit, need, at=permit.at, form=Form(key))


def had(permit: Permit, before: Before, key: str = "k1") -> None:
    assessment.record_before(permit, before, at=permit.at, form=Form(key))


def lines(permit: Permit) -> list[Any]:
    found = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset(queries.SHAPES))
    return list(queries.lines(permit, {each.kind: [each.id] for each in found}).values())


def before(permit: Permit, *, known_on: datetime | None = None) -> list[tuple[str, str]]:
    ids = linkage.identity_ids(permit)
    found = record.current(permit, identity_ids=ids, kinds=queries.BEFORE, known_on=known_on)
    said = queries.lines(permit, record_lines.by_kind(found))
    return [(told.topic, told.line.who) for told in queries.before(permit, found, said)]


def test_the_same_form_sent_twice_makes_one_need(permit: Permit) -> None:
    for _ in range(2):
        needs(permit, HOME)
    assert lines(permit) == [NeedLine("high", "Not my brother's.", "Has no tenancy.")]


def test_what_they_had_before_is_kept_as_it_was_told(permit: Permit) -> None:
    had(permit, KEYWORKER)
    (line,) = lines(permit)
    assert line._asdict() == {
        "had": True,
        "who": "Tess Umbra",
        "reach": "01632 960001",
        "since_on": None,
        "last_on": None,
        "text": "",
    }


def test_a_need_that_says_too_little_is_refused_in_words(permit: Permit) -> None:
    with pytest.raises(Refused, match="Choose how great the need is"):
        needs(permit, Need(domain="home", how_far=""))
    with pytest.raises(Refused, match="Choose whether they had it"):
        had(permit, Before(topic="gp", had=None))
    assert lines(permit) == []


def test_a_role_records_what_its_categories_hold(permit: Permit) -> None:
    housing = replace(permit, write=frozenset({"housing"}))
    assert (queries.domains(housing), queries.before_topics(housing)) == (["home"], ["tenancy"])
    with pytest.raises(Refused, match="Choose what they had"):
        had(housing, SCRIPT)


def test_of_what_they_had_before_the_last_word_of_each_organisation_is_told(permit: Permit) -> None:
    inside = story.opens(story.worker(), story.person(), at=story.noon(3))
    had(permit, replace(KEYWORKER, who="Nobody she trusts"))
    had(permit, KEYWORKER, "k2")
    had(inside, replace(KEYWORKER, who="Kofi Footpath"), "k3")
    assert before(permit) == [("keyworker", "Kofi Footpath"), ("keyworker", "Tess Umbra")]


def test_what_they_had_before_is_told_only_as_far_as_it_is_shared(permit: Permit) -> None:
    had(permit, KEYWORKER)
    had(permit, SCRIPT, "k2")
    assert before(replace(permit, read=permit.read - {"treatment_medicines"})) == [
        ("keyworker", "Tess Umbra")
    ]


def test_what_they_had_before_as_it_was_known_on_a_day(
    permit: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())
    had(permit, KEYWORKER)
    assert before(permit, known_on=story.noon(2)) == []
    assert len(before(permit, known_on=story.noon(4))) == 1


def test_the_pathway_learns_when_each_was_last_told(permit: Permit) -> None:
    needs(permit, HOME)
    had(permit, KEYWORKER, "k2")
    person_id, day = story.person(), date(2026, 11, 2)
    assert sorted(queries.last_told(permit, [person_id])) == [
        (person_id, "before_keyworker", day),
        (person_id, "need_home", day),
    ]
