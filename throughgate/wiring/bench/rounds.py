"""A run: rounds in which every line is measured beside its probe, so that a busy machine slows both."""

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from throughgate.wiring.bench import kept, machine, measures
from throughgate.wiring.bench.kept import Kept
from throughgate.wiring.bench.lines import Line
from throughgate.wiring.bench.measures import Effort, Measure, Visit
from throughgate.wiring.bench.report import Measured, Report, Sample
from throughgate.wiring.cluster import Cluster

IMPORTS = frozenset({"import_first", "import_changed", "import_same"})
ALONE = frozenset(measures.ALONE)
COLD = frozenset({"migrate", "start"})
OF_ANYBODY = frozenset({"record_50", "record_300", "today", "everyone", "search", "save_note", "sign_in"})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to measure, and how thoroughly."""

    lines: Sequence[Line]
    people: int
    rounds: int
    effort: Effort
    population: Path | None = None  # a folder of extracts, instead of the bench's own people


@dataclass
class _Meanwhile:
    """What others took of the processors since it began."""

    began: machine.Spent | None = field(default_factory=lambda: machine.spent() if machine.tells() else None)
    own: float = field(default_factory=machine.own_seconds)

    def foreign_share(self, database_seconds: float) -> float | None:
        if self.began is None:
            return None
        now = machine.spent()
        busy, idle = now.busy - self.began.busy, now.idle - self.began.idle
        ours = machine.own_seconds() - self.own + database_seconds
        return max(0.0, (busy - ours) / (busy + idle)) if busy + idle else 0.0


def run(own: Cluster, wanted: Wanted) -> Report:
    """Measure everything wanted, and say how quiet it was."""
    names = {line.name for line in wanted.lines}
    database = _database(own, wanted) if names - IMPORTS else None
    idle_share = machine.idle_share()
    postgres = measures.postmaster(own)
    meanwhile, spent = _Meanwhile(), machine.seconds_of(machine.with_children(postgres))
    visit = measures.visit(own, database.name, prison=database.prison) if database else None
    with ExitStack() as stack:
        taking: list[Measure] = []
        scratch = stack.enter_context(kept.scratch(own)) if names & (IMPORTS | ALONE) else ""
        if names & IMPORTS:
            taking.append(measures.importing(own, scratch, wanted.effort))
        if database and (by_itself := [line for line in wanted.lines if line.name in ALONE]):
            taking.append(measures.alone(own, database.name, scratch, by_itself, wanted.effort))
        pages = [line for line in wanted.lines if line.name not in IMPORTS | ALONE | COLD]
        if database and visit and pages:
            site = measures.visiting(own, database.name, visit, pages, wanted.effort)
            taking.append(stack.enter_context(site))
        if database and visit and names & COLD:
            taking.append(measures.cold(own, database.name, visit))
        samples = _samples(taking, wanted.rounds)
    database_seconds = machine.seconds_of(machine.with_children(postgres)) - spent
    return Report(
        people=database.people if database else wanted.effort.documents * wanted.rounds,
        entries=visit.entries if visit else 0,
        rounds=wanted.rounds,
        machine=machine.description(),
        idle_share=idle_share,
        foreign_share=meanwhile.foreign_share(database_seconds),
        loaded=database.loaded if database else [],
        measured=[_measured(line, samples, visit) for line in wanted.lines],
    )


def _database(own: Cluster, wanted: Wanted) -> Kept:
    if wanted.population:
        return kept.population(own, wanted.population)
    return kept.provide(own, people=wanted.people)


def _samples(taking: Sequence[Measure], rounds: int) -> dict[str, list[Sample]]:
    samples: dict[str, list[Sample]] = defaultdict(list)
    for number in range(rounds):
        began = time.monotonic()
        for measure in taking:
            for name, sample in measure(number).items():
                samples[name].append(sample)
        print(
            f"Round {number + 1} of {rounds}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True
        )
    return samples


def _measured(line: Line, samples: dict[str, list[Sample]], visit: Visit | None) -> Measured:
    return Measured(
        line=line,
        samples=samples[line.name],
        probes=samples.get(measures.beside(line)) or samples[line.probe],
        queries=visit.queries.get(line.name) if visit else None,
    )
