"""The forms that people are asked, read from data/instruments, checked on first use and then kept.

A folder `<code>/<version>` is one version of one form: `instrument.toml`, and a file for each topic. What
forms share stands beside them: concepts, sets of answers, and what the licences allow.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from throughgate.assessment.rules import checking
from throughgate.assessment.rules.checking import Licence
from throughgate.assessment.rules.shapes import (
    Band,
    Choice,
    Concept,
    Condition,
    Cut,
    Instrument,
    Period,
    Question,
    Scoring,
    Stage,
    Topic,
)
from throughgate.foundation.codesets import DATA, code_set

INSTRUMENTS = DATA / "instruments"
Table = dict[str, Any]  # as TOML has it


class InstrumentError(Exception):
    """A form is missing or malformed, or may not be shipped: a fault in the delivery."""


@cache
def instrument(code: str, version: str, *, folder: Path = INSTRUMENTS) -> Instrument:
    """One version, for ever: answers are pinned to it.

    Raises:
        InstrumentError: there is none, it is malformed, or its licence forbids what it holds.
    """
    licence = licences(folder=folder).get(code)
    if licence is None:
        raise InstrumentError(f"{code}: say in licences.csv what its licence allows, and where that is said.")
    if version not in versions(folder=folder).get(code, ()):
        raise InstrumentError(f"{licence.title} has no version called {version}.")
    made = _made(licence, version, folder)
    problems = checking.problems(made, concepts(folder=folder), licence)
    if problems:
        raise InstrumentError(f"{code} {version}:\n" + "\n".join(problems))
    return made


def newest(code: str, *, folder: Path = INSTRUMENTS) -> Instrument:
    """The version that is asked now."""
    return instrument(code, versions(folder=folder).get(code, ("",))[-1], folder=folder)


def every(*, folder: Path = INSTRUMENTS) -> list[Instrument]:
    """Each version of each form, the standard assessment first."""
    found = versions(folder=folder)
    return [instrument(code, version, folder=folder) for code in found for version in found[code]]


def unlike_shipped(*, folder: Path = INSTRUMENTS) -> list[str]:
    """Versions that are not as they were when answers were first pinned to them: a sentence for each."""
    return checking.unlike_shipped(every(folder=folder), _read(folder / "shipped.toml"))


@cache
def versions(*, folder: Path = INSTRUMENTS) -> Mapping[str, tuple[str, ...]]:
    """The versions of each form, oldest first; forms in the order of their licences."""
    return {
        code: tuple(sorted((each.name for each in (folder / code).iterdir()), key=int))
        for code in licences(folder=folder)
        if (folder / code).is_dir()
    }


@cache
def concepts(*, folder: Path = INSTRUMENTS) -> Mapping[str, Concept]:
    return {
        row["code"]: Concept(
            code=row["code"],
            label=row["label"],
            category=row["category"],
            stale_after_days=int(row["stale_after_days"]),
            afresh=row["afresh"] == "yes",
        )
        for row in code_set("concepts", folder=folder).rows
    }


@cache
def licences(*, folder: Path = INSTRUMENTS) -> Mapping[str, Licence]:
    """Of every form that was looked at, also of those that may not be shipped."""
    return {
        row["code"]: Licence(
            code=row["code"],
            title=row["title"],
            licence=row["licence"],
            rights=row["rights"],
            why=row["why"],
            notice=row["notice"],
        )
        for row in code_set("licences", folder=folder).rows
    }


def _made(licence: Licence, version: str, folder: Path) -> Instrument:
    place = folder / licence.code / version
    said = _read(place / "instrument.toml")
    try:
        topics = tuple(_topic(name, place / f"{name}.toml", folder) for name in said.pop("topics"))
        return Instrument(
            code=licence.code,
            version=version,
            period=Period(**_sets(said.pop("period"), "before_custody_in")),
            stages=_stages(said.pop("stages", {})),
            scoring=_scoring(said.pop("scoring", None)),
            licence=licence.licence,
            rights="bundle" if licence.rights == "bundle" else "score_only",
            notice=licence.notice,
            languages=tuple(said.pop("languages")),
            topics=topics,
            **said,
        )
    except (KeyError, TypeError) as error:
        told = f"{licence.code} {version}: the instrument is incomplete, or says too much: {error}"
        raise InstrumentError(told) from error


def _stages(said: Table) -> Mapping[str, Stage]:
    return {
        code: Stage(code=code, picks={topic: tuple(picked) for topic, picked in picks.items()})
        for code, picks in said.items()
    }


def _topic(name: str, path: Path, folder: Path) -> Topic:
    said = _read(path)
    try:
        questions = _repeated(said.pop("questions"), folder)
        made = tuple(_question(each, said["category"], folder) for each in questions)
        return Topic(code=name, questions=made, **said)
    except (KeyError, TypeError) as error:
        raise InstrumentError(f"{path.name}: the topic is incomplete, or says too much: {error}") from error


def _repeated(said: list[Table], folder: Path) -> Iterator[Table]:
    """Questions in their order; those asked of each thing that an earlier one offers, once for each."""
    offered: dict[str, Table] = {}
    for each in said:
        if "each_chosen_of" in each:
            yield from _of_each(each, offered[each["each_chosen_of"]], folder)
        else:
            offered[each["code"]] = each
            yield dict(each)


def _of_each(said: Table, offered: Table, folder: Path) -> Iterator[Table]:
    for thing in _choices(offered["choices"], folder):
        for each in said["questions"]:
            if thing.code not in {*said["but"], *each.get("but", [])}:
                yield {
                    **{name: each[name] for name in each if name != "but"},
                    "code": f"{thing.code}_{each['code']}",
                    "of": thing.label,
                    "only_if": {"question": offered["code"], "any_of": [thing.code]},
                }


def _question(said: Table, category: str, folder: Path) -> Question:
    """A question asks the concept it is called like, or the one it names.

    It takes its category from its concept; without one, from its topic.
    """
    known = concepts(folder=folder)
    named = said.pop("concept", said["code"] if said["code"] in known else "")
    condition = said.pop("only_if", None)
    return Question(
        concept=named,
        category=known[named].category if named in known else category,
        choices=tuple(_choices(said.pop("choices", said["answers"]), folder)),
        only_if=Condition(**_sets(condition, "any_of")) if condition else None,
        **_sets(said, "opens_conversation", "same_day"),
    )


def _choices(said: str | list[Table], folder: Path) -> Iterator[Choice]:
    """Those of a question, or of a set that several share; a kind with a set of its name has that."""
    rows = _answer_sets(folder).get(said, []) if isinstance(said, str) else said
    return (Choice(**row) for row in rows)


def _scoring(said: Table | None) -> Scoring | None:
    if said is None:
        return None
    bands = tuple(Band(**each) for each in said.pop("bands", []))
    cuts = tuple(Cut(**each) for each in said.pop("cuts", []))
    either = {name: tuple(codes) for name, codes in said.pop("either", {}).items()}
    return Scoring(bands=bands, cuts=cuts, either=either, **said)


def _sets(said: Table, *names: str) -> Table:
    """Lists that are sets; TOML knows lists only."""
    return {**said, **{name: frozenset(said[name]) for name in names if name in said}}


@cache
def _answer_sets(folder: Path) -> Table:
    return {name: each["choices"] for name, each in _read(folder / "answer_sets.toml").items()}


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InstrumentError(f"{path.parent.parent.name}/{path.name} cannot be read: {error}") from error
