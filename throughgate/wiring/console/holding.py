"""`./tg held`: pairs that wait for somebody to say who is who, and the answers."""

from collections.abc import Iterator
from uuid import UUID

from throughgate.directory import queries as directory
from throughgate.exchange import actions as exchange
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import ReviewPermit
from throughgate.linkage import queries as linkage
from throughgate.linkage.queries import HeldPair
from throughgate.pages import wording
from throughgate.pages.held import presenters
from throughgate.pages.names import Names
from throughgate.people import queries as people
from throughgate.people.queries import KnownAs
from throughgate.wiring.console import here

AT_ONCE = 100


def show() -> int:
    """Every pair nobody has answered yet, longest waiting first."""
    permit, names = here.review_permit(), Names(directory.by_id().values())
    pairs = list(_waiting(permit))
    if not pairs:
        print("Nothing waits: nobody has to be told apart.")
        return 0
    for pair in pairs:
        print(_words(permit, pair, names), end="\n\n")
    print(f"{len(pairs)} wait. Answer one with:")
    print('  ./tg held --answer ID same --because "the ward round told me"   (or: different)')
    return 0


def answer(held_id: str, said: str, *, because: str) -> int:
    """Raises: Refused for an id there is not, or a word that is no answer."""
    if said not in {"same", "different"}:
        raise Refused(f"{said} is no answer. Say same or different.")
    pair_id = here.uuid(held_id, what="pair")
    try:
        exchange.settle(here.review_permit(), pair_id, answer=said, reason=because)
    except NotFound as absent:
        raise Refused(f"No pair with the id {pair_id} is held. ./tg held lists those that are.") from absent
    print("They are one person now." if said == "same" else "They are kept apart, and not asked about again.")
    return 0


def undo(link_id: str, *, because: str) -> int:
    """Raises: Refused for a link there is not, or one that does not hold any more."""
    joined = here.uuid(link_id, what="link")
    try:
        exchange.separate(here.review_permit(), joined, reason=because)
    except NotFound as absent:
        raise Refused(f"No link with the id {joined} holds. ./tg show prints those of a person.") from absent
    print("They are two people now, and will not be joined again by a number they share.")
    return 0


def _waiting(permit: ReviewPermit) -> Iterator[HeldPair]:
    after: UUID | None = None
    while pairs := linkage.held(permit, after=after, limit=AT_ONCE):
        yield from pairs
        after = pairs[-1].id


def _words(permit: ReviewPermit, pair: HeldPair, names: Names) -> str:
    known = people.known_as(permit, frozenset({pair.identity_id, pair.other_id}))
    sides = [known[pair.identity_id], known[pair.other_id]]
    reasons = " ".join(presenters.reason(key) for key in pair.reasons)
    head = ("", *(names.organisation(side.organisation_id) for side in sides))
    return (
        f"{pair.id}  since {wording.moment(pair.recorded_at)}\n{reasons}\n{here.table(head, _lines(sides))}"
    )


def _lines(sides: list[KnownAs]) -> Iterator[tuple[str, ...]]:
    yield "name", *(presenters.called(side) for side in sides)
    yield "born", *(wording.born(side.birth_date) if side.birth_date else "-" for side in sides)
    for system in sorted({number.system for side in sides for number in side.numbers}):
        yield system, *(_numbers(side, system) for side in sides)


def _numbers(side: KnownAs, system: str) -> str:
    return ", ".join(number.as_written for number in side.numbers if number.system == system) or "-"
