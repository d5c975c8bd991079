"""Who needs somebody first: an order with its reasons."""

from typing import Any

import pytest

from tests.rules.pathway_people import CONFIRMED, D0, booked, day, inside, medicine, missed, out, plan, said
from throughgate.foundation.codesets import code_set
from throughgate.pathway.rules import REASONS, Answered, Facts, Item, Pack, Ready, Supply

SETTLED = {item: said(CONFIRMED, told=-1) for item in Item}
EACH_DAY = frozenset(day(days) for days in range(-200, 1))
CALM: dict[str, Any] = {
    "ready": SETTLED,
    "contacts": EACH_DAY,
    "last_word_on": D0,
    "entries": {"before_script": D0, "need_drugs_alcohol": D0},
    "answered": {
        stage: Answered(begun_on=D0, whole_on=D0) for stage in code_set("assessment_stages").labels()
    },
    "leaves_certainty": "confirmed",
    "pack": Pack(made_on=D0, is_agreed=True, is_given=True),
}


def calm_out(*, left: int, **more: Any) -> Facts:
    return out(left=left, **{**CALM, **more})


def calm_inside(*, leaves: int, **more: Any) -> Facts:
    return inside(leaves=leaves, **{**CALM, **more})


def without(item: Item) -> dict[Item, Ready]:
    return {known: word for known, word in SETTLED.items() if known is not item}


def supply(until: int | None, **more: Any) -> tuple[Supply, ...]:
    return (medicine(until, **more),)


MISSED = missed(-3, -2, -1)
GOOD = {**SETTLED, **booked(2)}
CASES: dict[str, tuple[Facts, tuple[str, ...]]] = {
    "out for long, and all is well": (calm_out(left=-30), ()),
    "out for 14 days": (calm_out(left=-14), ("first_days",)),
    "out for 15 days": (calm_out(left=-15), ()),
    "covered until somebody is seen": (calm_out(left=-30, supplies=supply(3), ready=GOOD), ()),
    "ends in 3 days": (calm_out(left=-30, supplies=supply(3)), ("cover_ends_soon",)),
    "ends in 4 days": (calm_out(left=-30, supplies=supply(4)), ()),
    "has run out": (calm_out(left=-30, supplies=supply(-1)), ("cover_ended", "late")),
    "may leave from court within a week": (
        calm_inside(leaves=40, standing="remand", hearing_on=day(7)),
        ("leaves_soon",),
    ),
    "sentenced, and in court over something else": (calm_inside(leaves=40, hearing_on=day(1)), ()),
    "missed three times": (calm_out(left=-30, supplies=supply(9), pick_ups=MISSED), ("cover_broken", "late")),
    "nobody knows how long it lasts": (
        calm_out(left=-15, supplies=supply(None)),
        ("cover_not_known", "late"),
    ),
    "nor matters it any more": (calm_out(left=-29, supplies=supply(None)), ("late",)),
    "nobody says where it is collected tomorrow": (
        calm_out(left=0, supplies=supply(9, is_collected=True), ready=GOOD),
        ("first_days", "nowhere"),
    ),
    "it is collected where it is open tomorrow": (
        calm_out(left=0, supplies=supply(9, is_collected=True, is_placed=True), ready=GOOD),
        ("first_days",),
    ),
    "not reached today": (
        calm_out(left=-30, contacts=EACH_DAY - {D0}, missed=frozenset({D0})),
        ("not_reached",),
    ),
    "missed and reached": (calm_out(left=-30, missed=frozenset({D0})), ()),
    "no contact since they left": (
        calm_out(left=-3, contacts=frozenset()),
        ("silence", "first_days", "late"),
    ),
    "no home outside": (calm_out(left=-14, ready=without(Item.HOME)), ("first_days", "no_home")),
    "no naloxone outside": (calm_out(left=-28, ready=without(Item.NALOXONE)), ("no_naloxone", "late")),
    "inside, and all is well": (calm_inside(leaves=8), ()),
    "leaves in a week": (calm_inside(leaves=7), ("leaves_soon",)),
    "leaves in two days without a home": (
        calm_inside(leaves=2, ready=without(Item.HOME)),
        ("no_home", "leaves_soon", "late"),
    ),
    "leaves in two days and nobody meets them": (
        calm_inside(leaves=2, ready=without(Item.MEETING)),
        ("nobody_meets", "leaves_soon"),
    ),
}


@pytest.mark.parametrize(("facts", "reasons"), CASES.values(), ids=CASES)
def test_what_makes_somebody_urgent(facts: Facts, reasons: tuple[str, ...]) -> None:
    assert plan(facts).reasons == reasons


def test_the_first_reason_goes_before_all_that_follow_it() -> None:
    broken = plan(calm_out(left=-30, supplies=supply(9), pick_ups=MISSED))
    much_else = plan(out(left=-1, supplies=supply(-1), missed=frozenset({D0})))
    assert len(much_else.reasons) > 5
    assert broken.urgency > much_else.urgency > plan(calm_out(left=-30)).urgency == 0


def test_among_those_with_the_same_first_reason_the_next_decides() -> None:
    worse = plan(calm_out(left=-3, contacts=frozenset(), ready=without(Item.HOME)))
    assert worse.urgency > plan(calm_out(left=-3, contacts=frozenset())).urgency


def test_every_reason_has_words_and_a_category() -> None:
    assert len({reason.key for reason in REASONS}) == len(REASONS)
    for reason in REASONS:
        assert reason.label
        assert not reason.category or reason.category in code_set("categories")
