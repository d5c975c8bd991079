"""The places of organisations: brought in by file, found by name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests import story
from throughgate.directory import actions, place_file, places
from throughgate.directory.rules import State
from throughgate.foundation.errors import Refused
from throughgate.wiring.console import organising

pytestmark = pytest.mark.django_db
HEAD = ",".join(place_file.COLUMNS)
MILL = (
    "PATH,MILL,Pathlight Recovery,Golau Llwybr,12 Mill Lane,ZZ99 3VZ,01632 960001,yes,no,mon-fri 09:00-17:00,"
)


@pytest.fixture
def bring_in(tmp_path: Path) -> Callable[..., int]:
    story.organisation("PATH")
    story.organisation("HARB", "womens_service")
    path = tmp_path / "places.csv"

    def bring_in(*lines: str) -> int:
        path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
        return organising.put_places(path)

    return bring_in


def test_a_place_is_found_by_its_name_in_either_language_and_by_code(bring_in: Callable[..., int]) -> None:
    bring_in(MILL)
    asked = ["  pathlight   RECOVERY ", "golau llwybr", "mill", "somewhere else"]
    found = places.named(asked)
    assert {name: place.code for name, place in found.items()} == dict.fromkeys(asked[:3], "MILL")
    assert found["mill"].address == ("12 Mill Lane", "ZZ99 3VZ")
    assert found["mill"].organisation_kind == "community_treatment"


def test_finding_many_is_one_query(bring_in: Callable[..., int], django_assert_num_queries: Callable) -> None:  # type: ignore[type-arg]
    bring_in(MILL)
    with django_assert_num_queries(1):
        places.named([f"place {number}" for number in range(50)] + ["mill"])


def test_a_name_that_two_places_have_finds_neither(bring_in: Callable[..., int]) -> None:
    bring_in(MILL, MILL.replace("MILL,", "HIGH,").replace("12 Mill Lane", "1 High Street"))
    found = places.named(["Pathlight Recovery", "HIGH"])
    assert {name: place.code for name, place in found.items()} == {"HIGH": "HIGH"}


def test_a_name_that_a_protected_place_has_finds_that_so_that_it_is_not_printed(
    bring_in: Callable[..., int],
) -> None:
    hidden = MILL.replace(",yes,no,", ",no,yes,")
    bring_in(hidden, MILL.replace("MILL,", "HIGH,"), MILL.replace("MILL,", "LAST,"))
    assert places.named(["Pathlight Recovery"])["Pathlight Recovery"].code == "MILL"


def test_the_phone_of_a_protected_place_is_not_given_out(bring_in: Callable[..., int]) -> None:
    bring_in(MILL.replace(",yes,no,", ",yes,yes,"))
    assert places.answered([story.organisation("PATH").id]) == []


def test_a_file_brings_a_place_up_to_date(bring_in: Callable[..., int]) -> None:
    bring_in(MILL)
    bring_in(MILL.replace("12 Mill Lane", "1 High Street").replace("PATH,", "HARB,"))
    place = places.named(["mill"])["mill"]
    assert place.address == ("1 High Street", "ZZ99 3VZ")
    assert place.organisation_kind == "womens_service"


def test_of_a_file_that_names_nobody_we_know_nothing_comes_in(bring_in: Callable[..., int]) -> None:
    with pytest.raises(Refused, match="Line 3: there is no organisation with the code NOBO"):
        bring_in(MILL, MILL.replace("PATH,MILL", "NOBO,HIGH"))
    assert places.named(["mill"]) == {}


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.xlsx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(Refused, match="must be a CSV file in UTF-8"):
        organising.put_places(path)


def test_phones_that_are_always_answered(bring_in: Callable[..., int]) -> None:
    bring_in(MILL, MILL.replace("MILL,", "HIGH,").replace(",yes,", ",no,"))
    path, harbour = story.organisation("PATH"), story.organisation("HARB", "womens_service")
    assert [place.code for place in places.answered([path.id, harbour.id])] == ["MILL"]
    assert places.answered([harbour.id]) == []


def test_whether_a_place_is_open_goes_by_the_bank_holidays_of_its_nation(
    bring_in: Callable[..., int],
) -> None:
    bring_in(MILL)
    mill = places.named(["mill"])["mill"]
    assert places.open_on(mill, date(2026, 12, 3)).state is State.OPEN
    assert places.open_on(mill, date(2026, 12, 25)).state is State.NOT_KNOWN


def test_pharmacies_are_offered_by_name_and_none_that_is_protected(bring_in: Callable[..., int]) -> None:
    story.organisation("PHAR", "pharmacy")
    bring_in(MILL, MILL.replace("PATH,MILL,Pathlight Recovery", "PHAR,CORN,Corner Pharmacy"))
    assert places.pharmacies() == ["Corner Pharmacy"]
    bring_in(
        MILL.replace("PATH,MILL,Pathlight Recovery", "PHAR,CORN,Corner Pharmacy").replace(
            ",no,mon", ",yes,mon"
        )
    )
    assert places.pharmacies() == []


def test_nothing_comes_of_nothing() -> None:
    actions.put_places([], at=story.NOON)
    assert places.named([]) == {}
    assert places.answered([]) == []
