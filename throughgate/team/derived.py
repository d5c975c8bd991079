"""What follows from who is on a team: that their organisation is concerned with the person."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db import connection

from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.access.actions import Concern
from throughgate.foundation import clock, leave
from throughgate.foundation.permits import Refresher
from throughgate.team import rules
from throughgate.team.rules import MemberWord

KIND = "team"
CONCERN_ENDS = partial(policy.closes_on, kind=KIND, event="ended")
WORDS = """
SELECT identity.person_id, said.post, entry.kind = 'team_joined', entry.happened_at,
       team.organisation_id,
       least(post.ends_on, (post.ended_at AT TIME ZONE 'Europe/London')::date)
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind IN ('team_joined', 'team_left')
JOIN team_membership said ON said.entry_id = entry.id
JOIN staff_post post ON post.id = said.post JOIN staff_team team ON team.id = post.team_id
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.happened_at, entry.id
"""


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Make the relationships of these people's teams what was said of who is on them."""
    concerns = list(_concerns(person_ids))
    access.rebuild_relationships(permit, person_ids=person_ids, kind=KIND, concerns=concerns)


def _concerns(person_ids: Sequence[UUID]) -> Iterator[Concern]:
    told: dict[UUID, list[MemberWord]] = defaultdict(list)
    posts: dict[UUID, tuple[UUID, date | None]] = {}  # whose organisation, and the last day worked
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(WORDS, [list(person_ids)])
        for person_id, post_id, is_joining, at, organisation_id, ends_on in cursor.fetchall():
            told[person_id].append(MemberWord(post_id=post_id, is_joining=is_joining, at=at))
            posts[post_id] = organisation_id, ends_on
    for person_id, words in told.items():
        for span in rules.spans(words, day_of=clock.day_of, closes_on=CONCERN_ENDS):
            organisation_id, ends_on = posts[span[0]]
            _, opened_on, closed_on = rules.until(span, ends_on)
            yield Concern(organisation_id, person_id, KIND, opened_on, closed_on)
