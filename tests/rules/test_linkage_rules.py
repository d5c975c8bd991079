"""Who is who: when identifiers join records, and when somebody is asked."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.rules.linkage_people import (
    CRN,
    CRO,
    LOCAL,
    NHS,
    NOBODY,
    OTHER_CRN,
    OTHER_NHS,
    OTHER_PNC,
    OTHER_PRISON,
    PNC,
    PRISON,
    decide,
    known,
    new,
    pairs,
)
from throughgate.linkage import rules
from throughgate.linkage.rules import Evidence, Hold, HoldReason, LinkTo, NewPerson, compare

# One known person

JOINED = LinkTo(person_id=UUID(int=1), evidence=())
MARRIED: dict[str, Any] = {"name": "Dee Candle"}
ANOTHER_DAY: dict[str, Any] = {"birth_date": date(1989, 5, 14)}
NO_DAY: dict[str, Any] = {"birth_date": None}
INITIALS: dict[str, Any] = {"name": "D L", "initials_only": True}
SOMEBODY_ELSE: dict[str, Any] = {"name": "Marcus Teacup", "birth_date": date(1981, 2, 3)}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(new(PRISON), known(1, PRISON), id="a prison number, and all the rest agrees"),
        pytest.param(
            new(PRISON, **ANOTHER_DAY),
            known(1, PRISON),
            id="a prison number and names; the birth date is off",
        ),
        pytest.param(
            new(PRISON, name="Dawn Candle"),
            known(1, PRISON),
            id="a prison number and birth date; both names changed",
        ),
        pytest.param(
            new(PRISON, name="Dawn Lantern", **ANOTHER_DAY),
            known(1, PRISON),
            id="a prison number and a surname",
        ),
        pytest.param(new(PRISON, **NO_DAY), known(1, PRISON), id="a prison number and names, no birth date"),
        pytest.param(
            new(PRISON, **INITIALS), known(1, PRISON), id="a prison number and birth date, only initials"
        ),
        pytest.param(
            new(PRISON, name="", **NO_DAY), known(1, PRISON), id="a prison number and nothing else to compare"
        ),
        pytest.param(new(NHS), known(1, NHS), id="an NHS number, birth date and first name"),
        pytest.param(new(NHS, **MARRIED), known(1, NHS), id="an NHS number; she married"),
        pytest.param(new(PNC, **MARRIED), known(1, PNC), id="a police number; she married"),
        pytest.param(new(CRN), known(1, CRN, OTHER_CRN), id="one of several probation numbers"),
        pytest.param(new(CRO), known(1, CRO), id="a criminal records number"),
        pytest.param(
            new(PNC, name="Dawn Lantern", aliases=(("Dee", "Candle"),)),
            known(1, PNC),
            id="an alias of ours is their name",
        ),
        pytest.param(
            new(PNC),
            known(1, PNC, name="Dawn Wick", aliases=(("Dee", "Wick"),)),
            id="an alias of theirs is our name",
        ),
        pytest.param(
            new(PNC, PRISON), known(1, PNC, OTHER_PRISON), id="two prison numbers, one police number"
        ),
        pytest.param(new(NHS, PNC), known(1, NHS, OTHER_PNC), id="two police numbers, one NHS number"),
        pytest.param(
            new(NHS, name="bill Candle"),
            known(1, NHS, name="William CANDLE"),
            id="a short form of no other name; surname and birth date the same",
        ),
        pytest.param(
            new(CRN, name="Stephen Candle"), known(1, CRN, name="Steve Candle"), id="whichever is short"
        ),
        pytest.param(
            new(CRN, name="Steven Candle"), known(1, CRN, name="Steve Candle"), id="however it is spelled"
        ),
        pytest.param(
            new(NHS, CRN, **NO_DAY), known(1, NHS, CRN), id="two numbers agree where no birth date does"
        ),
    ],
)
def test_these_are_one_person(ours: Evidence, theirs: Evidence) -> None:
    decision = decide(ours, theirs)
    assert decision == replace(JOINED, evidence=tuple(sorted(ours.identifiers & theirs.identifiers)))


TWINS = (HoldReason.first_names_differ, HoldReason.perhaps_twins)


@pytest.mark.parametrize(
    ("ours", "theirs", "reasons"),
    [
        pytest.param(
            new(PRISON, **SOMEBODY_ELSE),
            known(1, PRISON),
            [HoldReason.nothing_else_agrees],
            id="only a prison number",
        ),
        pytest.param(
            new(PRISON, name="Marcus Teacup", **NO_DAY),
            known(1, PRISON),
            [HoldReason.nothing_else_agrees],
            id="a prison number, other names, no birth date",
        ),
        pytest.param(
            new(PRISON, NHS),
            known(1, PRISON, OTHER_NHS),
            [HoldReason.nhs_numbers_clash],
            id="two NHS numbers, always",
        ),
        pytest.param(
            new(PNC, NHS),
            known(1, PNC, OTHER_NHS),
            [HoldReason.nhs_numbers_clash],
            id="and whatever else agrees",
        ),
        pytest.param(
            new(PRISON, birth_date=date(1960, 5, 4)),
            known(1, PRISON),
            [HoldReason.generation_apart],
            id="a prison number and name, a generation apart",
        ),
        pytest.param(
            new(PRISON, **NO_DAY, **INITIALS),
            known(1, PRISON),
            [HoldReason.initials_only],
            id="a prison number and initials alone",
        ),
        pytest.param(
            new(NHS, **ANOTHER_DAY), known(1, NHS), [HoldReason.birth_dates_differ], id="another birth date"
        ),
        pytest.param(
            new(NHS, name="Ted Lantern"),
            known(1, NHS, name="Edward Lantern"),
            [*TWINS],
            id="a short form of more names than one: Ted is Theodore, too",
        ),
        pytest.param(
            new(NHS, name="Bob Lantern"),
            known(1, NHS, name="Bobby Lantern"),
            [*TWINS],
            id="two short forms of one name",
        ),
        pytest.param(
            new(NHS, name="Stephen Lantern"),
            known(1, NHS, name="Steven Lantern"),
            [*TWINS],
            id="two spellings of one name",
        ),
        pytest.param(
            new(NHS, name="Bob Lantern"),
            known(1, NHS, name="William Lantern"),
            [*TWINS],
            id="of another name",
        ),
        pytest.param(
            new(NHS, name="Bill Wick"),
            known(1, NHS, name="William Lantern"),
            [HoldReason.first_names_differ],
            id="a short form, and another surname",
        ),
        pytest.param(
            new(NHS, name="Bill Lantern", **ANOTHER_DAY),
            known(1, NHS, name="William Lantern"),
            [HoldReason.birth_dates_differ, HoldReason.first_names_differ],
            id="a short form, and another birth date",
        ),
        pytest.param(
            new(NHS, CRN, name="Bill Lantern", **NO_DAY),
            known(1, NHS, CRN, name="William Lantern"),
            [HoldReason.first_names_differ],
            id="a short form, and no birth date",
        ),
        pytest.param(
            new(PRISON, name="Bill Wick", **NO_DAY),
            known(1, PRISON, name="William Lantern"),
            [HoldReason.nothing_else_agrees],
            id="a prison number, a short form and no birth date",
        ),
        pytest.param(
            new(CRN, birth_date=date(1960, 5, 4)),
            known(1, CRN),
            [HoldReason.generation_apart],
            id="a probation number and name, a generation apart",
        ),
        pytest.param(
            new(NHS, **NO_DAY),
            known(1, NHS),
            [HoldReason.birth_date_missing],
            id="one number and no birth date",
        ),
        pytest.param(
            new(CRN, OTHER_CRN, **NO_DAY),
            known(1, CRN, OTHER_CRN),
            [HoldReason.birth_date_missing],
            id="two numbers of one giver count as one",
        ),
        pytest.param(
            new(NHS, name=" Lantern"),
            known(1, NHS),
            [HoldReason.first_name_missing],
            id="no first name to compare",
        ),
        pytest.param(
            new(NHS, CRN, name="Dawn Lantern", **NO_DAY),
            known(1, NHS, CRN),
            [HoldReason.first_names_differ],
            id="two numbers, no birth date, another first name",
        ),
        pytest.param(
            new(PNC, **SOMEBODY_ELSE),
            known(1, PNC),
            [HoldReason.birth_dates_differ, HoldReason.first_names_differ],
            id="the police number of another",
        ),
        pytest.param(
            new(PNC, **INITIALS),
            known(1, PNC),
            [HoldReason.initials_only],
            id="initials and birth date of a treatment record",
        ),
    ],
)
def test_somebody_is_asked_about_these(ours: Evidence, theirs: Evidence, reasons: list[HoldReason]) -> None:
    decision = decide(ours, theirs)
    assert isinstance(decision, Hold)
    assert list(decision.reasons) == reasons
    assert decision.candidates == (theirs.identity_id,)
    assert decision.questions[0].comparison == compare(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(new(), known(1), id="name and birth date alone"),
        pytest.param(new(NHS), known(1, PRISON), id="name, birth date, and numbers of different systems"),
        pytest.param(new(NHS), known(1, OTHER_NHS), id="name, birth date, and two NHS numbers"),
        pytest.param(new(LOCAL), known(1, LOCAL), id="an organisation's own reference"),
    ],
)
def test_without_a_number_in_common_they_are_two_people(ours: Evidence, theirs: Evidence) -> None:
    assert decide(ours, theirs) == NewPerson()


def test_who_shares_nothing_with_anybody_is_new() -> None:
    assert decide(new(NHS)) == NewPerson()


# The cast


KIM = known(1, NHS, PRISON, name="Kim Button", birth_date=date(2000, 3, 9))
KIT = known(2, OTHER_PRISON, name="Kit Button", birth_date=date(2000, 3, 9), person=2)


def test_a_twin_given_the_other_twins_nhs_number_waits_for_somebody_to_look() -> None:
    decision = decide(new(NHS, name="Kit Button", birth_date=date(2000, 3, 9)), KIM)
    assert isinstance(decision, Hold)
    assert decision.reasons == TWINS


def test_a_twin_stays_with_her_prison_number_while_the_wrong_nhs_number_is_asked_about() -> None:
    kit_at_pathlight = new(OTHER_PRISON, NHS, name="Kit Button", birth_date=date(2000, 3, 9))
    decision = decide(kit_at_pathlight, KIM, KIT)
    assert isinstance(decision, LinkTo)
    assert decision.person_id == KIT.person_id
    assert [(one.identity_id, one.reasons) for one in decision.questions] == [(KIM.identity_id, TWINS)]


def test_a_twins_alias_never_joins_both_twins() -> None:
    between = new(
        NHS, OTHER_PRISON, name="Kim Button", aliases=(("Kit", "Button"),), birth_date=date(2000, 3, 9)
    )
    decision = decide(between, KIM, KIT)
    assert isinstance(decision, Hold)
    assert decision.candidates == (KIM.identity_id, KIT.identity_id)
    assert decision.reasons == (HoldReason.candidates_disagree,)


FATHER = known(1, NHS, PRISON, name="Joe Ladder", birth_date=date(1959, 6, 1))


@pytest.mark.parametrize(
    ("son", "reason"),
    [
        pytest.param((PRISON,), HoldReason.generation_apart, id="given his father's prison number"),
        pytest.param((NHS,), HoldReason.generation_apart, id="given his father's NHS number"),
        pytest.param((PRISON, OTHER_NHS), HoldReason.nhs_numbers_clash, id="with an NHS number of his own"),
    ],
)
def test_father_and_son_of_one_name_are_never_joined(son: tuple[rules.Pair, ...], reason: HoldReason) -> None:
    decision = decide(new(*son, name="Joe Ladder", birth_date=date(1985, 6, 1)), FATHER)
    assert isinstance(decision, Hold)
    assert decision.reasons == (reason,)


def test_father_and_son_without_a_number_in_common_are_two_people() -> None:
    assert decide(new(OTHER_NHS, name="Joe Ladder", birth_date=date(1985, 6, 1)), FATHER) == NewPerson()


def test_a_swapped_birth_date_and_a_misspelt_name_wait_for_somebody_to_look() -> None:
    tomasz = known(1, NHS, PNC, name="Tomasz Kettle", birth_date=date(1993, 2, 11))
    tomas: dict[str, Any] = {"name": "Tomas Ketle", "birth_date": date(1993, 11, 2)}
    decision = decide(new(PNC, **tomas), tomasz)
    assert isinstance(decision, Hold)
    assert decision.reasons == (HoldReason.day_and_month_swapped, HoldReason.first_names_differ)
    assert decide(new(**tomas), tomasz) == NewPerson()


def test_initials_birth_date_and_sex_are_never_joined() -> None:
    jt = new(name="J T", initials_only=True, birth_date=date(1988, 1, 1))
    assert decide(jt, known(1, NHS, name="Joe Tanner", birth_date=date(1988, 1, 1))) == NewPerson()


# Several identities, several persons


def test_one_nhs_number_that_clashes_keeps_a_record_out_of_the_whole_person() -> None:
    decision = decide(new(PRISON, NHS), known(1, PRISON), known(2, OTHER_NHS))
    assert isinstance(decision, Hold)
    assert decision.candidates == (UUID(int=2),)
    assert decision.reasons == (HoldReason.nhs_numbers_clash,)


def test_a_person_who_shares_nothing_is_not_asked_about() -> None:
    assert decide(new(PRISON, NHS), known(1, PRISON), known(2, OTHER_NHS, person=2)) == replace(
        JOINED, evidence=(PRISON,)
    )


def test_one_identity_that_agrees_is_enough_where_another_of_the_person_leaves_doubt() -> None:
    assert decide(new(PRISON, PNC), known(1, PRISON), known(2, PNC, name="Di Wick")) == replace(
        JOINED, evidence=(PRISON,)
    )


def test_a_record_that_agrees_with_two_persons_brings_them_together_under_the_older() -> None:
    others = (known(1, PRISON, person=7), known(2, NHS, person=5), known(3, person=7))
    assert decide(new(PRISON, NHS), *others) == LinkTo(
        person_id=UUID(int=5), evidence=(NHS, PRISON), also_move=(UUID(int=1), UUID(int=3))
    )


def test_two_persons_who_share_a_number_and_agree_can_be_brought_together() -> None:
    decision = decide(new(PRISON, NHS), known(1, PRISON, PNC), known(2, NHS, PNC, person=2))
    assert isinstance(decision, LinkTo)
    assert decision.also_move == (UUID(int=2),)


@pytest.mark.parametrize(
    ("one", "other", "never"),
    [
        pytest.param(
            known(1, PRISON, NHS), known(2, CRN, OTHER_NHS, person=2), NOBODY, id="their NHS numbers clash"
        ),
        pytest.param(
            known(1, PRISON, **ANOTHER_DAY), known(2, CRN, person=2), NOBODY, id="their birth dates differ"
        ),
        pytest.param(
            known(1, PRISON, name="Di Lantern"),
            known(2, CRN, person=2),
            NOBODY,
            id="their first names differ",
        ),
        pytest.param(
            known(1, PRISON, PNC, name="Di Lantern"),
            known(2, CRN, PNC, person=2),
            NOBODY,
            id="the number they share is in doubt",
        ),
        pytest.param(
            known(1, PRISON), known(2, CRN, person=2), pairs((1, 2)), id="somebody said they are two people"
        ),
    ],
)
def test_two_persons_that_do_not_go_together_are_both_asked_about(
    one: Evidence, other: Evidence, never: frozenset[frozenset[UUID]]
) -> None:
    decision = decide(new(PRISON, CRN), one, other, never=never)
    assert isinstance(decision, Hold)
    assert decision.candidates == (UUID(int=1), UUID(int=2))
    assert decision.reasons == (HoldReason.candidates_disagree,)


# What somebody said


def test_a_pair_said_to_be_different_is_never_joined_and_not_asked_about_again() -> None:
    assert decide(new(PRISON), known(1, PRISON), never=pairs((1, 99))) == NewPerson()


def test_a_tie_to_another_identity_of_that_person_is_asked_about() -> None:
    decision = decide(new(PRISON), known(1, PRISON), known(2, PRISON), never=pairs((1, 99)))
    assert isinstance(decision, Hold)
    assert (decision.candidates, decision.reasons) == ((UUID(int=2),), (HoldReason.said_to_be_different,))


# An identity that has a person already


def own(*identifiers: rules.Pair, **rest: Any) -> Evidence:
    return replace(new(*identifiers, **rest), person_id=UUID(int=1))


def test_an_identity_that_has_a_person_keeps_it_when_nothing_new_agrees() -> None:
    assert decide(own(NHS)) == JOINED
    assert decide(own(NHS), known(1, NHS)) == replace(JOINED, evidence=(NHS,))
    assert decide(own(CRN, **SOMEBODY_ELSE), known(1, CRN)) == JOINED


def test_an_identity_is_not_compared_with_itself() -> None:
    itself = own(NHS)
    assert decide(itself, itself) == JOINED


def test_an_identity_that_has_a_person_brings_in_another_who_agrees() -> None:
    assert decide(own(NHS), known(1), known(2, NHS, person=2)) == LinkTo(
        person_id=UUID(int=1), evidence=(NHS,), also_move=(UUID(int=2),)
    )


def test_an_nhs_number_that_comes_to_clash_is_asked_about_and_nothing_more_is_joined() -> None:
    decision = decide(own(NHS, PNC), known(1, OTHER_NHS), known(2, PNC, person=2))
    assert isinstance(decision, Hold)
    assert decision.candidates == (UUID(int=1),)


def test_a_person_who_does_not_go_with_its_own_is_asked_about() -> None:
    decision = decide(own(NHS), known(1, **ANOTHER_DAY), known(2, NHS, person=2))
    assert isinstance(decision, Hold)
    assert decision.candidates == (UUID(int=2),)
    assert decision.reasons == (HoldReason.candidates_disagree,)


def test_an_identity_without_a_person_cannot_be_compared_with() -> None:
    with pytest.raises(ValueError, match="has no person"):
        decide(new(NHS), known(1, NHS, person=0))
