"""What an organisation without a system would send: its spreadsheet, saved as CSV, a row for each person."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from throughgate.wiring.demo.stories import Story, born, day_of

COLUMNS = ("Name", "D.O.B.", "NHS no.", "Started", "Left", "Who")
DAYS = ("Started", "Left")


def write(path: Path, told: Sequence[Story], *, by: str, day: int, today: date) -> None:
    """Everybody who has been on the list by then."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for story in told:
            words = [word for word in story.listed if word.by == by and word.day <= day]
            if words:
                writer.writerow({**_who(story, today), **_row([word.says["row"] for word in words], today)})


def _who(story: Story, today: date) -> dict[str, str]:
    return {
        "Name": f"{story.who['first_name']} {story.who['last_name']}",
        "D.O.B.": _written(born(story.who, today)),
        "NHS no.": story.numbers.get("nhs", ""),
    }


def _row(said: Sequence[dict[str, int | str]], today: date) -> dict[str, str]:
    """What was said last of each column."""
    row = {name: value for each in said for name, value in each.items()}
    return {
        name: _written(day_of(today, value)) if name in DAYS else str(value) for name, value in row.items()
    }


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
