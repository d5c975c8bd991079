"""What they had before custody, on the record: each thing with who says so, and three kinds of nothing."""

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import card
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.needs import Before
from throughgate.record.rules import Form
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> Hat:
    """A worker of the prison, on the ninth."""
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())
    return story.worker()


def had(hat: Hat, before: Before) -> None:
    permit = story.opens(hat, story.person(), at=story.noon(9))
    assessment.record_before(permit, before, at=permit.at, form=Form("k1"))


def page(hat: Hat, query: str = "") -> str:
    return words(signed_in(hat).get(address("person", hat, story.person()) + query))


def panel(hat: Hat, query: str = "") -> str:
    return card(page(hat, query), "before")


def test_what_was_recorded_stands_with_who_said_so_and_when(ravi: Hat) -> None:
    had(ravi, Before(topic="keyworker", had=True, who="Tess Umbra", reach="01632 960001"))
    assert (
        "Keyworker Tess Umbra. 01632 960001. Moorland (HMP & YOI),"
        " said by hand by A prison recovery worker, Mon 9 Nov 2026, 12:00" in panel(ravi)
    )


def test_none_not_recorded_and_not_shared_are_three_answers(ravi: Hat) -> None:
    had(ravi, Before(topic="gp", had=False))
    mine, officers = panel(ravi), panel(story.worker("prison_officer"))
    assert ("GP They had none." in mine, "Tenancy Not recorded" in mine) == (True, True)
    assert ("GP Not shared with you" in officers, "Tenancy Not recorded" in officers) == (True, True)


def test_what_is_not_recorded_leads_to_its_sheet_for_who_writes_it(ravi: Hat) -> None:
    url = f"{address('sheet', ravi, story.person(), 'before')}?topic=gp"
    assert url in page(ravi)
    officer = story.worker("prison_officer")
    assert "?topic=gp" not in page(officer)
    assert 'value="gp" checked' in words(signed_in(ravi).get(url))


def test_what_was_prescribed_outside_before_custody_counts_too(ravi: Hat) -> None:
    told = {"prescription_id": "P1", "medicine": "Methadone", "dose": "60", "dose_unit": "ml"}
    story.treated({**told, "prescribed_from": "2026-09-01"}, source="PATH")
    assert "Prescription and prescriber Methadone 60 millilitres" in panel(ravi)
    assert "Organisation PATH, told Mon 2 Nov 2026" in panel(ravi)


def test_what_was_prescribed_since_is_not_from_before(ravi: Hat) -> None:
    told = {"prescription_id": "P1", "medicine": "Methadone", "dose": "60", "dose_unit": "ml"}
    story.treated({**told, "prescribed_from": "2026-11-01"}, source="PATH")
    assert "Prescription and prescriber Not recorded" in panel(ravi)


def test_nothing_is_asked_about_before_custody_of_somebody_who_was_never_inside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.treated({"EPISODID": "E1", "REFLD": "2026-10-01", "TRIAGED": "2026-10-02"}, source="PATH")
    prescriber = story.worker("community_prescriber", "PATH")
    person_id = story.person(source="PATH")
    assert 'id="before"' not in words(signed_in(prescriber).get(address("person", prescriber, person_id)))
