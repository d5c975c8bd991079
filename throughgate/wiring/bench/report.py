"""What was measured, as a table to read and as JSON to keep."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from throughgate.wiring.bench.lines import PROBES, Line


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One line or probe in one round. What could not be read is None."""

    value: float
    p95_ms: float | None = None  # with one client
    app_ms: float | None = None  # of processor, for each request or document
    database_ms: float | None = None
    bytes: int | None = None
    rss_mib: float | None = None
    errors: int = 0


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One line in every round, each beside its probe in the same round."""

    line: Line
    samples: Sequence[Sample]
    probes: Sequence[Sample]
    queries: int | None = None

    @property
    def ratios(self) -> list[float]:
        return [
            sample.value / probe.value if probe.value else 0.0
            for sample, probe in zip(self.samples, self.probes, strict=True)
        ]

    @property
    def is_met(self) -> bool:
        """Whether the floor is held, with no error on the way."""
        return self.line.is_met(median(self.ratios)) and not any(sample.errors for sample in self.samples)


@dataclass(frozen=True, kw_only=True)
class Report:
    """One run of the bench."""

    people: int
    entries: int
    rounds: int
    machine: dict[str, Any]
    idle_share: float | None  # before the run
    foreign_share: float | None  # of the processors, taken by others during the run
    loaded: list[dict[str, Any]] = field(default_factory=list)  # the kept database, file by file
    measured: Sequence[Measured] = ()


def plain(report: Report) -> dict[str, Any]:
    """The report as JSON holds it."""
    return {
        "people": report.people,
        "entries": report.entries,
        "rounds": report.rounds,
        "machine": report.machine,
        "idle_share": report.idle_share,
        "foreign_share": report.foreign_share,
        "loaded": report.loaded,
        "lines": [_plain(each) for each in report.measured],
    }


def _plain(measured: Measured) -> dict[str, Any]:
    line, samples = measured.line, measured.samples
    return {
        "name": line.name,
        "what": line.what,
        "unit": line.unit,
        "value": _spread([sample.value for sample in samples]),
        "probe": line.probe,
        "probe_value": _spread([probe.value for probe in measured.probes]),
        "ratio": _spread(measured.ratios),
        "floor": line.floor,
        "aim": line.aim,
        "less_is_better": line.less_is_better,
        "is_met": measured.is_met,
        "p95_ms": _median([sample.p95_ms for sample in samples]),
        "app_ms": _median([sample.app_ms for sample in samples]),
        "database_ms": _median([sample.database_ms for sample in samples]),
        "queries": measured.queries,
        "bytes": _median([sample.bytes for sample in samples]),
        "rss_mib": _median([sample.rss_mib for sample in samples]),
        "errors": sum(sample.errors for sample in samples),
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": median(values), "min": min(values), "max": max(values)}


def _median(values: Sequence[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return median(told) if told else None


HEADINGS = ("line", "measured", "probe", "ratio", "floor", "aim", "p95 ms", "CPU ms", "queries", "kB", "")


def table(report: Report) -> str:
    """The lines under their headings, and below what each probe is and how quiet the machine was."""
    rows = [HEADINGS, *(_row(_plain(each)) for each in report.measured)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in [*lines, "", *_notes(report)])


def _row(plain: dict[str, Any]) -> tuple[str, ...]:
    sign = "<=" if plain["less_is_better"] else ">="
    cpu = [plain["app_ms"], plain["database_ms"]]
    return (
        plain["name"],
        f"{_told(plain['value'])} {plain['unit']}",
        f"{plain['probe']} {_told(plain['probe_value'])}",
        _told(plain["ratio"]),
        f"{sign} {plain['floor']:g}",
        f"{plain['aim']:g}",
        _number(plain["p95_ms"]),
        " + ".join(map(_number, cpu)) if any(cpu) else "",
        _number(plain["queries"]),
        _number(plain["bytes"] / 1000) if plain["bytes"] else "",
        "met" if plain["is_met"] else "SHORT" if not plain["errors"] else f"{plain['errors']} ERRORS",
    )


def _told(spread: dict[str, float]) -> str:
    middle, least, most = (_number(spread[name]) for name in ("median", "min", "max"))
    return f"{middle} [{least}-{most}]"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _notes(report: Report) -> list[str]:
    used = dict.fromkeys(each.line.probe for each in report.measured)
    notes = [f"{name}: {PROBES[name]}." for name in used]
    notes.append(
        f"{report.people:,} people with {report.entries:,} entries; {report.rounds} rounds, of which each"
        " figure is the median [least-most]."
    )
    notes += [
        f"Brought in: {each['read']:,} rows of {each['format']} in {each['files']:,} files;"
        f" {each['entries']:,} entries in {_number(each['seconds'])} s."
        for each in report.loaded
        if "format" in each
    ]
    most = max((sample.rss_mib or 0 for each in report.measured for sample in each.samples), default=0)
    if most:
        notes.append(f"An import held at most {most:,.0f} MiB of memory.")
    if report.idle_share is not None and report.foreign_share is not None:
        notes.append(
            f"The machine was {report.idle_share:.0%} idle before the run; others took"
            f" {report.foreign_share:.0%} of it meanwhile."
        )
    return notes
