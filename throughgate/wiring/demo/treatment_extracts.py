"""What a provider's system would send on a night: the treatment file, a CSV with our documented columns."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from throughgate.foundation.codesets import code_set
from throughgate.wiring.demo.stories import FRIDAY, Story, Word, born, day_of

REFERENCES = {
    "episode": "EPISODID",
    "intervention": "MODID",
    "prescription": "prescription_id",
    "attendance": "attendance_id",
}
SEXES = {"Male": "1", "Female": "2"}
AREA = "Anywhere"
LANGUAGES = {"WEL": "cy", "POL": "pl"}


def write(path: Path, told: Sequence[Story], *, by: str, day: int, today: date) -> None:
    """Everybody this provider has treated by that night."""
    columns = [row["name"] for row in code_set("treatment_columns").rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for story in told:
            writer.writerows(_rows(story, by=by, day=day, today=today))


def _rows(story: Story, *, by: str, day: int, today: date) -> Iterator[dict[str, str]]:
    """A row for each thing told, with the person and the episode on it."""
    words = [word for word in story.treatment if word.by == by and word.day <= day]
    things = _things(words)
    if not things:
        return
    person = _client(story, by, today)
    for word in words:
        person.update(word.says.get("client", {}))
    for thing in things.values():
        episode = things["episode", thing["EPISODID"]]
        yield {**person, **_cells({**episode, **thing}, day, today)}


def _things(words: Sequence[Word]) -> dict[tuple[str, str], dict[str, Any]]:
    """Each thing told, as last told, by group and reference; it stays in the episode it was told in first."""
    things: dict[tuple[str, str], dict[str, Any]] = {}
    episode = ""
    for word in words:
        episode = word.says.get("episode", {}).get("EPISODID", episode)
        for group, reference in REFERENCES.items():
            if told := word.says.get(group):
                things.setdefault((group, told[reference]), {"EPISODID": episode}).update(told)
    return things


def _client(story: Story, by: str, today: date) -> dict[str, str]:
    """The person as this provider has them: without a prison number, unless it works in prisons."""
    own = dict(story.client.get(by, {}))
    who = {**story.who, **{name: own.pop(name) for name in ("birthday",) if name in own}}
    sent = {
        "CLIENTID": f"{by[0]}{story.number}",
        "first_name": who.get("first_name", ""),
        "last_name": who.get("last_name", ""),
        "DOB": born(who, today).isoformat(),
        "DAT": AREA,
        "CONSENT": "y",
        "SEX": SEXES[who["sex"]],
        "nhs_number": story.numbers.get("nhs", ""),
        "prison_number": story.numbers.get("prison", "") if by == "WELL" else "",
        "language": LANGUAGES.get(who.get("language", ""), ""),
    }
    return {**sent, **own}


def _cells(told: Mapping[str, Any], day: int, today: date) -> dict[str, str]:
    formats = {row["name"]: row["format"] for row in code_set("treatment_columns").rows}
    return {name: _cell(formats[name], value, day, today) for name, value in told.items()}


def _cell(kind: str, value: Any, day: int, today: date) -> str:
    if kind == "date":
        return day_of(today, value).isoformat()
    if kind == "moment":
        when, time = value.split()
        return f"{day_of(today, day) if when == 'daily' else _open_day(day_of(today, int(when)))} {time}"
    return str(value)


def _open_day(day: date) -> date:
    """The day, or the Friday before it: nobody sees anybody at the weekend."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))
