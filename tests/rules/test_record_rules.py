"""What may be written on a record, superseded and blanked; and what a late extract leaves standing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from throughgate.foundation.errors import Refused
from throughgate.record import rules
from throughgate.record.rules import (
    Draft,
    Form,
    Locked,
    NotYours,
    Old,
    OutsideThePermit,
    Overtaken,
    Stood,
    Target,
)

OURS, THEIRS = UUID(int=1), UUID(int=2)
DEE, GETHIN = UUID(int=11), UUID(int=12)
IDENTITY = UUID(int=21)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)

# Where an entry may hang

ALIVE = Target(person_id=DEE, organisation_id=OURS, death="")
PLACES: dict[str, tuple[Target, dict[str, Any], type[Refused] | None]] = {
    "a worker writes on an identity of their own organisation": (ALIVE, {"person_id": DEE}, None),
    "nobody writes on another organisation's identity": (
        replace(ALIVE, organisation_id=THEIRS),
        {"person_id": DEE},
        OutsideThePermit,
    ),
    "a feed neither": (replace(ALIVE, organisation_id=THEIRS), {"person_id": None}, OutsideThePermit),
    "a permit for one person writes on no other": (ALIVE, {"person_id": GETHIN}, OutsideThePermit),
    "a feed writes on anybody it knows": (ALIVE, {"person_id": None}, None),
    "a reported death closes nothing": (replace(ALIVE, death="reported"), {"person_id": DEE}, None),
    "a confirmed death closes the record": (replace(ALIVE, death="confirmed"), {"person_id": DEE}, Locked),
    "a late entry says why it is needed": (
        replace(ALIVE, death="confirmed"),
        {"person_id": DEE, "late_reason": "Asked for by the coroner"},
        None,
    ),
    "a feed's late entry needs no reason": (replace(ALIVE, death="confirmed"), {"person_id": None}, None),
}


@pytest.mark.parametrize(("target", "given", "refusal"), PLACES.values(), ids=PLACES)
def test_where_an_entry_may_hang(
    target: Target, given: dict[str, Any], refusal: type[Refused] | None
) -> None:
    asked = {"organisation_id": OURS, "late_reason": "", **given}
    if refusal is None:
        return rules.check_place(target, **asked)
    with pytest.raises(refusal, match=r"Nothing was written|Say why"):
        rules.check_place(target, **asked)
    return None


# What may be new

DRAFT = Draft(identity_id=IDENTITY, kind="note", happened_at=NOON, dated_by="time", as_at=NOON)


def test_a_role_writes_only_its_categories() -> None:
    rules.check_new(DRAFT, category="housing", write=frozenset({"housing"}))
    with pytest.raises(OutsideThePermit, match="does not record this kind"):
        rules.check_new(DRAFT, category="mental_health", write=frozenset({"housing"}))


@pytest.mark.parametrize("forged", [{"supersedes": UUID(int=5)}, {"category": "housing"}])
def test_a_caller_says_neither_what_is_superseded_nor_which_category_it_is(forged: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="supersedes nothing"):
        rules.check_new(replace(DRAFT, **forged), category="housing", write=frozenset({"housing"}))


# What may be superseded and blanked

NEWER, SAM = UUID(int=31), UUID(int=41)
OLD = Old(
    identity_id=IDENTITY,
    organisation_id=OURS,
    kind="note",
    category="housing",
    restricted=False,
    only_for=(),
    withheld=False,
    superseded_by=None,
    is_withdrawn=False,
    supersedes=None,
    item="",
    happened_at=NOON,
    dated_by="time",
    as_at=NOON,
    recorded_at=NOON,
    recorded_by=SAM,
)
HOUSING = frozenset({"housing"})
CORRECTING: dict[str, tuple[Old, dict[str, Any], str]] = {
    "one's own entry is corrected": (OLD, {}, ""),
    "another organisation's is disagreed with": (
        replace(OLD, organisation_id=THEIRS),
        {},
        "Another organisation",
    ),
    "but a data quality role corrects it": (
        replace(OLD, organisation_id=THEIRS),
        {"is_data_quality": True},
        "",
    ),
    "a correction says why": (OLD, {"reason": " "}, "Say why"),
    "what was corrected is not corrected again": (
        replace(OLD, superseded_by=NEWER),
        {},
        "has been corrected",
    ),
    "a role corrects only what it writes": (OLD, {"write": frozenset()}, "does not record this kind"),
}
ASKED = {"organisation_id": OURS, "is_data_quality": False, "reason": "Typed wrongly"}


@pytest.mark.parametrize(("old", "given", "why"), CORRECTING.values(), ids=CORRECTING)
def test_what_may_be_superseded(old: Old, given: dict[str, Any], why: str) -> None:
    asked: dict[str, Any] = {**ASKED, "write": HOUSING, **given}
    if not why:
        return rules.check_superseding(old, **asked)
    with pytest.raises(Refused, match=why):
        rules.check_superseding(old, **asked)
    return None


def test_a_form_tells_when_it_was_opened_by_a_key_that_is_one_of_ours() -> None:
    assert (Form(str(NEWER)).opened, Form("typed by hand").opened) == (NEWER, None)
    assert Form(f"{NEWER} its second part").opened == NEWER


def test_a_reason_that_the_record_has_no_room_for_is_refused() -> None:
    rules.check_form(Form("k", reason="w" * 250))
    with pytest.raises(Refused, match="up to 250 characters"):
        rules.check_form(Form("k", reason="w" * 251))


def test_a_word_is_refused_where_there_is_a_newer_one_and_says_which() -> None:
    rules.check_unseen(None)
    with pytest.raises(Overtaken) as refusal:
        rules.check_unseen(NEWER)
    assert refusal.value.newer == NEWER


UNDOING: dict[str, tuple[Old, timedelta, str]] = {
    "one's own words are taken back": (OLD, timedelta(minutes=10), ""),
    "not after a while": (OLD, timedelta(minutes=10, seconds=1), "more than 10 minutes ago"),
    "not another's": (replace(OLD, recorded_by=NEWER), timedelta(), "Only whoever wrote this"),
    "not those of another hat": (
        replace(OLD, organisation_id=THEIRS),
        timedelta(),
        "Only whoever wrote this",
    ),
    "not what was corrected": (replace(OLD, superseded_by=NEWER), timedelta(), "has been corrected"),
    "not a correction": (replace(OLD, supersedes=NEWER), timedelta(), "has been corrected"),
}


@pytest.mark.parametrize(("old", "later", "why"), UNDOING.values(), ids=UNDOING)
def test_what_may_be_taken_back(old: Old, later: timedelta, why: str) -> None:
    asked: dict[str, Any] = {"organisation_id": OURS, "worker_id": SAM, "at": NOON + later}
    if not why:
        return rules.check_undoing(old, **asked)
    with pytest.raises(Refused, match=why):
        rules.check_undoing(old, **asked)
    return None


BLANKING: dict[str, tuple[Old, dict[str, Any], str]] = {
    "one's own entry is blanked": (OLD, {}, ""),
    "an older version is blanked like the newest": (replace(OLD, superseded_by=NEWER), {}, ""),
    "another organisation's is not": (replace(OLD, organisation_id=THEIRS), {}, "Another organisation"),
    "blanking says why": (OLD, {"reason": ""}, "Say why"),
}


@pytest.mark.parametrize(("old", "given", "why"), BLANKING.values(), ids=BLANKING)
def test_what_may_be_blanked(old: Old, given: dict[str, Any], why: str) -> None:
    asked: dict[str, Any] = {**ASKED, **given}
    if not why:
        return rules.check_redacting(old, **asked)
    with pytest.raises(Refused, match=why):
        rules.check_redacting(old, **asked)
    return None


def test_refusing_to_supersede_another_organisations_entry_has_a_name_of_its_own() -> None:
    with pytest.raises(NotYours):
        rules.check_superseding(replace(OLD, organisation_id=THEIRS), **{**ASKED, "write": HOUSING})  # type: ignore[arg-type]


def corrected(old: Old, draft: Draft, *, by: UUID | None = SAM, is_own: bool = False) -> Draft:
    return rules.in_place_of(old, draft, supersedes=UUID(int=5), reason="Typed wrongly", by=by, is_own=is_own)


def test_a_correction_hangs_where_the_corrected_entry_hangs_and_is_no_less_restricted() -> None:
    fresh = corrected(replace(OLD, restricted=True), replace(DRAFT, identity_id=UUID(int=99)))
    assert (fresh.identity_id, fresh.supersedes, fresh.reason) == (IDENTITY, UUID(int=5), "Typed wrongly")
    assert fresh.restricted


ANN, BEN, US = UUID(int=42), UUID(int=43), UUID(int=44)
READERS: dict[str, tuple[tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...]]] = {
    "read by all, and now by some": ((), (ANN,), (ANN,)),
    "nobody said who reads it now": ((ANN, BEN), (), (ANN, BEN)),
    "fewer": ((ANN, BEN), (ANN,), (ANN,)),
    "of an organisation, whoever corrects it": ((US,), (SAM,), (SAM,)),
    "some, and somebody who did not read it": ((ANN, BEN), (ANN, US), (ANN,)),
    "none of those who read it": ((ANN,), (BEN,), (ANN,)),
}


@pytest.mark.parametrize(("before", "asked", "read_by"), READERS.values(), ids=READERS)
def test_who_reads_a_correction(
    before: tuple[UUID, ...], asked: tuple[UUID, ...], read_by: tuple[UUID, ...]
) -> None:
    old, draft = replace(OLD, only_for=before), replace(DRAFT, only_for=asked)
    assert corrected(old, draft).only_for == read_by
    assert corrected(old, draft, by=None, is_own=True).only_for == asked


LEFT_OUT: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "read by the same": ({}, {}, False),
    "restricted": ({}, {"restricted": True}, True),
    "restricted as before": ({"restricted": True}, {"restricted": True}, False),
    "withheld from the person": ({}, {"withheld": True}, True),
    "withheld as before": ({"withheld": True}, {"withheld": True}, False),
    "of another category": ({"category": "family"}, {}, True),
    "kept for some": ({}, {"only_for": (ANN,)}, True),
    "kept for fewer": ({"only_for": (ANN, BEN)}, {"only_for": (ANN,)}, True),
    "kept for the same": ({"only_for": [ANN, BEN]}, {"only_for": (BEN, ANN)}, False),
    "kept for more": ({"only_for": (ANN,)}, {"only_for": (ANN, BEN)}, False),
    "kept for nobody in particular any more": ({"only_for": (ANN,)}, {}, False),
}


@pytest.mark.parametrize(("before", "now", "is_left_out"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_whether_a_correction_leaves_out_somebody_who_read_what_it_corrects(
    before: dict[str, Any], now: dict[str, Any], is_left_out: bool
) -> None:
    old, fresh = replace(OLD, **before), replace(DRAFT, **now)
    assert rules.leaves_out(old, fresh, category="housing") == is_left_out


# What stands after a late extract


def stood(number: int, text: str, **changed: Any) -> Stood:
    plain = Stood(
        id=UUID(int=number),
        identity_id=IDENTITY,
        kind="location",
        category="custody_legal",
        item="",
        happened_at=NOON,
        dated_by="by",
        as_at=NOON,
        restricted=False,
        only_for=(),
        withheld=False,
        is_settled=False,
        body={"cell": text},
    )
    return replace(plain, **changed)


def told(text: str, **changed: Any) -> Draft:
    return replace(replace(DRAFT, kind="location", dated_by="by", body={"cell": text}), **changed)


def restated(then: list[Stood], now: list[Draft]) -> list[Draft]:
    return rules.restated(then, now, reason="Late")


def test_what_is_told_as_it_stood_is_kept() -> None:
    assert restated([stood(1, "A"), stood(2, "B")], [told("A"), told("B")]) == []


def test_what_reads_differently_supersedes_what_stood_about_the_same_thing() -> None:
    (fresh,) = restated([stood(1, "A")], [told("B")])
    assert (fresh.body, fresh.supersedes, fresh.reason) == ({"cell": "B"}, UUID(int=1), "Late")


@pytest.mark.parametrize(
    "moved",
    [{"as_at": LATER}, {"happened_at": LATER}, {"dated_by": "day"}],
    ids=["since when it is known", "when it happened", "how exactly that is known"],
)
def test_another_moment_is_another_word(moved: dict[str, Any]) -> None:
    (fresh,) = restated([stood(1, "A")], [told("A", **moved)])
    assert fresh.supersedes == UUID(int=1)


def test_what_is_not_told_any_more_is_withdrawn_with_its_category_and_moments() -> None:
    (gone,) = restated([stood(1, "A", as_at=LATER)], [])
    assert (gone.kind, gone.category, gone.supersedes) == ("withdrawn", "custody_legal", UUID(int=1))
    assert (gone.happened_at, gone.as_at) == (NOON, LATER)


def test_what_is_told_for_fewer_to_read_stands_by_itself_and_what_stood_is_withdrawn_for_all() -> None:
    fresh, gone = restated([stood(1, "A")], [told("B", restricted=True)])
    assert (fresh.restricted, fresh.supersedes) == (True, None)
    assert (gone.kind, gone.restricted, gone.supersedes) == ("withdrawn", False, UUID(int=1))


def test_what_is_withdrawn_is_known_to_nobody_but_those_who_read_it() -> None:
    (gone,) = restated([stood(1, "A", restricted=True, only_for=[OURS], withheld=True)], [])
    assert (gone.restricted, gone.only_for, gone.withheld) == (True, (OURS,), True)


def test_what_is_told_for_the_first_time_supersedes_nothing() -> None:
    (fresh,) = restated([stood(1, "A")], [told("A"), told("H1", kind="alert", item="H1")])
    assert (fresh.item, fresh.supersedes) == ("H1", None)


def test_entries_of_one_moment_are_kept_or_written_again_together_so_that_their_order_holds() -> None:
    fresh = restated([stood(1, "B"), stood(2, "C")], [told("A"), told("B")])
    assert [(each.body["cell"], each.supersedes) for each in fresh] == [
        ("A", UUID(int=1)),
        ("B", UUID(int=2)),
    ]


def test_what_is_settled_stays_and_is_not_told_again() -> None:
    """A redacted entry has lost its item, so it is known by its moments."""
    settled = stood(1, "", item="", is_settled=True)
    assert restated([settled], [told("A", item="H1")]) == []
    (second,) = restated([settled], [told("A"), told("B")])
    assert second.body == {"cell": "B"}


def test_nothing_that_was_settled_is_withdrawn() -> None:
    assert restated([stood(1, "", is_settled=True)], []) == []
