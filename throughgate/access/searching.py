"""Looking for somebody by what is typed: each time is logged, and it is given so many times an hour."""

from datetime import datetime, timedelta

from throughgate.access import actions, policy
from throughgate.audit import queries as looks
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import ListPermit
from throughgate.staff import audited
from throughgate.staff.queries import Hat

WINDOW = timedelta(hours=1)


class TooOften(Refused):
    """More than a person could, or ever needs to."""


def issue_search_permit(hat: Hat, *, among: str, at: datetime, page: str = "") -> ListPermit:
    """Leave to look for somebody `among` those of a list, or whoever may be found in an emergency.

    Raises: Refused as `issue_list_permit`; TooOften, which is logged, above the number that is set for it.
    """
    purpose = policy.roles()[hat.role].purpose
    permit = actions.issue_list_permit(hat, purpose=purpose, at=at, page=page, detail={"search": among})
    if looks.searches(permit, among=among, since=at - WINDOW) > policy.limit(f"{among}_searches"):
        audited.held_back(at=at, worker_id=hat.worker_id)
        raise TooOften("You have searched very often within an hour. Wait, or ask a colleague to search.")
    return permit
