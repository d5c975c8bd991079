"""What a prison's systems would have sent out on a day: messages in the envelopes that carry them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from throughgate.foundation import clock
from throughgate.wiring.demo.stories import Story, Word, day_of


def write(path: Path, told: Sequence[Story], *, by: str, day: int, today: date) -> None:
    """A line for each message of that day."""
    messages = (json.dumps(message) for message in _messages(told, by=by, day=day, today=today))
    path.write_text("".join(f"{message}\n" for message in messages), encoding="utf-8")


def _messages(told: Sequence[Story], *, by: str, day: int, today: date) -> Iterator[Mapping[str, Any]]:
    words = ((story, word) for story in told for word in story.event if (word.by, word.day) == (by, day))
    for number, (story, word) in enumerate(words, start=1):
        event = json.dumps(_event(story, word, today))
        yield {"Type": "Notification", "MessageId": f"{by}-{day}-{number}", "Message": event}


def _event(story: Story, word: Word, today: date) -> Mapping[str, Any]:
    at_time = time.fromisoformat(word.says["time"])
    return {
        "eventType": word.says["type"],
        "version": 1,
        "occurredAt": datetime.combine(day_of(today, word.day), at_time, tzinfo=clock.LONDON).isoformat(),
        "personReference": {"identifiers": [{"type": "NOMS", "value": story.numbers["prison"]}]},
        "additionalInformation": {
            "nomsNumber": story.numbers["prison"],
            "prisonId": word.by,
            **word.says["more"],
        },
    }
