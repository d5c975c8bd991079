"""What is said about sharing: what has to be put right, when to ask again, and which words hold."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.sharing import rules
from throughgate.sharing.rules import (
    Choice,
    ChoiceLine,
    LimitedLine,
    Lives,
    MinimumReadLine,
    MustNotKnow,
    MustNotKnowLine,
    Reach,
    Told,
    Trusted,
    TrustedLine,
    reach,
)

ON = date(2026, 11, 9)
AT = datetime(2026, 11, 9, 12, tzinfo=UTC)
DEE, OTHER = UUID(int=1), UUID(int=2)  # two people, who may turn out to be one
PRISON, CLINIC = UUID(int=11), UUID(int=12)  # identities, by who knows them
PROBATION, ME = UUID(int=21), UUID(int=31)
TOPICS = {"family", "housing"}
FIT = Choice(
    towards=None,
    topic="family",
    purpose="",
    answer="keep_back",
    place="private_room",
    state="settled",
    way="spoke",
)


def wrong(**changed: Any) -> dict[str, str]:
    choice = Choice(**{**vars(FIT), **changed})
    return rules.wrong_with_choice(choice, topics=TOPICS, organisations={PROBATION}, on=ON)


def test_a_choice_that_says_what_and_how_it_was_asked_is_fit() -> None:
    assert wrong() == {}
    assert wrong(topic="", towards=PROBATION, purpose="", expires_on=ON + timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("part", "typed", "why"),
    [
        ("topic", "gossip", "Choose what it is about."),
        ("towards", ME, "Choose who it is about."),
        ("purpose", "parole", "Choose what for."),
        ("answer", "", "Choose what they say."),
        ("expires_on", ON, "This day is not to come."),
        ("place", "", "Choose where they were asked."),
        ("state", "", "Choose how they were."),
        ("way", "", "Choose how they said it."),
        ("present", "x" * 201, "up to 200 characters"),
        ("text", "x" * 1_001, "up to 1,000 characters"),
    ],
)
def test_what_is_to_be_put_right_is_said_of_its_part(part: str, typed: object, why: str) -> None:
    found = wrong(**{part: typed})
    assert (list(found), why in found[part]) == ([part], True)


def test_what_is_taken_back_has_no_end() -> None:
    assert "no end" in wrong(answer="take_back", expires_on=ON + timedelta(days=1))["expires_on"]


@pytest.mark.parametrize(
    ("said", "part", "why"),
    [
        (MustNotKnow(holds=True), "who", "Say who it is"),
        (MustNotKnow(holds=True, worker=OTHER, name="Dai"), "who", "Say who it is"),
        (MustNotKnow(holds=None, name="Dai"), "holds", "Choose whether"),
        (MustNotKnow(holds=True, name="x" * 201), "name", "up to 200"),
        (MustNotKnow(holds=True, name="Dai", text="x" * 1_001), "text", "up to 1,000"),
        (MustNotKnow(holds=True, worker=ME), "who", "shut yourself out"),
        (MustNotKnow(holds=True, organisation=ME), "who", "shut yourself out"),
    ],
)
def test_who_must_not_know_is_one_and_not_whoever_writes_it(said: MustNotKnow, part: str, why: str) -> None:
    found = rules.wrong_with_must_not_know(said, own={ME})
    assert (list(found), why in found[part]) == ([part], True)


def test_a_worker_an_organisation_or_a_name_is_enough() -> None:
    for who in ({"worker": OTHER}, {"organisation": OTHER}, {"name": "Dai"}):
        assert rules.wrong_with_must_not_know(MustNotKnow(holds=True, **who), own={ME}) == {}


@pytest.mark.parametrize(
    ("named", "was_limited", "why"),
    [
        ([], True, None),
        ([], False, "Nothing limits"),
        ([ME], False, None),
        ([ME, OTHER], False, None),
        ([OTHER], True, "your own"),
    ],
)
def test_who_limits_a_record_stays_among_those_who_may_know(
    named: list[UUID], *, was_limited: bool, why: str | None
) -> None:
    found = rules.wrong_with_limit(named, "", own={ME}, was_limited=was_limited)
    assert (why or "") in found.get("who", "")
    assert bool(found) is bool(why)


def test_a_limit_has_room_for_so_many_words() -> None:
    assert "up to 1,000" in rules.wrong_with_limit([ME], "x" * 1_001, own={ME}, was_limited=False)["text"]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (Trusted(holds=True, name=""), "name"),
        (Trusted(holds=None, name="Nan"), "holds"),
        (Trusted(holds=True, name="x" * 201), "name"),
        (Trusted(holds=True, name="Nan", relation="x" * 201), "relation"),
        (Trusted(holds=True, name="Nan", reach="x" * 201), "reach"),
        (Trusted(holds=True, name="Nan", may_be_told="x" * 201), "may_be_told"),
        (Trusted(holds=True, name="Nan", text="x" * 1_001), "text"),
    ],
)
def test_whom_they_trust_has_a_name_and_room(said: Trusted, part: str) -> None:
    assert list(rules.wrong_with_trusted(said)) == [part]


def test_a_name_is_enough_to_trust() -> None:
    assert rules.wrong_with_trusted(Trusted(holds=True, name="Nan")) == {}


def test_an_address_is_written_and_has_room() -> None:
    assert rules.wrong_with_address("1 Hidden Lane") == {}
    assert "Write where" in rules.wrong_with_address("")["text"]
    assert "up to 1,000" in rules.wrong_with_address("x" * 1_001)["text"]


# When to ask again


@pytest.mark.parametrize(
    ("sentence", "state", "came_in", "again"),
    [
        ("SH-01 settled and long here: it stands", "settled", -30, None),
        ("SH-02 settled, and nobody holds them: it stands", "settled", None, None),
        ("SH-03 said to be in the first 72 hours", "first_72_hours", None, 3),
        ("SH-04 came in today, whatever is chosen", "settled", 0, 3),
        ("SH-05 came in two days ago: tomorrow is the fourth day", "settled", -2, 1),
        ("SH-06 came in three days ago: 72 hours are over", "settled", -3, None),
        ("SH-07 in withdrawal: a week", "in_withdrawal", -30, 7),
        ("SH-08 in withdrawal on the first day: the later of both", "in_withdrawal", 0, 7),
        ("SH-09 under the influence on the first day: the later of both", "under_influence", 0, 3),
        ("SH-10 upset", "upset", None, 3),
        ("SH-11 a state that the table does not know is no reason to ask", "merry", None, None),
    ],
)
def test_it_is_asked_again_once_they_have_settled(
    sentence: str, state: str, came_in: int | None, again: int | None
) -> None:
    came_in_on = None if came_in is None else ON + timedelta(days=came_in)
    found = rules.ask_again_on(state, asked_on=ON, came_in_on=came_in_on)
    assert found == (None if again is None else ON + timedelta(days=again)), sentence


# Which words hold

ALWAYS_ONE: Lives = {PRISON: [(AT, DEE)], CLINIC: [(AT, DEE)]}
JOINED: Lives = {PRISON: [(AT, DEE)], CLINIC: [(AT, OTHER), (AT + timedelta(hours=5), DEE)]}


def said(  # one word after so many hours
    hours: int,
    answer: str,
    *,
    by: UUID = PRISON,
    towards: UUID | None = None,
    topic: str = "family",
    expires_on: date | None = None,
) -> Told[ChoiceLine]:
    line = ChoiceLine(towards, topic, "", answer, expires_on, "court", "settled", "spoke", "", None, "")
    return Told(UUID(int=100 + hours), by, f"{towards} {topic}", AT + timedelta(hours=hours), line)


TOMORROW, YESTERDAY = ON + timedelta(days=1), ON - timedelta(days=1)
AFTER = ON + timedelta(days=2)
NEW = UUID(int=9)


@pytest.mark.parametrize(
    ("sentence", "told", "lives", "holds"),
    [
        ("SH-20 nothing said, nothing holds", [], ALWAYS_ONE, []),
        ("SH-21 the newest counts", [said(1, "share"), said(2, "keep_back")], ALWAYS_ONE, [2]),
        (
            "SH-22 whoever wrote it down",
            [said(1, "keep_back"), said(2, "share", by=CLINIC)],
            ALWAYS_ONE,
            [2],
        ),
        (
            "SH-23 taken back, it is as if never said",
            [said(1, "share"), said(2, "take_back")],
            ALWAYS_ONE,
            [],
        ),
        (
            "SH-24 a word about another thing leaves it",
            [said(1, "share"), said(2, "keep_back", topic="housing")],
            ALWAYS_ONE,
            [1, 2],
        ),
        ("SH-25 over on its day", [said(1, "share", expires_on=ON)], ALWAYS_ONE, []),
        ("SH-26 until its day", [said(1, "share", expires_on=TOMORROW)], ALWAYS_ONE, [1]),
        (
            "SH-27 what is shared for a while takes the place of what was kept back",
            [said(1, "keep_back"), said(2, "share", expires_on=TOMORROW)],
            ALWAYS_ONE,
            [2],
        ),
        (
            "SH-28 which holds again once that is over",
            [said(1, "keep_back"), said(2, "share", expires_on=YESTERDAY)],
            ALWAYS_ONE,
            [1],
        ),
        (
            "SH-29 two who turned out to be one: nothing is shared that one of them kept back",
            [said(1, "keep_back"), said(2, "share", by=CLINIC)],
            JOINED,
            [1],
        ),
        (
            "SH-30 nor where one kept back more than the other shared",
            [said(1, "keep_back", topic=""), said(2, "share", by=CLINIC, towards=PROBATION)],
            JOINED,
            [1],
        ),
        (
            "SH-31 what was kept back about something else forbids nothing that both share",
            [
                said(0, "share"),
                said(1, "keep_back", topic="housing"),
                said(2, "share", by=CLINIC),
            ],
            JOINED,
            [1, 2],
        ),
        (
            "SH-32 asked again as one person, the new word counts for both",
            [said(1, "keep_back"), said(2, "keep_back", by=CLINIC), said(6, "share", by=CLINIC)],
            JOINED,
            [6],
        ),
        (
            "SH-33 of one person an exception to what is kept back is meant as one",
            [said(1, "keep_back", topic=""), said(2, "share", towards=PROBATION)],
            ALWAYS_ONE,
            [1, 2],
        ),
        (
            "SH-35 of two who both shared, as long as both did",
            [said(1, "share", expires_on=TOMORROW), said(2, "share", by=CLINIC)],
            JOINED,
            [1],
        ),
        (
            "SH-36 of two who both kept back, as long as either did",
            [said(1, "keep_back", expires_on=TOMORROW), said(2, "keep_back", by=CLINIC)],
            JOINED,
            [2],
        ),
        (
            "SH-37 nor anything that one of them was silent about",
            [said(1, "share"), said(2, "share", topic="housing", by=CLINIC)],
            JOINED,
            [],
        ),
        (
            "SH-38 who shared more shared this too",
            [said(1, "share"), said(2, "share", topic="", by=CLINIC)],
            JOINED,
            [1],
        ),
        ("SH-39 said again as one, it holds", [said(1, "share"), said(6, "share")], JOINED, [6]),
        (
            "SH-40 who came in as themself was never silent",
            [said(1, "share")],
            {**ALWAYS_ONE, NEW: [(AT + timedelta(hours=3), DEE)]},
            [1],
        ),
        (
            "SH-41 who came in later as somebody else was",
            [said(1, "share")],
            {**ALWAYS_ONE, NEW: [(AT + timedelta(hours=3), OTHER), (AT + timedelta(hours=4), DEE)]},
            [],
        ),
        ("SH-34 an identity without a link is nobody else's", [said(1, "share")], {}, [1]),
    ],
)
def test_which_choices_hold(
    sentence: str, told: list[Told[ChoiceLine]], lives: Lives, holds: list[int]
) -> None:
    found = rules.standing(told, lives, on=ON)
    assert [each.id.int - 100 for each in found] == holds, sentence


@pytest.mark.parametrize(
    ("sentence", "told", "lives", "turns"),
    [
        ("SH-42 for good", [said(1, "share")], ALWAYS_ONE, [(1, None, None)]),
        (
            "SH-43 what waits behind a word that ends holds from that day",
            [said(1, "keep_back"), said(2, "share", expires_on=TOMORROW)],
            ALWAYS_ONE,
            [(2, None, TOMORROW), (1, TOMORROW, None)],
        ),
        (
            "SH-44 an end of another word leaves one whole",
            [said(1, "share", topic="housing"), said(2, "share", expires_on=TOMORROW)],
            ALWAYS_ONE,
            [(2, None, TOMORROW), (1, None, None)],
        ),
        (
            "SH-45 what comes back may forbid what others share, until it ends",
            [
                said(1, "keep_back", expires_on=AFTER),
                said(2, "share", expires_on=TOMORROW),
                said(3, "share", by=CLINIC),
                said(4, "share", topic=""),
            ],
            JOINED,
            [(2, None, TOMORROW), (1, TOMORROW, AFTER), (3, AFTER, None)],
        ),
    ],
)
def test_when_each_choice_holds(
    sentence: str,
    told: list[Told[ChoiceLine]],
    lives: Lives,
    turns: list[tuple[int, date | None, date | None]],
) -> None:
    found = rules.in_turn(told, lives, on=ON)
    assert [(each.told.id.int - 100, each.from_on, each.until) for each in found] == turns, sentence


ANSWERS = st.lists(
    st.builds(
        said,
        st.integers(0, 9),
        st.sampled_from(["share", "keep_back", "take_back"]),
        by=st.sampled_from([PRISON, CLINIC]),
        towards=st.sampled_from([None, PROBATION]),
        topic=st.sampled_from(["", "family"]),
    ),
    unique_by=lambda each: each.id,
)


@given(ANSWERS)
def test_joined_nothing_is_shared_that_was_not_shared_apart(told: list[Told[ChoiceLine]]) -> None:
    """The strictest word wins while they count as one, whatever either said before (H04)."""
    before = [each for each in told if each.id.int - 100 < 5]
    apart = {PRISON: [(AT, DEE)], CLINIC: [(AT, OTHER)]}
    shared = {each.id for each in rules.standing(before, JOINED, on=ON) if each.said.answer == "share"}
    kept_items = {
        each.item for each in rules.standing(before, JOINED, on=ON) if each.said.answer == "keep_back"
    }
    alone = [
        each
        for identity_id in (PRISON, CLINIC)
        for each in rules.standing(
            [one for one in before if one.identity_id == identity_id],
            {identity_id: apart[identity_id]},
            on=ON,
        )
    ]
    assert shared <= {each.id for each in alone if each.said.answer == "share"}
    assert kept_items == {each.item for each in alone if each.said.answer == "keep_back"}


def named(hours: int, *, holds: bool, by: UUID = PRISON) -> Told[MustNotKnowLine]:
    line = MustNotKnowLine(holds=holds, worker=PROBATION, organisation=None, name="", text="")
    return Told(UUID(int=100 + hours), by, str(PROBATION), AT + timedelta(hours=hours), line)


def test_who_must_not_know_may_again_only_where_the_same_person_says_so() -> None:
    told = [named(1, holds=True), named(2, holds=False, by=CLINIC)]
    assert [each.said.holds for each in rules.newest(told, ALWAYS_ONE)] == [False]
    assert [each.said.holds for each in rules.newest(told, JOINED)] == [True, False]


def limited(hours: int, *ids: str, by: UUID = PRISON) -> Told[LimitedLine]:
    line = LimitedLine([], list(ids), "")
    return Told(UUID(int=100 + hours), by, "", AT + timedelta(hours=hours), line)


@pytest.mark.parametrize(
    ("sentence", "told", "lives", "alone"),
    [
        ("SH-40 no limit", [], ALWAYS_ONE, None),
        ("SH-41 those named last", [limited(1, "a"), limited(2, "a", "b")], ALWAYS_ONE, {"a", "b"}),
        ("SH-42 nobody named lifts it", [limited(1, "a"), limited(2)], ALWAYS_ONE, None),
        (
            "SH-43 two who turned out to be one: only whom both named",
            [limited(1, "a", "b"), limited(2, "b", "c", by=CLINIC)],
            JOINED,
            {"b"},
        ),
        (
            "SH-44 who lifted nothing of the other's",
            [limited(1, "a"), limited(2, by=CLINIC)],
            JOINED,
            {"a"},
        ),
        (
            "SH-45 and nobody where they named nobody in common",
            [limited(1, "a"), limited(2, "b", by=CLINIC)],
            JOINED,
            set(),
        ),
    ],
)
def test_who_alone_may_know(
    sentence: str, told: list[Told[LimitedLine]], lives: Lives, alone: set[str] | None
) -> None:
    assert rules.limit(told, lives) == alone, sentence


# Who is named, and what the paper says


def test_lines_name_workers_and_organisations() -> None:
    one, two = UUID(int=41), UUID(int=42)
    lines = [
        said(1, "share", towards=one).said,
        said(1, "share").said,
        MustNotKnowLine(holds=True, worker=None, organisation=one, name="", text=""),
        LimitedLine([str(two)], [str(ME)], ""),
        TrustedLine(holds=True, name="Nan", relation="", reach="", may_be_told="", text=""),
    ]
    assert (rules.organisations(lines), rules.workers(lines)) == ({one, ME}, {two})
    assert rules.workers([named(1, holds=True).said]) == {PROBATION}


@given(st.uuids(), st.integers(0, 7), st.sampled_from(rules.ALPHABET))
def test_no_code_on_paper_becomes_another_by_one_slip_of_the_pen(
    entry_id: UUID, at: int, letter: str
) -> None:
    code = rules.receipt_code(entry_id).replace("-", "")
    slipped = f"{code[:at]}{letter}{code[at + 1 :]}"
    assert slipped == code or not is_code(slipped)


@given(st.uuids(), st.integers(0, 6))
def test_no_code_on_paper_becomes_another_by_two_letters_exchanged(entry_id: UUID, at: int) -> None:
    code = rules.receipt_code(entry_id).replace("-", "")
    exchanged = f"{code[:at]}{code[at + 1]}{code[at]}{code[at + 2 :]}"
    assert exchanged == code or not is_code(exchanged)


def is_code(letters: str) -> bool:
    """Whether some choice has it: the code of the choice that its first letters number."""
    places = [rules.ALPHABET.index(letter) for letter in letters[:-1]]
    number = sum(place * len(rules.ALPHABET) ** power for power, place in enumerate(places))
    return rules.receipt_code(UUID(int=number)).replace("-", "") == letters


# The minimum safety set


@pytest.mark.parametrize(
    ("reads", "newest", "found"),
    [
        pytest.param([], 1, Reach.UNREAD, id="nobody said that they read it"),
        pytest.param([(["self_harm_now"], 5)], 1, Reach.UNREAD, id="another thing was read"),
        pytest.param([(["allergies"], 5)], None, Reach.READ, id="that nothing is recorded was read, too"),
        pytest.param([(["allergies"], 5)], 5, Reach.READ, id="what stood on the page was read"),
        pytest.param([(["allergies"], 5)], 6, Reach.SAID_SINCE, id="what is newer was not"),
        pytest.param([(["allergies"], 7), (["allergies"], 5)], 6, Reach.READ, id="the last reading counts"),
    ],
)
def test_how_far_a_thing_has_come_to_a_service(
    reads: list[tuple[list[str], int]], newest: int | None, found: Reach
) -> None:
    said = [MinimumReadLine(codes, UUID(int=shown)) for codes, shown in reads]
    assert reach("allergies", said, newest=UUID(int=newest) if newest else None) is found
