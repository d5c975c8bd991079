"""Which columns are personal, and how each is scrubbed when an installation is copied for testing.

The declarations are data/personal_columns.csv, one row for each column of each table, those of libraries too.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from django.apps import apps

from throughgate.foundation.codesets import DATA
from throughgate.wiring.reference import guards

FILE = DATA / "personal_columns.csv"
Column = tuple[str, str]  # table and column

PERSONAL = {
    "yes": "says something about a person of the record, or about a worker",
    "key": "leads to one of them: an id, a number, or something only one of them has",
    "no": "neither",
}
SCRUB = {
    "kept": "copied as it is; of a personal column only a yes or no, a figure, or an organisation",
    "kept if known": "copied where our tables or the program know the code; another one is invented",
    "moved": "a day or moment, moved for each person by a number of days that is drawn and then forgotten",
    "invented": "something invented of the same kind, the same wherever the same stood",
    "renumbered": "another id, the same wherever the same stood",
    "blanked": "emptied",
    "made again": "worked out from what was copied, as it is each night",
    "left out": "no row of the table is copied",
}
FIT = {
    "yes": set(SCRUB),
    "key": set(SCRUB) - {"kept"},
    "no": {"kept", "blanked", "made again", "left out"},
}


class Declaration(NamedTuple):
    personal: str  # yes, key, no
    scrub: str


@cache
def declared() -> Mapping[Column, Declaration]:
    """What the file says of each column; of a column that stands twice, what it says last."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (row["table"], row["column"]): Declaration(row["personal"], row["scrub"])
            for row in csv.DictReader(lines, strict=True)
        }


def columns() -> set[Column]:
    """Every column there is, by the models and by the migrations that add one by hand."""
    models = apps.get_models(include_auto_created=True)
    own = {
        (each._meta.db_table, field.attname) for each in models for field in each._meta.local_concrete_fields
    }
    return own | guards.columns_beside_models().keys()


def problems(said: Mapping[Column, Declaration], wanted: Iterable[Column]) -> list[str]:
    """In what the declarations fall short of the columns there are."""
    wanted = set(wanted)
    found = [f"does not say whether {_name(column)} is personal." for column in wanted - said.keys()]
    found += [f"speaks of {_name(column)}, which is no more." for column in said.keys() - wanted]
    found += [
        f"says {each.personal} and {each.scrub} of {_name(column)}, which do not go together."
        for column, each in said.items()
        if each.scrub not in FIT.get(each.personal, ())
    ]
    return sorted(f"data/{FILE.name} {problem}" for problem in found)


def _name(column: Column) -> str:
    return ".".join(column)
