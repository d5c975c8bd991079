"""Two identities held beside one another: what agrees, what clashes, what says nothing."""

from datetime import date

import pytest

from tests.rules.linkage_people import CRN, LOCAL, NHS, OTHER_CRN, OTHER_NHS, PNC, PRISON, known
from throughgate.linkage.rules import BirthDates, Names, compare


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        pytest.param(date(1989, 5, 4), date(1989, 5, 4), BirthDates.same, id="the same day"),
        pytest.param(
            date(1989, 5, 4), date(1989, 4, 5), BirthDates.swapped, id="day and month the other way round"
        ),
        pytest.param(date(1989, 5, 4), date(1989, 5, 14), BirthDates.different, id="another day"),
        pytest.param(date(1989, 5, 4), date(1977, 5, 4), BirthDates.different, id="twelve years apart"),
        pytest.param(
            date(1989, 5, 4), date(1976, 5, 4), BirthDates.generation_apart, id="a generation apart"
        ),
        pytest.param(date(1989, 5, 4), None, BirthDates.unknown, id="missing on a side"),
        pytest.param(None, None, BirthDates.unknown, id="missing on both"),
    ],
)
def test_birth_dates_agree_or_say_how_they_do_not(
    ours: date | None, theirs: date | None, found: BirthDates
) -> None:
    assert compare(known(1, birth_date=ours), known(2, birth_date=theirs)).birth_date == found


@pytest.mark.parametrize(
    ("ours", "theirs", "aliases", "first", "last"),
    [
        pytest.param("Siân Lantern", "SIAN LANTERN", (), Names.same, Names.same, id="marks and capitals"),
        pytest.param("Dee Lantern", "Dee Candle", (), Names.same, Names.different, id="a married name"),
        pytest.param(
            "Dee Lantern", "Dawn Candle", (("Dee", "Wick"),), Names.alias, Names.different, id="an alias"
        ),
        pytest.param(
            "Dee Lantern", "Dawn Candle", (("Di", "Lantern"),), Names.different, Names.alias, id="another"
        ),
        pytest.param(
            "Dee Lantern", " Lantern", (("Dee", "Wick"),), Names.unknown, Names.same, id="a missing name"
        ),
    ],
)
def test_names_agree_by_themselves_or_through_an_alias(
    ours: str, theirs: str, aliases: tuple[tuple[str, str], ...], first: Names, last: Names
) -> None:
    found = compare(known(1, name=ours), known(2, name=theirs, aliases=aliases))
    assert (found.first_name, found.last_name) == (first, last)


def test_initials_say_nothing_about_names() -> None:
    found = compare(known(1, name="D L", initials_only=True), known(2, name="D L"))
    assert (found.first_name, found.last_name, found.initials_only) == (Names.unknown, Names.unknown, True)


def test_identifiers_agree_or_clash_system_by_system() -> None:
    found = compare(known(1, NHS, PNC, CRN, LOCAL), known(2, OTHER_NHS, PNC, PRISON, LOCAL))
    assert found.agreeing == {PNC}
    assert found.clashing == {"nhs"}


def test_one_number_in_common_is_enough_for_a_system_not_to_clash() -> None:
    assert compare(known(1, CRN, OTHER_CRN), known(2, CRN)).clashing == frozenset()
