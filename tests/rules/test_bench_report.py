"""The bench's report is well formed. How fast anything was is never asserted: machines differ."""

import json
from dataclasses import replace

import pytest

from throughgate.wiring.bench import documents
from throughgate.wiring.bench.lines import LINES, PROBES, Line, chosen
from throughgate.wiring.bench.report import Measured, Report, Sample, plain, table

PAGE, STARTING = chosen(["record_50"])[0], chosen(["start"])[0]


def measured(line: Line, *ratios: float, errors: int = 0) -> Measured:
    return Measured(
        line=line,
        samples=[Sample(value=1000 * ratio, p95_ms=20.0, app_ms=8.5, errors=errors) for ratio in ratios],
        probes=[Sample(value=1000) for _ in ratios],
        queries=14,
    )


def report(*lines: Measured) -> Report:
    return Report(
        people=20_000,
        entries=200_000,
        rounds=3,
        machine={"processors": 2},
        idle_share=0.97,
        foreign_share=0.012,
        measured=lines,
    )


def test_every_line_has_a_name_of_its_own_and_a_probe_that_is_described() -> None:
    assert len({line.name for line in LINES}) == len(LINES)
    assert {line.probe for line in LINES} == set(PROBES)


def test_an_aim_asks_more_than_its_floor() -> None:
    for line in LINES:
        assert line.is_met(line.aim)


def test_lines_are_chosen_by_name_and_none_named_means_all() -> None:
    assert [line.name for line in chosen(["start", "record_50"])] == ["record_50", "start"]
    assert chosen([]) == LINES


@pytest.mark.parametrize(
    ("line", "ratios", "is_met"),
    [
        pytest.param(PAGE, (0.05, 0.2, 0.3), True, id="the median round decides"),
        pytest.param(PAGE, (0.05, 0.06, 0.3), False, id="one fast round is not enough"),
        pytest.param(PAGE, (PAGE.floor,), True, id="the floor itself holds"),
        pytest.param(STARTING, (2.0, 3.0, 99.0), True, id="less is better for a time"),
        pytest.param(STARTING, (99.0, 99.0, 1.0), False, id="a slow start falls short"),
    ],
)
def test_a_floor_is_held_by_the_median_of_the_rounds(
    line: Line, ratios: tuple[float, ...], *, is_met: bool
) -> None:
    assert measured(line, *ratios).is_met == is_met


def test_a_page_that_fails_holds_no_floor_however_fast() -> None:
    assert not measured(PAGE, 0.9, errors=1).is_met


def test_a_report_is_json_with_the_spread_of_every_figure() -> None:
    found = json.loads(json.dumps(plain(report(measured(PAGE, 0.1, 0.3, 0.2)))))
    (line,) = found["lines"]
    assert line["value"] == {"median": 200, "min": 100, "max": 300}
    assert line["ratio"] == {"median": 0.2, "min": 0.1, "max": 0.3}
    assert (line["queries"], line["p95_ms"], line["app_ms"], line["database_ms"]) == (14, 20.0, 8.5, None)
    assert found["machine"] == {"processors": 2}


def test_a_table_names_each_line_its_probe_and_how_quiet_it_was() -> None:
    shown = table(report(measured(PAGE, 0.1), measured(STARTING, 99.0), measured(PAGE, 0.1, errors=2)))
    rows = shown.splitlines()
    assert rows[1].split()[0] == "record_50"
    assert rows[1].endswith("met")
    assert rows[2].endswith("SHORT")
    assert rows[3].endswith("2 ERRORS")
    assert "97% idle before the run; others took 1% of it" in shown
    assert all(len(row) <= 200 for row in rows)


def test_of_a_population_the_table_says_what_bringing_it_in_took() -> None:
    brought_in = {"format": "treatment", "files": 2, "read": 1400, "entries": 1700, "seconds": 3.2}
    shown = table(replace(report(measured(PAGE, 0.1)), loaded=[brought_in]))
    assert "Brought in: 1,400 rows of treatment in 2 files; 1,700 entries in 3.2 s." in shown


def test_a_document_is_the_same_whenever_it_is_invented() -> None:
    first = list(documents.documents(range(50), seed=1))
    assert first == list(documents.documents(range(50), seed=1))
    assert first != list(documents.documents(range(50), seed=2))
    assert len({document["prisonerNumber"] for document in first}) == 50


def test_of_a_later_extract_about_the_share_asked_for_has_changed() -> None:
    first = list(documents.documents(range(2000), seed=1))
    later = list(documents.changed(range(2000), seed=1, extract=1, share=0.02))
    changed = sum(before != after for before, after in zip(first, later, strict=True))
    assert 20 <= changed <= 60
