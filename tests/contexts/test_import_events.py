"""Events of a prison going in: each once, in any order, until the prison's own record is heard again."""

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import content, story
from tests.content import rows
from tests.contexts.test_import_order import undone
from tests.story import DEE, GETHIN, noon
from throughgate.custody import queries as custody
from throughgate.exchange import actions as exchange
from throughgate.exchange import queries
from throughgate.exchange.inbound.run import Report
from throughgate.linkage import own
from throughgate.linkage import queries as linkage

pytestmark = pytest.mark.django_db

OLDER, NEWER = "prison-offender-events", "prisoner-offender-search"
RELEASED = {"eventType": f"{NEWER}.prisoner.released", "reason": "RELEASED", "prisonId": "MDI"}
WITH_CODE = {**RELEASED, "eventType": f"{OLDER}.prisoner.released", "nomisMovementReasonCode": "HD"}
TO_COURT = {**RELEASED, "reason": "SENT_TO_COURT"}
BACK = {"eventType": f"{NEWER}.prisoner.received", "reason": "RETURN_FROM_COURT", "prisonId": "MDI"}
ARRIVED = {**BACK, "reason": "TRANSFERRED", "prisonId": "LEI"}
MERGED = {"eventType": f"{OLDER}.prisoner.merged", "reason": "MERGE", "removedNomsNumber": GETHIN}
UNUSED = {"eventType": "prison.case-note.published", "caseNoteId": "1"}
AFTERNOON = "2026-11-03T15:40:00Z"


def event(told: Mapping[str, Any], at: str = AFTERNOON, number: str = DEE) -> dict[str, Any]:
    """A message as it is published."""
    more = {name: said for name, said in told.items() if name != "eventType"}
    return {
        "eventType": told["eventType"],
        "version": 1,
        "occurredAt": at,
        "personReference": {"identifiers": [{"type": "NOMS", "value": number}]},
        "additionalInformation": {"nomsNumber": number, **more},
    }


def enveloped(message: Mapping[str, Any]) -> dict[str, Any]:
    """The message as a topic sends it and a queue hands it on: text within text."""
    return {"MessageId": "1", "Body": json.dumps({"Type": "Notification", "Message": json.dumps(message)})}


def send(*messages: Any, as_at: datetime | None = None) -> Report:
    return send_text(json.dumps(messages), as_at=as_at)


def send_text(text: str, *, as_at: datetime | None = None) -> Report:
    story.prison()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.json"
        path.write_text(text, encoding="utf-8")
        return story.bring_in_file(path, as_at=as_at or noon(4), format_name="prison-events")


def stays() -> content.Rows:
    return rows(
        "SELECT prison, starts_on::text, ends_on::text, ended_by FROM custody_stay ORDER BY starts_on"
    )


def told() -> content.Rows:
    """Movements on record, with who told them and whether somebody has to look."""
    return rows(
        "SELECT entry.source, body.what, body.movement_reason, body.check_by_hand FROM custody_movement body"
        " JOIN record_entry entry ON entry.id = body.entry_id ORDER BY entry.as_at, entry.id"
    )


def flags() -> list[str]:
    return [flag for (found,) in rows("SELECT flags::json FROM custody_standing") for flag in found]


INSIDE_SINCE = ("MDI", "2026-10-20", None, "")
OUT_ON_THE_THIRD = ("MDI", "2026-10-20", "2026-11-03", "released")


def test_a_release_without_its_code_starts_the_weeks_after_it_and_has_to_be_checked() -> None:
    story.bring_in(story.document())
    report = send(event(RELEASED))
    assert (report.counts["new"], report.counts["flags"]) == (1, 1)
    assert stays() == [OUT_ON_THE_THIRD]
    assert told()[-1] == ("prison-events", "released", "", True)
    assert flags() == ["release_without_reason"]


def test_a_release_with_its_code_is_told_by_the_table() -> None:
    story.bring_in(story.document())
    send(event(WITH_CODE))
    assert stays() == [OUT_ON_THE_THIRD]
    assert told()[-1] == ("prison-events", "released", "HD", False)
    assert flags() == []


def test_one_release_sent_out_as_two_events_is_one() -> None:
    story.bring_in(story.document())
    send(event(WITH_CODE), event(RELEASED, at="2026-11-03T15:40:05Z"))
    assert stays() == [OUT_ON_THE_THIRD]
    assert flags() == []
    assert len(told()) == 3


def test_a_death_that_a_second_event_calls_a_release_stays_one() -> None:
    story.bring_in(story.document())
    send(
        event({**WITH_CODE, "nomisMovementReasonCode": "DEC"}),
        event(RELEASED, at="2026-11-03T15:40:05Z"),
    )
    assert rows("SELECT standing FROM custody_standing") == [("died_reported",)]
    assert rows("SELECT death FROM people_person") == [("reported",)]


def test_the_prisons_record_confirms_an_event_and_one_stay_results() -> None:
    story.bring_in(story.document())
    send(event(RELEASED))
    story.bring_in(story.released(), as_at=noon(4))
    assert stays() == [OUT_ON_THE_THIRD]
    assert flags() == []
    assert [(source, what) for source, what, *_ in told()] == [
        ("prisoner-search", "received"),
        ("prison-events", "released"),
        ("prisoner-search", "released"),
    ]


def test_a_record_that_still_has_them_inside_goes_before_an_event_though_it_says_nothing_new() -> None:
    story.bring_in(story.document())
    send(event(RELEASED))
    report = story.bring_in(story.document(), as_at=noon(4))
    assert report.counts["unchanged"] == 1
    assert stays() == [INSIDE_SINCE]
    assert flags() == []
    assert len(told()) == 2  # both stand


def test_an_event_told_after_the_record_of_a_later_moment_changes_nothing_but_the_timeline() -> None:
    story.bring_in(story.document(), as_at=noon(4))
    send(event(RELEASED))
    assert stays() == [INSIDE_SINCE]
    assert ("prison-events", "released", "", True) in told()


def test_what_was_known_between_an_event_and_the_record_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_custody(known_on: datetime) -> bool:
        identity_ids = linkage.identity_ids(permit)
        panel = custody.panel(permit, identity_ids, known_on=known_on)
        return panel is not None and panel.now is not None

    for day, bring_in in enumerate(
        (partial(story.bring_in, story.document()), partial(send, event(RELEASED)))
    ):
        monkeypatch.setenv("TG_CLOCK", noon(3 + day).isoformat())
        bring_in()
    monkeypatch.setenv("TG_CLOCK", noon(5).isoformat())
    story.bring_in(story.document(), as_at=noon(4))
    permit = story.opens(story.worker(), story.person(), at=noon(5))
    assert [in_custody(noon(day)) for day in (3, 4, 5)] == [True, False, True]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        pytest.param((TO_COURT, BACK), [INSIDE_SINCE], id="to court and back is one stay"),
        pytest.param(
            (ARRIVED,),
            [("MDI", "2026-10-20", "2026-11-03", "transferred"), ("LEI", "2026-11-03", None, "")],
            id="who came to another prison left the first",
        ),
        pytest.param(
            ({**BACK, "reason": "POST_MERGE_ADMISSION"},), [INSIDE_SINCE], id="records joined move nobody"
        ),
        pytest.param(({**BACK, "reason": "SOMETHING NEW"},), [INSIDE_SINCE], id="a reason nobody knows"),
    ],
)
def test_what_events_do_to_stays(messages: tuple[dict[str, Any], ...], expected: content.Rows) -> None:
    story.bring_in(story.document())
    send(*(event(each, at=f"2026-11-03T1{hour}:00:00Z") for hour, each in enumerate(messages)))
    assert stays() == expected


def test_somebody_known_by_events_alone_is_held_from_the_first_of_them() -> None:
    send(event({**BACK, "reason": "NEW_ADMISSION"}))
    assert stays() == [("MDI", "2026-11-03", None, "")]


# Once, whatever carried it


def test_the_same_event_has_one_effect_however_it_comes() -> None:
    story.bring_in(story.document())
    send(event(RELEASED))
    before = content.everything()
    other_message = {**event(RELEASED), "version": 2, "publishedAt": "2026-11-03T15:41:00Z"}
    again = send(enveloped(event(RELEASED)), other_message, as_at=noon(5))
    assert (again.counts["unchanged"], again.counts["entries"]) == (2, 0)
    earlier = send(event(RELEASED, at="2026-11-03T16:40:00+01:00"), as_at=noon(4))
    assert (earlier.counts["unchanged"], earlier.counts["entries"]) == (1, 0)
    assert content.everything() == before


def test_an_envelope_may_hold_the_message_as_it_is() -> None:
    report = send({"Body": {"Message": event(TO_COURT)}})
    assert (report.counts["new"], report.counts["rejected"]) == (1, 0)


def test_messages_come_as_lines_as_a_list_or_spread_over_lines() -> None:
    first, second = event(TO_COURT), event(BACK, at="2026-11-03T17:00:00Z")
    counts = send_text("\n".join(map(json.dumps, (first, second)))).counts
    assert (counts["new"], counts["rejected"]) == (2, 0)
    again = send_text("\n".join(json.dumps(each, indent=2) for each in (first, second))).counts
    assert (again["read"], again["unchanged"]) == (2, 2)


def test_a_moment_without_a_zone_is_by_the_clock_in_london() -> None:
    older = {
        "eventType": WITH_CODE["eventType"],
        "eventDatetime": "2026-11-03T15:40:00",
        "offenderIdDisplay": DEE,
    }
    send({**older, "additionalInformation": {"reason": "RELEASED", "nomisMovementReasonCode": "HD"}})
    assert rows("SELECT happened_at = %s FROM record_entry", AFTERNOON) == [(True,)]


def test_a_code_that_no_table_knows_is_said_in_the_report_and_on_the_record() -> None:
    story.bring_in(story.document())
    report = send(event({**WITH_CODE, "nomisMovementReasonCode": "ZZZ9"}))
    assert report.counts["flags"] == 1
    assert rows("SELECT flags::json FROM exchange_importrow WHERE flags IS NOT NULL") == [
        ([["nomisMovementReasonCode", "unknown_code"]],)
    ]
    assert told()[-1] == ("prison-events", "released", "ZZZ9", True)


def test_the_true_code_may_stand_in_the_text() -> None:
    send(event({**BACK, "reason": "ADMISSION", "nomisMovementReasonCode": "INTAKE", "details": "ADM-24"}))
    assert rows("SELECT movement_type, movement_reason FROM custody_movement") == [("ADM", "24")]


# What is not used, and what cannot be


def test_a_kind_that_is_not_used_is_counted_by_its_name_and_nothing_of_it_is_kept() -> None:
    report = send(event(UNUSED), event(UNUSED), event({"eventType": f"{NEWER}.prisoner.updated"}))
    assert (report.counts["unchanged"], report.counts["flags"]) == (3, 3)
    permit = story.reviewer()
    found = {(flag.field, flag.key, flag.rows) for flag in queries.flagged(permit, report.run_id, limit=9)}
    assert found == {
        ("prison.case-note.published", "event_not_used", 2),
        (f"{NEWER}.prisoner.updated", "event_tells_no_more", 1),
    }
    assert rows("SELECT count(*) FROM people_identity") == [(0,)]


@pytest.mark.parametrize(
    ("message", "field"),
    [
        pytest.param("no object", "eventType", id="no object"),
        pytest.param({"Message": "no JSON"}, "eventType", id="an envelope with a text that is no message"),
        pytest.param({"Message": "[" * 100_000}, "eventType", id="a message nested far too deep"),
        pytest.param({"Message": "7"}, "eventType", id="an envelope with a number in it"),
        pytest.param({"occurredAt": AFTERNOON}, "eventType", id="no kind"),
        pytest.param(event(RELEASED, number="nobody"), "personReference", id="a number that is none"),
        pytest.param(
            {**event(RELEASED), "personReference": 7, "additionalInformation": []},
            "personReference",
            id="nobody",
        ),
        pytest.param(event(RELEASED, at="yesterday"), "occurredAt", id="no moment"),
        pytest.param(event(RELEASED, at="2026-11-09T10:00:00Z"), "occurredAt", id="still to come"),
        pytest.param(
            event(RELEASED, at="0001-01-01T00:00:00+14:00"), "occurredAt", id="a year that is a slip"
        ),
    ],
)
def test_what_cannot_be_placed_is_rejected_with_what_to_do(message: Any, field: str) -> None:
    report = send_text("\n".join(map(json.dumps, (event(TO_COURT), message))))
    assert (report.counts["read"], report.counts["new"], report.counts["rejected"]) == (2, 1, 1)
    (reject,) = report.rejects
    assert (reject.line, reject.field) == (2, field)
    assert reject.why.endswith(".")
    assert reject.what_to_do.endswith(".")


# Two numbers that became one


def test_a_merge_is_followed_and_undoing_it_moves_one_row() -> None:
    story.bring_in(story.document(), story.document(GETHIN, bookingId="2"))
    assert story.person(DEE) != story.person(GETHIN)
    send(event(MERGED))
    assert story.person(DEE) == story.person(GETHIN)
    before = rows("SELECT count(*) FROM record_entry")
    (link,) = linkage.joined(story.reviewer(), limit=9)
    exchange.separate(story.reviewer(), link.id, reason="The prison has undone it")
    assert story.person(DEE) != story.person(GETHIN)
    assert rows("SELECT count(*) FROM record_entry") == before
    send(event(MERGED))
    assert story.person(DEE) != story.person(GETHIN)


def test_what_was_written_by_hand_goes_along_when_two_become_one() -> None:
    story.bring_in(story.document(), story.document(GETHIN, bookingId="2"))
    story.organisation("PATH")
    younger = max(story.person(DEE), story.person(GETHIN))
    by_hand = own.identity(
        story.opens(story.worker("prison_recovery_worker", "PATH", works_in=["MDI"]), younger)
    )
    send(event(MERGED))
    assert rows("SELECT person_id FROM people_identity WHERE id = %s", by_hand) == [(story.person(DEE),)]


def test_a_merge_that_names_no_other_number_is_flagged() -> None:
    report = send(event({**MERGED, "removedNomsNumber": "gone"}))
    assert (report.counts["new"], report.counts["flags"]) == (1, 1)


def test_a_merge_of_two_who_do_not_look_like_one_is_a_question() -> None:
    other = story.document(
        GETHIN, bookingId="2", firstName="GETHIN", lastName="PRYCE", dateOfBirth="1961-01-02"
    )
    story.bring_in(story.document(), other)
    report = send(event(MERGED))
    assert story.person(DEE) != story.person(GETHIN)
    assert report.counts["held"] == 1


def test_an_event_does_not_join_whom_a_doubt_keeps_apart() -> None:
    """It names nobody, so it says nothing against a doubt about names."""
    story.bring_in(story.document())
    story.bring_in(
        story.document(firstName="GETHIN", lastName="PRYCE", dateOfBirth="1961-01-02"),
        source="LEI",
        as_at=noon(3),
    )
    assert story.person() != story.person(source="LEI")
    send(event(TO_COURT))
    assert story.person() != story.person(source="LEI")


# Any order

MESSAGES = st.lists(
    st.builds(
        event,
        st.sampled_from(
            [RELEASED, WITH_CODE, TO_COURT, BACK, ARRIVED, {**BACK, "reason": "READMISSION"}, UNUSED]
        ),
        st.sampled_from([f"2026-11-0{day}T1{hour}:00:00Z" for day in (2, 3) for hour in (3, 5)]),
        st.sampled_from([DEE, GETHIN]),
    ),
    max_size=5,
)
DOCUMENTS = st.sampled_from(
    [
        {},
        {
            "status": "ACTIVE OUT",
            "inOutStatus": "OUT",
            "lastMovementTypeCode": "CRT",
            "lastMovementReasonCode": "CRT",
        },
        story.RELEASED,
    ]
)


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_events_and_extracts_in_any_order_and_repeated_make_the_same_record(data: st.DataObject) -> None:
    sent = data.draw(MESSAGES, label="events")
    documents = data.draw(st.lists(DOCUMENTS, min_size=1, max_size=3), label="extracts")
    come: list[Any] = [*sent, *enumerate(documents, start=2)]
    arriving = data.draw(st.permutations(come), label="as they came in")
    repeated = data.draw(st.lists(st.sampled_from(come), max_size=2), label="again")
    assert record_of([*arriving, *repeated]) == record_of(come)


def record_of(come: list[Any]) -> dict[str, content.Rows]:
    """The record these make, coming in as given; nothing of it stays."""
    with undone():
        for each in come:
            if isinstance(each, tuple):
                report = story.bring_in(story.document(**each[1]), as_at=noon(each[0]))
            else:
                report = send(each)
            counts = report.counts
            outcomes = ("new", "changed", "unchanged", "held", "rejected")
            assert counts["read"] == sum(counts[name] for name in outcomes)
        return content.everything()
