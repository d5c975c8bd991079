"""Two sources that differ on a medicine: both are shown as they wrote it, and neither is chosen."""

from decimal import Decimal

import pytest

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import card
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
METHADONE = {"prescription_id": "P1", "medicine": "Methadone 1mg/ml oral solution", "dose_unit": "mg"}
LAST_DOSE = {"last_dose_at": "2026-11-08 08:30", "last_dose": ".5", "last_dose_unit": "mg"}


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


def medicines(hat: Hat) -> str:
    return card(words(signed_in(hat).get(address("person", hat, story.person()))), "medicines")


def tell(source: str, **cells: str) -> None:
    story.treated({**METHADONE, **cells}, source=source, as_at=story.noon(8))


def test_two_doses_stand_side_by_side_with_who_said_so_and_the_last_one_taken(nurse: Hat) -> None:
    tell("WELL", dose=".5", **LAST_DOSE)
    tell("PATH", dose="0.05", last_dose_at="2026-11-07", last_dose="0.05", last_dose_unit="mg")
    shown = medicines(nurse)
    for said in (
        "They differ on the dose.",
        "Organisation WELL: .5",
        "Organisation PATH: 0.05",
        "Last dose: .5 milligrams on Sun 8 Nov 2026, 08:30",
        "Last dose: 0.05 milligrams on Sat 7 Nov 2026, time not recorded",
    ):
        assert said in shown
    assert shown.count("told Sun 8 Nov 2026") == 2
    assert "used here" not in shown


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        pytest.param(".5", "0.5", False, id="a number written without its nought"),
        pytest.param("5.00", "5", False, id="noughts at the end"),
        pytest.param(".5", "5", True, id="a point that is easily missed"),
        pytest.param(".5", "0.05", True, id="a tenth of it"),
        pytest.param("0.1", "0.10000000000000001", True, id="more places than a float holds"),
    ],
)
def test_doses_are_compared_exactly(nurse: Hat, one: str, other: str, *, differ: bool) -> None:
    tell("WELL", dose=one)
    tell("PATH", dose=other)
    assert ("They differ on the dose." in medicines(nurse)) == differ


def test_another_unit_and_another_day_of_stopping_are_shown_too(nurse: Hat) -> None:
    tell("WELL", dose="5", prescription_ended_on="2026-11-06")
    tell("PATH", dose="5", dose_unit="ml")
    shown = medicines(nurse)
    assert "They differ on whether it was stopped." in shown
    assert "stopped Fri 6 Nov 2026" in shown
    tell("NIGH", dose="5")
    assert "They differ on the unit." in medicines(nurse)


def test_a_dose_is_kept_as_an_exact_decimal_beside_what_was_written() -> None:
    tell("WELL", dose=".5")
    tell("PATH", dose="0.05")
    kept = rows("SELECT dose_as_written, dose FROM treatment_prescription ORDER BY 1")
    assert kept == [(".5", Decimal("0.5")), ("0.05", Decimal("0.05"))]
