"""Run by itself as the web role: what opening a comprehensive assessment takes, as JSON.

Of one person who answered four hundred questions before. In one transaction that leaves nothing.
"""

import json
import os
from collections.abc import Mapping
from typing import Any

from throughgate.assessment.rules.shapes import Answer, Question
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.wiring import connected
from throughgate.wiring.bench import costs
from throughgate.wiring.bench.packing import leaving, worker_of_the_prison
from throughgate.wiring.bench.replanning import undone

FORM, STAGE = "standard", "comprehensive"
EARLIER, TIMES = 400, 100


def main() -> None:
    connected.set_up("web")
    with undone():
        print(json.dumps(opening()))


def opening() -> dict[str, Any]:
    """Processor time in milliseconds, of the program and of the database, and how many queries."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from throughgate.access import actions as access  # noqa: PLC0415

    (person_id,) = leaving(1)
    permit = access.issue_permit(worker_of_the_prison(), person_id, purpose="direct_care", at=clock.now())
    answered = answer_before(permit)
    with CaptureQueriesContext(connection) as captured:
        opened(permit)
    with costs.counted() as cost:
        for _ in range(TIMES):
            opened(permit)
    database = cost.database_seconds
    return {
        "answers": answered,
        "queries": len(captured),
        "app_ms": cost.app_seconds * 1000 / TIMES,
        "database_ms": None if database is None else database * 1000 / TIMES,
    }


def opened(permit: Any) -> int:
    """What the first page has to know: what was asked, what is known, what each topic would still ask."""
    from throughgate.assessment import instruments, queries, questions  # noqa: PLC0415
    from throughgate.assessment.rules import answers, asking, guard  # noqa: PLC0415

    kept, on = queries.answers(permit), clock.day_of(permit.at)
    lately = guard.asked_lately(answers.sittings(kept), on=on)
    ways = guard.shorter(
        asking.at_stage(instruments.newest(FORM), STAGE),
        answers.known(kept, questions.concept_of),
        concepts=instruments.concepts(),
        on=on,
        purpose=permit.purpose,
    )
    return len(lately) + len(ways)


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
