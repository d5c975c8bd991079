"""Records that were opened in an emergency, and what those who check how records are used made of it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial

from throughgate.access import actions as access
from throughgate.access import emergency, policy
from throughgate.access.emergency import Reasons
from throughgate.foundation import clock
from throughgate.oversight import actions as oversight
from throughgate.oversight import queries
from throughgate.oversight.rules import Said
from throughgate.people.exact import Sought
from throughgate.staff import cast as signing_in
from throughgate.staff.queries import Hat
from throughgate.wiring.demo.stories import born, day_of, everybody, rows

Row = dict[str, str]


def everything(today: date) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Each opening and each answer, when it was."""
    for row in rows("emergencies"):
        yield _at(row["day"], row["time"], today), partial(_open, row, today)
        if row["answered_day"]:
            yield _at(row["answered_day"], row["answered_time"], today), partial(_answer, row)


def _open(row: Row, today: date) -> None:
    """By name and birth date, as somebody would who has no number."""
    hat, at = _hat(row["by"]), clock.now()
    who = next(story.who for story in everybody() if story.key == row["person"])
    sought = Sought(first_name=who["first_name"], last_name=who["last_name"], birth_date=born(who, today))
    person_id = emergency.find(hat, sought, at=at)
    if person_id is None:
        raise ValueError(f"The demo's own emergency finds nobody: {row['person']}")
    reasons = Reasons(row["reason"], row["words"], row["lawful_reason"])
    emergency.open_emergency(hat, person_id, reasons, at=at)
    access.issue_permit(hat, person_id, purpose=policy.roles()[hat.role].purpose, at=at)


def _answer(row: Row) -> None:
    """The alert that has waited longest."""
    hat = _hat(row["answered_by"])
    permit = access.issue_list_permit(hat, purpose=policy.roles()[hat.role].purpose, at=clock.now())
    (alert,) = queries.waiting(permit, limit=1)
    said = Said(finding=row["finding"], words=row["found"], telling=row["telling"])
    oversight.decide(permit, alert.id, said, key=f"demo {row['person']}")


def _at(day: str, moment: str, today: date) -> datetime:
    return datetime.combine(day_of(today, int(day)), time.fromisoformat(moment), tzinfo=clock.LONDON)


def _hat(address: str) -> Hat:
    """By how their address begins."""
    name = next(each["name"] for each in rows("workers") if each["email"].partition("@")[0] == address)
    return next(hat for hat in signing_in.hats(on=clock.today()) if hat.worker_name == name)
