"""Everything the pages of a team show, read once: a bounded number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from throughgate.assessment import queries as assessment
from throughgate.assessment.needs import queries as needs_told
from throughgate.assessment.needs.queries import Standing
from throughgate.assessment.rules.answers import Known, that_stands
from throughgate.custody import queries as custody
from throughgate.directory import queries as directory
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages.names import Names
from throughgate.pages.person import appointments
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.referral.queries import Booked
from throughgate.sharing import queries as sharing
from throughgate.sharing.queries import Said as Wish
from throughgate.staff import queries as staff
from throughgate.team import queries
from throughgate.team.queries import Board, Plan

CARE_NEEDS = frozenset({"care_need", "care_need_mind"})


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody's team, before any of it is in words."""

    who: Banner
    lookalikes: int
    board: Board
    trusted: list[Wish] | None  # None: not shared with the worker
    names: Names


@dataclass(frozen=True, kw_only=True)
class ReadPlan:
    """Somebody's plan, before any of it is in words."""

    who: Banner
    lookalikes: int
    plan: Plan
    needs: list[Standing]
    care: frozenset[str]  # the types of care need that the prison says they have now
    booked: list[Booked]  # what they are expected at, as far as it is shared
    answers: Mapping[str, Known]  # by concept, what they last answered to whoever asked, while it stands
    names: Names


def read(permit: Permit) -> Read:
    board = queries.board(permit)
    chosen = sharing.sharing(permit)
    trusted = chosen.trusted if chosen else None
    entries = [*(said.entry for said in board.said), *(each.entry for each in trusted or ())]
    also = {each.hat.organisation_id for each in board.members}
    return Read(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        board=board,
        trusted=trusted,
        names=_names(entries, board, also=also),
    )


def read_plan(permit: Permit) -> ReadPlan:
    plan, needs = queries.plan(permit), needs_told.needs(permit)
    told = [each.word.entry for each in needs] + [each.before.entry for each in needs if each.before]
    answers = _answers(permit)
    return ReadPlan(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        plan=plan,
        needs=needs,
        care=_care(permit),
        booked=appointments.booked(permit) or [],
        answers=answers,
        names=_names([*told, *(said.entry for said in plan.said), *answers.values()], plan),
    )


def _answers(permit: Permit) -> dict[str, Known]:
    found = {concept: that_stands(known) for concept, known in assessment.known(permit).items()}
    return {concept: known for concept, known in found.items() if known}


def _care(permit: Permit) -> frozenset[str]:
    entries = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=CARE_NEEDS)
    ids = {kind: [each.id for each in entries if each.kind == kind] for kind in CARE_NEEDS}
    newest: dict[tuple[str, str], custody.NeedLine] = {}
    lines = custody.lines(permit, ids)
    for entry in entries:
        if isinstance(line := lines.get(entry.id), custody.NeedLine):
            newest.setdefault((line.need_type, line.need_code), line)
    return frozenset(line.need_type for line in newest.values() if line.status == "ON")


def _names(entries: Iterable[Spine | Known], told: Board | Plan, *, also: Iterable[UUID] = ()) -> Names:
    entries = list(entries)
    ids = {entry.organisation_id for entry in entries} | set(also)
    workers = {entry.recorded_by for entry in entries if entry.recorded_by}
    return Names(directory.mentioned(ids=ids, codes=()), staff.names(workers), told.posts)
