"""Who is on a team and leads what, and what is refused before anything of it is kept."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from throughgate.access import policy
from throughgate.foundation.codesets import code_set
from throughgate.team import rules
from throughgate.team.rules import WHOLE, Candidate, MemberWord

KOFI, TESS = UUID(int=1), UUID(int=2)
SAM, BEA = UUID(int=3), UUID(int=4)
TODAY = date(2026, 11, 9)
SOON = TODAY + timedelta(days=3)
KOFI_PEER = Candidate(called="Kofi Footpath, Peer mentors, Stepping Stone", reads_plans=True)
KOFI_CLERK = Candidate(called="Kofi Footpath, Governors, Exampleton", reads_plans=False)
LONG = "a" * 4001


def word(post_id: UUID, day: int, *, joins: bool = True) -> MemberWord:
    return MemberWord(post_id=post_id, is_joining=joins, at=datetime(2026, 11, day, 12, tzinfo=UTC))


def day(number: int) -> date:
    return date(2026, 11, number)


def spans(*words: MemberWord) -> list[rules.Span]:
    return rules.spans(words, day_of=datetime.date, closes_on=lambda on: on + timedelta(days=1))


@pytest.mark.parametrize(
    ("words", "on_team"),
    [
        ([], set()),
        ([word(KOFI, 1), word(TESS, 2)], {KOFI, TESS}),
        ([word(KOFI, 1), word(KOFI, 2, joins=False)], set()),
        ([word(KOFI, 1), word(KOFI, 2, joins=False), word(KOFI, 3)], {KOFI}),
    ],
)
def test_the_last_word_says_who_is_on_the_team(words: list[MemberWord], on_team: set[UUID]) -> None:
    assert rules.on_team(words) == on_team


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], []),
        ([word(KOFI, 1)], [(KOFI, day(1), None)]),
        ([word(KOFI, 1), word(KOFI, 3)], [(KOFI, day(1), None)]),
        ([word(KOFI, 1), word(KOFI, 3, joins=False)], [(KOFI, day(1), day(4))]),
        ([word(KOFI, 3, joins=False)], []),
        (
            [word(KOFI, 1), word(KOFI, 3, joins=False), word(KOFI, 7), word(TESS, 8)],
            [(KOFI, day(1), day(4)), (KOFI, day(7), None), (TESS, day(8), None)],
        ),
    ],
)
def test_a_concern_lasts_from_joining_to_leaving(words: list[MemberWord], expected: list[rules.Span]) -> None:
    assert spans(*words) == expected


@pytest.mark.parametrize(
    ("closes", "ends_on", "until"),
    [
        (None, None, None),
        (day(9), None, day(9)),
        (None, day(5), day(6)),
        (day(9), day(5), day(6)),
        (day(4), day(5), day(4)),
        (None, date(2026, 10, 1), day(1)),  # the post had ended before they joined: never open
    ],
)
def test_a_concern_ends_with_the_post(closes: date | None, ends_on: date | None, until: date | None) -> None:
    assert rules.until((KOFI, day(1), closes), ends_on) == (KOFI, day(1), until)


def test_whoever_has_left_leads_nothing() -> None:
    told = {"home": KOFI, WHOLE: TESS}
    assert rules.leads(told, {TESS}) == {WHOLE: TESS}


WHO = {
    "Nobody who works with throughgate is called that. Write the name as they sign in with it, or their"
    " e-mail address.": [],
    "Several answer to that. Write one of these: Kofi Footpath, Peer mentors, Stepping Stone;"
    " Kofi Footpath, Governors, Exampleton.": [KOFI_PEER, KOFI_CLERK],
    "Their role is not shown plans and appointments, so they cannot be on the team in it.": [KOFI_CLERK],
}


@pytest.mark.parametrize(("why", "found"), WHO.items())
def test_whoever_joins_is_one_who_may_see_the_plan(why: str, found: list[Candidate]) -> None:
    wrong = rules.wrong_with_joining(found, why="To walk with her", agreed="asked")
    assert wrong == {"who": why}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {}),
        ({"why": ""}, {"why": "Say what they are on the team for."}),
        ({"agreed": ""}, {"agreed": "Choose how the person agreed."}),
        ({"agreed": "nodded"}, {"agreed": "Choose how the person agreed."}),
    ],
)
def test_nobody_joins_without_a_reason_and_the_persons_agreement(
    said: Mapping[str, str], wrong: Mapping[str, str]
) -> None:
    given = {"why": "To walk with her", "agreed": "asked", **said}
    assert rules.wrong_with_joining([KOFI_PEER], **given) == wrong


@pytest.mark.parametrize(
    ("is_member", "why", "agreed", "wrong"),
    [
        (True, "Moves away", "", {}),
        (True, "Moves away", "signed", {}),
        (False, "Moves away", "", {"post": "Choose who leaves."}),
        (True, "", "", {"why": "Say why they leave."}),
        (True, "Moves away", "nodded", {"agreed": "Choose how the person agreed."}),
    ],
)
def test_somebody_may_leave_without_the_person_having_been_asked(
    is_member: bool, why: str, agreed: str, wrong: Mapping[str, str]
) -> None:
    assert rules.wrong_with_leaving(is_member=is_member, why=why, agreed=agreed) == wrong


def test_what_is_led_is_a_need_or_all_of_it() -> None:
    for domain in (WHOLE, "home"):
        assert rules.wrong_with_lead(domain=domain, is_member=True, agreed="asked", text="") == {}
    assert rules.wrong_with_lead(domain="weather", is_member=False, agreed="", text="a" * 1001) == {
        "domain": "Choose what is led.",
        "post": "Choose who leads it.",
        "agreed": "Choose how the person agreed.",
        "text": "This holds up to 1,000 characters. Write a note for more.",
    }


@pytest.mark.parametrize(
    ("by_on", "why"),
    [
        (None, ""),
        (TODAY, ""),
        (SOON, ""),
        (
            TODAY - timedelta(days=1),
            "This day is past. Choose one that is still to come, or leave it empty.",
        ),
        (date(2062, 11, 9), "This day is more than five years away. Check the year."),
    ],
)
def test_a_task_is_asked_of_somebody_by_a_day_to_come_if_any(by_on: date | None, why: str) -> None:
    task = rules.Task(post_id=KOFI, text="Ring her sister", by_on=by_on)
    wrong = rules.wrong_with_task(task, members={KOFI}, served={""}, today=TODAY)
    assert wrong == ({"by": why} if why else {})


def test_a_word_on_a_task_or_goal_names_it_and_says_how_far_it_is() -> None:
    assert rules.wrong_with_word(is_known=True, state="done", states="task_states", text="") == {}
    assert rules.wrong_with_word(is_known=True, state="reached", states="goal_states", text="") == {}
    assert rules.wrong_with_word(is_known=False, state="reached", states="task_states", text="") == {
        "about": "Choose which one it is.",
        "state": "Choose how far it is.",
    }


def test_a_message_says_something_to_somebody_about_what_its_writer_may_write() -> None:
    kinds = {"message_plan"}
    said = {"kind": "message_plan", "kinds": kinds, "is_receiver": True}
    assert rules.wrong_with_message(**said, text="Who can meet her?") == {}  # type: ignore[arg-type]
    wrong = rules.wrong_with_message(kind="message_housing", kinds=kinds, is_receiver=False, text="")
    assert wrong == {
        "kind": "Choose what the message is about.",
        "post": "Choose for whom it is.",
        "text": "Write the message first.",
    }


def test_a_goal_says_what_whose_and_about_what() -> None:
    goal = rules.Goal(domain="home", whose="person", text="A door")
    assert rules.wrong_with_goal(goal, offered=["home"], reasons=[], today=TODAY) == {}
    goal = rules.Goal(domain="safety", whose="", text=LONG)
    wrong = rules.wrong_with_goal(goal, offered=["home"], reasons=[], today=TODAY)
    assert wrong == {
        "domain": "Choose what it is about.",
        "whose": "Choose whose words these are.",
        "text": "This holds up to 4,000 characters. Write a note for more.",
    }


def test_a_disagreement_says_whose_it_is_and_what_is_seen_otherwise() -> None:
    assert rules.wrong_with_disagreement(whose="worker", text="She came.") == {}
    assert set(rules.wrong_with_disagreement(whose="", text="")) == {"whose", "text"}


@pytest.mark.parametrize(
    ("about", "is_kept"), [(["violence", "loss"], True), ([], False), (["violence", "noise"], False)]
)
def test_a_content_note_names_what_the_entry_speaks_of(about: list[str], is_kept: bool) -> None:
    assert rules.wrong_with_content(about) == ({} if is_kept else {"about": "Choose what it speaks of."})


def test_a_wish_is_for_a_sign_of_the_table() -> None:
    assert rules.wrong_with_wish(sign="angry", text="Ten minutes.") == {}
    assert set(rules.wrong_with_wish(sign="smiling", text="")) == {"sign", "text"}


@pytest.mark.parametrize(
    ("now", "before", "is_wrong"),
    [
        ({SAM, BEA}, (), False),  # told for the first time
        ({SAM, BEA}, (BEA, SAM), False),
        ({BEA}, (SAM, BEA), False),  # fewer
        ({SAM, KOFI}, (SAM, BEA), True),
        ({SAM}, (BEA,), False),  # whoever corrects it has read it
    ],
)
def test_a_correction_of_what_was_told_in_private_is_told_to_nobody_more(
    now: set[UUID], before: tuple[UUID, ...], is_wrong: bool
) -> None:
    assert bool(rules.wrong_with_readers(now, before=before, by=SAM)) is is_wrong


def test_pressure_is_told_to_somebody_in_words() -> None:
    assert rules.wrong_with_pressure(is_receiver=True, text="He says I owe him.", plan="") == {}
    assert set(rules.wrong_with_pressure(is_receiver=False, text="", plan=LONG)) == {"post", "text", "plan"}


# What healthcare and probation agreed

CLINICAL = {"treatment_medicines", "physical_health", "mental_health"}


def test_the_agreed_minimum_holds_for_every_role_of_it_and_is_nothing_clinical() -> None:
    from throughgate.record import bodies  # noqa: PLC0415 - kinds are entered when models load

    matrix = policy.policy().matrix
    for row in code_set("agreements", folder=policy.ACCESS).rows:
        kinds = {kind for kind in bodies.kinds() if kind == row["kind"] or kind.startswith(f"{row['kind']}_")}
        categories = {bodies.category_of(kind) for kind in kinds}
        assert kinds
        assert not categories & CLINICAL
        for role in row["roles"].split("|"):
            assert all(matrix[role][category].read for category in categories), (role, row["kind"])


def test_probation_reads_nothing_clinical_beyond_it() -> None:
    grants = policy.policy().matrix["probation_practitioner"]
    assert not any(grants[category].read for category in CLINICAL)
