"""The database of the bench: loaded once by the importer itself, kept until tables or documents change."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from throughgate.foundation.errors import Refused
from throughgate.wiring import templates
from throughgate.wiring.bench import children, documents
from throughgate.wiring.bench.taking_in import PRISON
from throughgate.wiring.cluster import Cluster
from throughgate.wiring.places import VAR

SEED = 1
FILE_OF = 85_000  # everybody in the prisons of England and Wales at once
TOLD_OFTEN = 40  # people of one prison about whom there is a word every day
EXTRACTS = 75  # of those, so that each has some 300 entries
SCRATCH = "tg_bench_scratch"


@dataclass(frozen=True)
class Kept:
    """A loaded database, and what loading it took, file by file or format by format."""

    name: str
    loaded: list[dict[str, Any]]
    people: int
    prison: str = PRISON  # whose worker asks for pages


def population(own: Cluster, folder: Path) -> Kept:
    """What a folder of `./tg population` holds, brought in once by the backlog.

    Raises: Refused where it is no such folder; ChildFailed for an extract that cannot be read to its end.
    """
    listed = folder / "extracts.csv"
    if not listed.is_file():
        raise Refused(f"There is no file {listed}. ./tg population writes such a folder.")
    made_of = templates.fingerprint(templates.migration_files()), sha256(listed.read_bytes()).hexdigest()[:12]
    name = "_".join(("tg_bench_population", *made_of))
    notes = VAR / "bench" / f"{name}.json"
    if not templates.exists(own, name):
        print(f"Bringing in {folder}, once ...", file=sys.stderr)
        templates.ensure(
            own,
            name,
            base=templates.migrated(own),
            fill=lambda unfinished: _bring_in(own, unfinished, folder, notes),
        )
        templates.drop_others(own, prefix="tg_bench_population", keep=name)
    return Kept(name=name, **json.loads(notes.read_text()))


def _bring_in(own: Cluster, name: str, folder: Path, notes: Path) -> None:
    brought_in = children.run(own, name, "worker", "bringing_in", str(folder.resolve()))
    _settle(own, name, notes, brought_in)


def _settle(own: Cluster, name: str, notes: Path, told: Any) -> None:
    with own.superuser(name) as connection:
        connection.execute("VACUUM ANALYZE")
    notes.parent.mkdir(parents=True, exist_ok=True)
    notes.write_text(json.dumps(told))


def provide(own: Cluster, *, people: int) -> Kept:
    """Made where it is not there yet, which takes some minutes for each 100,000 people."""
    made_of = templates.fingerprint([*templates.migration_files(), Path(documents.__file__)])
    prefix = f"tg_bench_{people}_"
    name = prefix + made_of
    notes = VAR / "bench" / f"{name}.json"
    if not templates.exists(own, name):
        print(f"Loading {people:,} invented people, once; the importer does it ...", file=sys.stderr)
        migrated = templates.migrated(own)
        templates.ensure(
            own, name, base=migrated, fill=lambda unfinished: _load(own, unfinished, people, notes)
        )
        templates.drop_others(own, prefix=prefix, keep=name)
    return Kept(name, json.loads(notes.read_text()) if notes.exists() else [], people)


@contextmanager
def scratch(own: Cluster) -> Iterator[str]:
    """A database with tables and nothing in it, thrown away afterwards."""
    templates.copy(own, templates.migrated(own), to=SCRATCH)
    yield SCRATCH
    templates.drop_others(own, prefix=SCRATCH, keep="")


def _load(own: Cluster, name: str, people: int, notes: Path) -> None:
    with folder() as where:
        extracts = [*_files(where, people), *_histories(where, people)]
        taken = children.run(own, name, "worker", "taking_in", json.dumps(extracts))
    _settle(own, name, notes, taken[: -(-people // FILE_OF)])


@contextmanager
def folder() -> Iterator[Path]:
    """For files of invented people; gone afterwards."""
    (VAR / "bench").mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=VAR / "bench") as where:
        yield Path(where)


def _files(where: Path, people: int) -> Iterator[tuple[str, str]]:
    for first in range(0, people, FILE_OF):
        file = where / f"from_{first}.json"
        numbers = range(first, min(first + FILE_OF, people))
        documents.write(documents.documents(numbers, seed=SEED), file)
        yield os.fspath(file), documents.FIRST_DAY.isoformat()


def _histories(where: Path, people: int) -> Iterator[tuple[str, str]]:
    """The same few people again on the days that follow, changed every day."""
    inside = (
        number
        for number, document in enumerate(documents.documents(range(people), seed=SEED))
        if document["prisonId"] == PRISON
    )
    numbers = list(islice(inside, TOLD_OFTEN))
    for extract in range(1, EXTRACTS + 1):
        file = where / f"day_{extract}.json"
        told = documents.changed(numbers, seed=SEED, extract=extract, share=1.0)
        documents.write(told, file)
        yield os.fspath(file), day(extract).isoformat()


def day(extract: int) -> date:
    """When an extract was true."""
    return documents.FIRST_DAY + timedelta(days=extract)
