"""What the stories of the demo promise by themselves, without a database."""

from datetime import date
from pathlib import Path

import pytest

from tests.database import DEMO_DAY
from throughgate.exchange import formats
from throughgate.exchange.inbound.rows import Reject
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.people.rules import State, System, read_identifier
from throughgate.wiring.console import organising
from throughgate.wiring.demo import nights, stories
from throughgate.wiring.demo.stories import Story


def everybody() -> tuple[Story, ...]:
    return stories.everybody()


def test_every_number_is_well_formed_and_plainly_invented() -> None:
    real = {row["code"] for row in code_set("prisons").rows}
    assert real.isdisjoint(row["code"] for row in stories.rows("organisations"))
    for story in everybody():
        for system, written in story.numbers.items():
            number = read_identifier(
                System(system), written, placeholders=frozenset(), pivot_year=DEMO_DAY.year
            )
            assert number is not None
            assert number.state is State.checked or story.key == "nobody", written
            assert system != "nhs" or written.startswith("999")
            assert system != "prison" or written.endswith("ZZ") or story.key == "nobody"


def test_every_place_is_of_a_kind_that_could_be_added_by_hand() -> None:
    assert {row["kind"] for row in stories.rows("organisations")} <= set(organising.kinds())


def test_a_number_is_one_persons() -> None:
    given = [(system, value) for story in everybody() for system, value in story.numbers.items()]
    shared = {number for number in given if given.count(number) > 1}
    assert shared == {("pnc", "2004/0000106A")}  # typed on the father's row


def test_every_word_is_told_by_a_place_there_is_and_before_today() -> None:
    places = {row["code"] for row in stories.rows("organisations")}
    for story in everybody():
        words = [*story.prison, *story.treatment, *story.event, *story.listed]
        assert {word.by for word in words} <= places, story.key
        assert all(word.day < 0 for word in words), story.key
        for place in places:
            told = [word.day for word in words if word.by == place]
            assert told == sorted(told), f"{story.key}: {place} tells a later day first"


@pytest.mark.parametrize(
    "today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 3, 30), date(2026, 10, 26)]
)
def test_every_extract_can_be_read_whatever_day_it_is(today: date, tmp_path: Path) -> None:
    for night in nights.all_nights(today):
        path = tmp_path / night.file_name
        nights.write(night, path, today)
        with path.open("rb") as file:
            rows = list(formats.named(night.format).read(file, as_at=night.as_at))
        assert {row.as_written for row in rows if isinstance(row, Reject)} <= {"NOT KNOWN"}
        assert night.as_at < clock.start_of(today)
