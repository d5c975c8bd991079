"""Words that come in the wrong order: the newest holds, and the older one is kept and shown as such.

`test_import_order` tries every order of many extracts; here is what a worker reads.
"""

from typing import Any

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.pathway import queries as pathway
from throughgate.pathway.rules import Shape
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
SENTENCED = {"legalStatus": "SENTENCED", "imprisonmentStatus": "SENT"}
BOOKED = {"attendance_id": "A1", "attendance_at": "2026-11-20 10:00", "attendance_kind": "First appointment"}


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


def look(hat: Hat, page: str = "person", *rest: object) -> str:
    return words(signed_in(hat).get(address(page, hat, story.person(), *rest)))


def told(day: str, *, on: int) -> None:
    """The prison says on that day of November when she leaves."""
    story.bring_in(story.document(**SENTENCED, conditionalReleaseDate=day), as_at=story.noon(on))


def test_an_older_release_date_that_comes_late_is_shown_as_replaced(nurse: Hat) -> None:
    told("2027-03-04", on=3)
    told("2026-12-03", on=8)
    told("2027-01-07", on=5)  # sent before the one above, and late
    page = look(nurse)
    assert "Leaves Thu 3 Dec (was Thu 7 Jan 2027)" in page
    assert "Conditional release date: Thu 7 Jan 2027" in page
    assert "replaced since" in page
    plan = pathway.plan(story.opens(nurse, story.person(), at=story.noon(9)))
    assert plan is not None
    assert (str(plan.leaves_on), str(plan.was_leaving_on)) == ("2026-12-03", "2027-01-07")


def test_a_release_from_before_the_recall_that_comes_late_lets_nobody_out(nurse: Hat) -> None:
    recalled: dict[str, Any] = {"legalStatus": "RECALL", "imprisonmentStatus": "FTR_ORA", "recall": True}
    back = {
        **recalled,
        "bookingId": "1200002",
        "receptionDate": "2026-11-06",
        "lastMovementDate": "2026-11-06",
    }
    told("2026-11-03", on=2)
    story.bring_in(story.document(**back), as_at=story.noon(7))
    story.bring_in(story.released(), as_at=story.noon(4))  # on the third, told late
    page = look(nurse)
    assert "Back in custody on recall" in page
    assert "Released" in page  # in the timeline, where it happened
    plan = pathway.plan(story.opens(nurse, story.person(), at=story.noon(9)))
    assert plan is not None
    assert (plan.shape, plan.left_on) == (Shape.RECALL, None)


def test_a_booking_told_after_its_cancellation_does_not_bring_the_appointment_back(nurse: Hat) -> None:
    told("2026-12-03", on=2)
    story.treated({**BOOKED, "attendance_outcome": "cancelled_by_service"}, as_at=story.noon(6))
    story.treated(BOOKED, as_at=story.noon(3))
    page = look(nurse)
    assert page.count("First appointment. Cancelled by the service.") == 1
    assert "Not known yet what became of it" not in page
    versions = look(nurse, "history", story.an_entry(source="PATH", kind="attendance"))
    assert versions.index("Cancelled by the service") < versions.index("Not known yet what became of it")
