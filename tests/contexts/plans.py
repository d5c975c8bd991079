"""Plans as a test asks for them: who leaves when, and what was worked out of it."""

from datetime import date
from typing import Any

from tests import story
from tests.content import rows
from throughgate.access import actions as access
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit, Permit, TimerPermit
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries
from throughgate.pathway.queries import (
    PlanLine,
    Tab,
)
from throughgate.pathway.rules import Step
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form
from throughgate.staff.queries import Hat

TODAY = date(2026, 11, 9)
SENTENCED = {"legalStatus": "SENTENCED", "imprisonmentStatus": "SENT"}


def leaving(day: str, **fields: Any) -> dict[str, Any]:
    """What a prison says of somebody who serves a sentence and leaves on that day."""
    return story.document(**{**SENTENCED, "conditionalReleaseDate": day, **fields})


def opened(hat: Hat | None = None, key: str = story.DEE) -> Permit:
    return story.opens(hat or story.worker(), story.person(key), at=story.noon(9))


def planned(permit: Permit | None = None) -> PlanLine:
    found = queries.plan(permit or opened())
    assert found is not None
    return found


def step(code: str, permit: Permit | None = None) -> Step:
    (found,) = [each for each in planned(permit).steps if each.code == code]
    return found


def looks(hat: Hat | None = None) -> ListPermit:
    return access.issue_list_permit(hat or story.worker(), purpose="direct_care", at=story.noon(9))


def listed(permit: ListPermit, tab: Tab, **rest: Any) -> list[str]:
    return [row.name for row in queries.today(permit, tab=tab, **rest).rows]


def confirms(permit: Permit, item: str, *, on_day: date | None = None, form_key: str = "") -> None:
    with pathway.in_step(permit):
        pathway.record_ready(
            permit,
            item=item,
            state="confirmed",
            on_day=on_day,
            text="Rang them",
            at=story.noon(9),
            form=Form(form_key),
        )


def nightly() -> TimerPermit:
    return access.issue_timer_permit("nightly refresh", at=clock.now())


def refreshed() -> int:
    return pathway.refresh(nightly(), [story.person()])


def stored() -> list[tuple[Any, ...]]:
    """Every plan with the mark the database gives each writing of a row."""
    return rows("SELECT xmin::text, plan::text FROM pathway_plan plan ORDER BY person_id")


def prescribed(key: str = "rx1", **body: Any) -> Draft:
    said = {"prescription_key": key, "medicine": "Methadone 1mg/ml", "started_on": date(2026, 10, 25), **body}
    return told("prescription", **said)


def told(kind: str, **body: Any) -> Draft:
    return Draft(
        identity_id=story.identity(),
        kind=kind,
        happened_at=story.NOON,
        dated_by="day",
        as_at=story.NOON,
        body=body,
    )


def write(*drafts: Draft) -> None:
    record.add_many(story.feed(), drafts)
    refreshed()
