"""What in one document does not fit together."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from throughgate.custody.rules import CustodyState, Document, Flag, contradictions, movement_codes
from throughgate.foundation.codesets import code_set

CODES = movement_codes(code_set("movement_reasons").rows)
INSIDE: dict[str, Any] = {
    "as_at": datetime(2026, 3, 10, 9, tzinfo=UTC),
    "status": "ACTIVE IN",
    "in_out": "IN",
    "prison": "MDI",
    "movement_type": "ADM",
    "movement_reason": "I",
    "movement_on": date(2026, 1, 5),
    "reception_on": date(2026, 1, 5),
    "legal_status": "SENTENCED",
    "recall": False,
}
BORN_ON = date(1990, 1, 5)


def flags(dates: dict[str, str] | None = None, **more: Any) -> tuple[Flag, ...]:
    """The flags of a document that is in order but for what is given."""
    document = Document(
        born_on=more.pop("born_on", BORN_ON),
        convicted_status=more.pop("convicted_status", "Convicted"),
        dates={name: date.fromisoformat(day) for name, day in (dates or {}).items()},
        state=CustodyState(**{**INSIDE, **more}),
    )
    return contradictions(document, codes=CODES)


IN_ORDER: dict[str, dict[str, Any]] = {
    "nothing odd": {},
    "a release to come": {"dates": {"CONFIRMED": "2026-09-01", "RELEASE": "2026-09-01", "LED": "2027-09-01"}},
    "released today": {"dates": {"RELEASE": "2026-03-10"}},
    "a conditional date long past, as on recall": {"dates": {"CRD": "2020-09-01"}},
    "a past release of somebody who has left": {
        "dates": {"RELEASE": "2026-02-01"},
        "status": "INACTIVE OUT",
        "in_out": "OUT",
        "movement_type": "REL",
        "movement_reason": "CR",
    },
    "days not told": {"reception_on": None, "movement_on": None, "born_on": None},
    "a recall flag not told": {"recall": None},
    "on recall, and both say so": {"recall": True, "legal_status": "RECALL"},
    "an old recall on somebody who has left": {
        "recall": True,
        "status": "INACTIVE OUT",
        "in_out": "OUT",
        "movement_type": "REL",
        "movement_reason": "CR",
    },
    "in and out not told": {"in_out": ""},
    "a status nobody knows": {"status": "ACTIVE ??"},
    "ten years old": {"born_on": date(2016, 1, 5)},
    "on remand": {"legal_status": "REMAND", "convicted_status": "Remand"},
    "conviction not told": {"convicted_status": ""},
}

ODD: dict[str, tuple[dict[str, Any], list[str]]] = {
    "dead and inside": ({"legal_status": "DEAD"}, ["must dead_and_held"]),
    "a release code and inside": (
        {"movement_type": "REL", "movement_reason": "CR"},
        ["must released_and_inside"],
    ),
    "released long ago and still inside": (
        {"dates": {"CONFIRMED": "2026-02-01", "RELEASE": "2026-02-01"}},
        ["must confirmed_past_and_held", "must release_past_and_held"],
    ),
    "released long ago and out at court": (
        {"dates": {"RELEASE": "2026-02-01"}, "status": "ACTIVE OUT", "in_out": "OUT", "movement_type": "CRT"},
        ["must release_past_and_held"],
    ),
    "released before received": (
        {"dates": {"CONFIRMED": "2026-01-01", "RELEASE": "2026-01-02"}},
        [
            "must confirmed_past_and_held",
            "must release_past_and_held",
            "must confirmed_before_reception",
            "must release_before_reception",
            "should confirmed_not_release",
        ],
    ),
    "two release days": (
        {"dates": {"CONFIRMED": "2026-09-01", "RELEASE": "2026-09-02"}},
        ["should confirmed_not_release"],
    ),
    "licence and sentence over before release": (
        {"dates": {"RELEASE": "2026-09-02", "LED": "2026-09-01", "SED": "2026-08-01"}},
        ["should licence_ends_before_release", "should sentence_ends_before_release"],
    ),
    "received before birth": ({"born_on": date(2026, 2, 1)}, ["must received_before_birth"]),
    "received as a child": ({"born_on": date(2020, 2, 1)}, ["should received_as_a_child"]),
    "born in the future": (
        {"born_on": date(2026, 4, 1)},
        ["must received_before_birth", "must born_in_future"],
    ),
    "received in the future": (
        {"reception_on": date(2026, 4, 1), "movement_on": date(2026, 4, 1)},
        ["should received_in_future", "should moved_in_future"],
    ),
    "moved before received": ({"movement_on": date(2026, 1, 1)}, ["should moved_before_reception"]),
    "in and out": ({"in_out": "OUT"}, ["should in_and_out"]),
    "recalled and not on recall": ({"recall": True}, ["should recall_told_two_ways"]),
    "on recall and not recalled": ({"legal_status": "RECALL"}, ["should recall_told_two_ways"]),
    "convicted and on remand": ({"legal_status": "REMAND"}, ["should conviction_told_two_ways"]),
    "not convicted and sentenced": ({"convicted_status": "Remand"}, ["should conviction_told_two_ways"]),
    "inside no prison": ({"prison": ""}, ["should prison_not_told"]),
    "in a prison where nobody is held": ({"prison": "ZZGHI"}, ["should ghost_prison"]),
    "a day that stands for none": ({"dates": {"SED": "2099-01-01"}}, ["should too_far_off"]),
    "a day a lifetime off": ({"dates": {"SED": "2087-01-01"}}, ["should too_far_off"]),
}


@pytest.mark.parametrize("told", IN_ORDER.values(), ids=IN_ORDER)
def test_in_order(told: dict[str, Any]) -> None:
    assert flags(**told) == ()


@pytest.mark.parametrize(("told", "expected"), ODD.values(), ids=ODD)
def test_does_not_fit_together(told: dict[str, Any], expected: list[str]) -> None:
    assert [f"{flag.severity.value} {flag.key}" for flag in flags(**told)] == expected


def test_a_flag_names_its_fields_and_their_days() -> None:
    (flag,) = flags({"RELEASE": "2026-09-02", "LED": "2026-09-01"})
    assert flag.fields == ("LED", "RELEASE")
    assert dict(flag.params) == {"LED": "2026-09-01", "RELEASE": "2026-09-02"}


def test_a_day_far_off_is_flagged_by_its_own_name() -> None:
    flag, other = flags({"SED": "2099-01-01", "TUSED": "2199-01-01"})
    assert (flag.fields, dict(flag.params)) == (("SED",), {"SED": "2099-01-01"})
    assert other.fields == ("TUSED",)
