"""Run by itself as the web role: what opening a comprehensive assessment takes, as JSON.

Its pages, asked for as a browser does, about one person who answered four hundred questions before. In one
transaction that leaves nothing.
"""

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from throughgate.assessment.rules.shapes import Answer, Question
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.wiring import connected
from throughgate.wiring.bench import costs, visit
from throughgate.wiring.bench.packing import leaving
from throughgate.wiring.bench.replanning import undone
from throughgate.wiring.bench.taking_in import PRISON

FORM, STAGE = "standard", "comprehensive"
EARLIER, TIMES = 400, 20
BEFORE, BEGIN, SITTING = "what was asked lately", "begin", "the whole sitting"  # pages beside the topics


def main() -> None:
    connected.set_up("web")
    with undone():
        print(json.dumps(opening()))


def opening() -> dict[str, Any]:
    """Of each page processor time in milliseconds, the program's and the database's, and how many queries."""
    from throughgate.access import actions as access  # noqa: PLC0415 - once Django is set up

    client, hat = visit.signed_in(PRISON)
    (person_id,) = leaving(1)
    permit = access.issue_permit(hat, person_id, purpose="direct_care", at=clock.now())
    answered = answer_before(permit)
    asked_for = {name: _counted(ask) for name, ask in pages(client, hat, person_id).items()}
    return {"answers": answered, "pages": asked_for}


def pages(client: Any, hat: Any, person_id: UUID) -> dict[str, Callable[[], Any]]:
    """From the page before a sitting to each of its topics, and to begin one: each can be asked for again."""
    from django.urls import reverse  # noqa: PLC0415 - once Django is set up

    before = reverse("ask", args=[hat.post_id, person_id])
    sitting = _begun(client, before).partition("topics/")[0]
    return {
        BEFORE: partial(_shown, client, before),
        BEGIN: partial(_begun, client, before),
        SITTING: partial(_shown, client, sitting),
        **{topic: partial(_shown, client, f"{sitting}topics/{topic}/") for topic in _topics()},
    }


def _begun(client: Any, before: str) -> str:
    """Where the first topic of a new sitting stands."""
    typed = {"form_key": str(new_id()), "what": f"{FORM}-{STAGE}", "why": "Measured"}
    return str(_checked(client.post(before, typed), HTTPStatus.FOUND).headers["Location"])


def _shown(client: Any, path: str) -> None:
    _checked(client.get(path), HTTPStatus.OK)


def _checked(given: Any, wanted: HTTPStatus) -> Any:
    if given.status_code != wanted:
        raise SystemExit(f"A page of the assessment answered {given.status_code}.")
    return given


def _topics() -> list[str]:
    from throughgate.assessment import instruments  # noqa: PLC0415 - once Django is set up
    from throughgate.assessment.rules import asking  # noqa: PLC0415

    return [topic.code for topic in asking.at_stage(instruments.newest(FORM), STAGE)]


def _counted(ask: Callable[[], Any]) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    queries = len(captured)  # before the next request empties the log
    with costs.counted() as cost:
        for _ in range(TIMES):
            ask()
    database = cost.database_seconds
    return {
        "queries": queries,
        "app_ms": cost.app_seconds * 1000 / TIMES,
        "database_ms": None if database is None else database * 1000 / TIMES,
    }


def answer_before(permit: Any) -> int:
    """Sitting after sitting of everything this worker may ask, until it is enough; says how many that was."""
    from throughgate.assessment import actions, instruments  # noqa: PLC0415 - once Django is set up
    from throughgate.assessment.rules import asking  # noqa: PLC0415
    from throughgate.assessment.rules.answers import Said  # noqa: PLC0415
    from throughgate.record.rules import Form  # noqa: PLC0415

    form, answered = instruments.newest(FORM), 0
    while answered < EARLIER:
        sitting = new_id()
        for topic in asking.at_stage(form, STAGE):
            answers = {each.code: _answer(each) for each in topic.questions if each.category in permit.write}
            if answers:
                said = Said(
                    sitting=sitting,
                    instrument=form.code,
                    version=form.version,
                    stage=STAGE,
                    topic=topic.code,
                    way="worker",
                    setting="custody",
                    is_opened=topic.closed,
                    seconds=60,
                    again_because="Measured",
                    answers=answers,
                )
                actions.record_answers(permit, said, at=permit.at, form=Form(str(new_id())))
                answered += len(answers)
    return answered


def _answer(question: Question) -> Answer:
    """One that fits the question."""
    simple: Mapping[str, str] = {"words": "As before.", "date": "2026-08-21"}
    if question.answers in simple:
        return Answer(state="answered", value=simple[question.answers])
    if question.answers in {"number", "days", "scale"}:
        return Answer(state="answered", value=str(question.least or 0))
    codes = tuple(choice.code for choice in question.choices) or ("yes",)
    return Answer(state="answered", value=codes[:2] if question.answers == "several" else codes[0])


if __name__ == "__main__":
    os.umask(0o077)
    main()
