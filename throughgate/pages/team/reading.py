"""Everything the pages of a team show, read once: a bounded number of queries."""

from dataclasses import dataclass

from throughgate.directory import queries as directory
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages.names import Names
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.staff import queries as staff
from throughgate.team import queries
from throughgate.team.queries import Board


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody's team, before any of it is in words."""

    who: Banner
    lookalikes: int
    board: Board
    names: Names


def read(permit: Permit) -> Read:
    board = queries.board(permit)
    ids = {said.entry.organisation_id for said in board.said} | {
        each.hat.organisation_id for each in board.members
    }
    workers = {said.entry.recorded_by for said in board.said if said.entry.recorded_by}
    return Read(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        board=board,
        names=Names(directory.mentioned(ids=ids, codes=()), staff.names(workers), board.posts),
    )
