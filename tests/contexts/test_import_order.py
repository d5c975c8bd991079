"""Extracts may come in any order: the record ends the same."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import content, story
from tests.content import rows
from tests.story import DEE

pytestmark = pytest.mark.django_db

PNC = {"A1234BC": "2015/0000001X", "A2345CD": "2016/0000002P", "A3456DE": "2017/0000003G"}
FREED = {"status": "INACTIVE OUT", "inOutStatus": "OUT", "prisonId": "OUT", "lastPrisonId": "MDI"}
OUT = {"status": "ACTIVE OUT", "inOutStatus": "OUT"}


def last_movement(kind: str, reason: str, on: str = "2026-10-20", **rest: Any) -> dict[str, Any]:
    return {
        "lastMovementTypeCode": kind,
        "lastMovementReasonCode": reason,
        "lastMovementDate": on,
        **rest,
    }


TOLD_AGAIN = last_movement("ADM", "24")  # the same reception with another reason
AT_COURT = last_movement("CRT", "CRT", "2026-11-02", **OUT)
BACK_FROM_COURT = last_movement("CRT", "CRT", "2026-11-02")
WHEREABOUTS: tuple[Mapping[str, Any], ...] = (
    {},
    TOLD_AGAIN,
    AT_COURT,
    BACK_FROM_COURT,
    last_movement("TAP", "C6", **OUT),
    last_movement("ADM", "INT", "2026-11-03", prisonId="LEI"),
    last_movement(
        "TRN", "NOTR", status="INACTIVE TRN", inOutStatus="TRN", prisonId="TRN", lastPrisonId="MDI"
    ),
    last_movement("REL", "CR", "2026-11-04", **FREED),
    last_movement("REL", "HR", "2026-11-04", **FREED),
    last_movement("REL", "CR", "2026-11-04", legalStatus="RECALL", recall=True, **FREED),
    last_movement("REL", "DEC", "2026-11-05", legalStatus="DEAD", **FREED),
    last_movement("ADM", "L", "2026-11-05", legalStatus="RECALL", recall=True),
    last_movement("ADM", "N", "2026-11-05", bookingId="1300002", receptionDate="2026-11-05"),
    last_movement("XXX", "??"),
)
ALERTS = (
    {"alertType": "H", "alertCode": "HA", "active": True},
    {"alertType": "X", "alertCode": "XXYZ", "active": True},  # a code nobody knows
)
NEEDS = (
    {"problemType": "PSYCH", "problemCode": "DEP", "problemStatus": "ON", "startDate": "2026-10-21"},
    {"problemType": "PHY", "problemCode": "ASTH", "problemStatus": "ON", "problemDescription": "An inhaler"},
)
REST = st.fixed_dictionaries(
    {},
    optional={
        "lastName": st.sampled_from(["MARLOWE", "FINCH"]),
        "middleNames": st.sampled_from(["", "ANN"]),
        "dateOfBirth": st.sampled_from([None, "1989-05-04"]),
        "cellLocation": st.sampled_from([None, "A-1-001", "B-2-002"]),
        "legalStatus": st.sampled_from(["REMAND", "SENTENCED", None]),
        "confirmedReleaseDate": st.sampled_from(["2026-12-01", "2026-12-24", "{{DATE}}"]),
        "conditionalReleaseDate": st.just("2027-01-15"),
        "alerts": st.lists(st.sampled_from(ALERTS), unique_by=lambda alert: alert["alertCode"]),
        "personalCareNeeds": st.lists(st.sampled_from(NEEDS), unique_by=lambda need: need["problemCode"]),
        "languages": st.just([{"type": "PREF", "code": "WEL", "interpreterRequested": True}]),
    },
)


@dataclass(frozen=True)
class Extract:
    """What one prison said of some people at noon of a day of November."""

    source: str
    day: int
    told: Mapping[str, Mapping[str, Any]]  # by prison number, only what differs from the usual document

    def documents(self) -> list[dict[str, Any]]:
        return [story.document(number, pncNumber=PNC[number], **said) for number, said in self.told.items()]


@st.composite
def histories(draw: st.DrawFn) -> list[Extract]:
    """Extracts of two prisons that know some of the same people, in the order in which they were true.

    Each prison's are of days of its own; the two may speak of one moment, since both export at midnight.
    """
    moments = st.tuples(st.integers(2, 6), st.sampled_from(["LEI", "MDI"]))
    history = []
    for day, source in sorted(draw(st.lists(moments, min_size=3, max_size=6, unique=True))):
        numbers = draw(st.lists(st.sampled_from(sorted(PNC)), min_size=1, max_size=2, unique=True))
        told = {number: {**draw(REST), **draw(st.sampled_from(WHEREABOUTS))} for number in numbers}
        history.append(Extract(source, day, told))
    return history


def told_by(extracts: Sequence[Extract]) -> dict[str, content.Rows]:
    """The record these make, coming in as given; nothing of it stays."""
    with undone():
        for extract in extracts:
            counts = story.bring_in(
                *extract.documents(), source=extract.source, as_at=story.noon(extract.day)
            ).counts
            assert counts["read"] == counts["new"] + counts["changed"] + counts["unchanged"] + counts["held"]
        return content.everything()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# Shrinking costs minutes, and an extract is small to begin with.
@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_extracts_in_any_order_make_the_same_record(data: st.DataObject) -> None:
    history = data.draw(histories(), label="as it was true")
    arriving = data.draw(st.permutations(history), label="as it came in")
    expected, found = told_by(history), told_by(arriving)
    for what, facts in expected.items():
        assert found[what] == facts, what


# What a hundred histories found, each as a case of its own.

CASES: dict[str, list[Mapping[str, Any]]] = {
    "what was so earlier than known is told as at the earlier moment": [{}, {}, {}],
    "a correction of the reception outlives a late trip to court": [{}, AT_COURT, TOLD_AGAIN],
    "a late day on which nothing changed leaves the correction after it": [{}, {}, TOLD_AGAIN, AT_COURT],
    "movements of one extract keep their order when a late one changes one of them": [
        AT_COURT,
        {},
        last_movement("ADM", "N", "2026-11-05", bookingId="1300002", receptionDate="2026-11-05"),
    ],
    "a late extract that says how long it stayed so moves the day of what followed": [
        {"lastMovementDate": None},
        {"lastMovementDate": None},
        {"lastMovementDate": None, **OUT, "lastMovementTypeCode": "CRT", "lastMovementReasonCode": "CRT"},
    ],
    "a name is searched by as the newest extract has it": [{"lastName": "FINCH"}, {"lastName": "MARSH"}, {}],
}


@pytest.mark.parametrize("told", CASES.values(), ids=CASES)
def test_the_middle_one_may_come_last(told: list[Mapping[str, Any]]) -> None:
    history = [Extract("MDI", 2 + place, {DEE: said}) for place, said in enumerate(told)]
    middle = history.pop(1)
    assert told_by([*history, middle]) == told_by(sorted([*history, middle], key=lambda one: one.day))


def test_a_name_said_again_is_no_newer_than_when_it_was_said_first() -> None:
    history = [
        Extract("MDI", 2, {DEE: {"lastName": "FINCH"}}),
        Extract("LEI", 4, {DEE: {"lastName": "MARLOWE"}}),
        Extract("MDI", 5, {DEE: {"lastName": "FINCH"}}),
    ]
    found = told_by(history[1:] + history[:1])
    assert [row[1] for row in found["people"]] == ["Dee Marlowe"]
    assert found == told_by(history)


def test_a_late_extract_is_told_as_late_and_nothing_said_before_is_lost() -> None:
    story.bring_in(story.document(), as_at=story.noon(2))
    story.bring_in(story.document(cellLocation="C-3-003"), as_at=story.noon(6))
    before = rows("SELECT id, as_at FROM record_entry")
    story.bring_in(story.document(cellLocation="C-3-003"), as_at=story.noon(4))
    after = rows("SELECT id, as_at FROM record_entry")
    assert set(before) < set(after)
    ((reason, moved_back_to),) = rows(
        "SELECT reason, as_at FROM record_entry WHERE supersedes_id IS NOT NULL"
    )
    assert (reason, moved_back_to) == ("An earlier extract arrived later", story.noon(4))


def test_an_older_extract_never_overwrites_a_newer_one() -> None:
    story.bring_in(
        story.document(cellLocation="C-3-003", confirmedReleaseDate="2026-12-24"), as_at=story.noon(6)
    )
    story.bring_in(
        story.document(cellLocation="A-1-001", confirmedReleaseDate="2026-12-01"), as_at=story.noon(3)
    )
    standing = rows("SELECT cell, release_on::text FROM custody_standing")
    assert standing == [("C-3-003", "2026-12-24")]
    told = rows("SELECT expected_on::text FROM custody_expecteddate ORDER BY 1")
    assert told == [("2026-12-01",), ("2026-12-24",)]


def test_both_prisons_stand_and_the_newer_word_is_believed() -> None:
    story.bring_in(story.document(), source="MDI", as_at=story.noon(3))
    moved = story.document(prisonId="LEI", **last_movement("ADM", "INT", "2026-11-05"))
    story.bring_in(moved, source="LEI", as_at=story.noon(6))
    assert story.person(source="LEI") == story.person(source="MDI")
    said = rows(
        "SELECT DISTINCT organisation.code FROM record_entry entry"
        " JOIN directory_organisation organisation ON organisation.id = entry.organisation_id"
    )
    assert sorted(said) == [("LEI",), ("MDI",)]
    assert rows("SELECT prison FROM custody_standing") == [("LEI",)]


def test_what_a_worker_corrected_stays_corrected_when_an_older_extract_arrives() -> None:
    story.bring_in(story.document(cellLocation="C-3-003"), as_at=story.noon(6))
    permit = story.opens(story.worker("offender_management"), story.person())
    (told,) = rows("SELECT id FROM record_entry WHERE kind = 'location'")
    story.corrects(permit, told[0], story.told_cell(story.identity(), "D-4-004", as_at=story.noon(6)))
    story.bring_in(story.document(cellLocation="A-1-001"), as_at=story.noon(3))
    cells = [row[-1] for row in content.entries() if row[1] == "location"]
    assert cells == ["A-1-001", "D-4-004"]
