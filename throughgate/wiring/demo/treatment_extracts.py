"""What a provider's system would send on a night: the treatment file, a CSV with our documented columns."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from throughgate.foundation.codesets import code_set
from throughgate.wiring.demo.stories import Story, born, day_of

REFERENCES = {
    "episode": "EPISODID",
    "intervention": "MODID",
    "prescription": "prescription_id",
    "attendance": "attendance_id",
}
SEXES = {"Male": "1", "Female": "2"}
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
    """One row for each intervention, prescription and attendance, each with the person and the episode."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    client: dict[str, str] = {}
    for word in story.treatment:
        if word.by != by or word.day > day:
            continue
        client.update(word.says.get("client", {}))
        for group, reference in REFERENCES.items():
            if told := word.says.get(group):
                said.setdefault((group, told[reference]), {}).update(told)
    if not said:
        return
    person = {**_client(story, by, today), **client}
    episodes = [_cells(told, day, today) for (group, _), told in said.items() if group == "episode"]
    for episode in episodes:
        yield {**person, **episode}
    for (group, _), told in said.items():
        if group != "episode":
            yield {**person, **episodes[-1], **_cells(told, day, today)}


def _client(story: Story, by: str, today: date) -> dict[str, str]:
    """The person as this provider has them: without a prison number, unless it works in prisons."""
    own = dict(story.client.get(by, {}))
    who = {**story.who, **{name: own.pop(name) for name in ("birthday",) if name in own}}
    sent = {
        "CLIENTID": f"{by[0]}{story.number}",
        "first_name": who.get("first_name", ""),
        "last_name": who.get("last_name", ""),
        "DOB": born(who, today).isoformat(),
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
        return f"{day_of(today, day if when == 'daily' else int(when))} {time}"
    return str(value)
