"""The states of things, and what leads from one to another, in custody and around it.

Values come from the rules, words from the presenters, notes from the comments behind each value.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum

from django.apps import apps
from django.utils.translation import override

from throughgate.custody.rules import MovementKind, OutNow, StandingKind, Where, dates, spans
from throughgate.custody.rules.contradictions import RULES
from throughgate.custody.rules.kinds import COMING_BACK, LEAVING, DatedBy
from throughgate.custody.rules.standing import LEFT, LEGAL
from throughgate.custody.rules.states import HELD, OUTSIDE
from throughgate.linkage.rules import HoldReason
from throughgate.pages import flags, wording
from throughgate.pages.held import presenters as held
from throughgate.pages.imports import presenters as imports
from throughgate.pages.person import held_at, words
from throughgate.people.rules import DateFlaw, Flaw, State
from throughgate.treatment.rules import SourceState
from throughgate.wiring.reference import constraints, places, sources
from throughgate.wiring.reference.markdown import code, codes, diagram, paragraphs, table

START = "[*]"
HEAD = """\
# States

Values as they are stored, with the words in which pages show them."""
PLACES = """\
A document of a prison puts somebody in one of these places. `movement_reasons` gives the category of the
last movement ([code sets](code-sets.md)); one that is named nowhere here is an ordinary release."""
MOVEMENTS = """\
A movement is the difference between two documents ([how it is worked
out](../explanation/how-movements-are-worked-out.md)). From inside to another place, and back:"""
BETWEEN = """\
Each cell is the rule's own answer to a typical document of the place on the left, followed by one of the
place above with a later last movement. *Missed*: no document told it, and it follows from what came after."""
DATES = """\
The first of these that tells two days apart decides, from the top ([the types of
date](prisoner-search.md#dates))."""
# What throughgate/exchange does with a run. No table of moves stands there: each step asks only for its own.
RUN_MOVES = (
    (START, "waiting", "a file is received"),
    ("waiting", "running", "./tg import"),
    ("waiting", "previewing", "a file from a page is tried out"),
    ("previewing", "previewed", "tried out"),
    ("previewing", "waiting", "the program died, and tries again"),
    ("previewing", "refused", "cannot be read"),
    ("previewed", "confirmed", "a worker says yes"),
    ("previewed", "refused", "a worker says no, or nobody for a week"),
    ("confirmed", "running", "the job takes it"),
    ("running", "finished", "every row is in"),
    ("running", "stopped", "the file or the program ended in the middle"),
)
LINKED = {
    "first_seen": "the identity was new, and a person was made for it",
    "identifiers_agree": "checked numbers agree, and nothing speaks against it",
    "worker_joined": "a worker answered that they are the same",
    "worker_undid": "a worker undid a link, and a person was made for the identity",
}
ANSWERS = {
    "same": "they become one person, by a link that can be undone",
    "different": "they stay two, and are not asked about again unless something new ties them",
}


def page() -> str:
    with override("en-gb"):
        parts = (HEAD, *_custody(), *_dates(), *_runs(), *_who_is_who(), *_medicines())
        return paragraphs(*parts)


def _custody() -> Iterator[str]:
    _ = wording.current()
    yield "## Where somebody is"
    yield PLACES
    yield table(
        ("place", "a prison answers for them", "category of the last movement", ""), map(_place, Where)
    )
    yield "## Movements"
    yield MOVEMENTS
    yield diagram(_moves())
    yield _values(MovementKind, lambda what: words.movement_word(what, _), what="a stay", more=_stay)
    yield "The day of a movement is known by:"
    yield _values(DatedBy)
    yield "## From one place to the next"
    yield BETWEEN
    yield places.between()
    yield "## Standings"
    yield _values(StandingKind, lambda kind: held_at.standing(kind, _), what="told by", more=_told_by)
    yield "Somebody held in a prison may be out of it for now:"
    yield _values(OutNow, lambda out_now: held_at.outing(out_now, _))
    yield "## Contradictions"
    yield "What does not fit together in one document. It goes in all the same."
    rules = ((code(rule.key), flags.words(rule.key), rule.severity, codes(rule.fields)) for rule in RULES)
    yield table(("flag", "in words", "severity", "about"), rules)


def _place(where: Where) -> tuple[str, str, str, str]:
    categories = codes(category for category, place in OUTSIDE.items() if place is where)
    return code(where), "yes" if where in HELD else "", categories, sources.remarks(Where)[where.name]


def _moves() -> Iterator[tuple[str, str, str]]:
    yield START, Where.INSIDE, MovementKind.RECEIVED
    yield Where.INSIDE, Where.INSIDE, MovementKind.TRANSFERRED
    yield from ((Where.INSIDE, where, kind) for where, kind in LEAVING.items())
    yield from ((where, Where.INSIDE, kind) for where, kind in COMING_BACK.items())


def _stay(kind: str) -> str:
    """What a movement of that kind does to the stay in a prison."""
    if kind in spans.ENDS:
        return "ends"
    if kind in spans.OUTINGS:
        return "goes on: the prison answers for them"
    if kind in spans.ON_PAPER:
        return "goes on, unless another prison is named"
    return "begins" if kind == MovementKind.RECEIVED else "goes on, or begins where the prison is another"


def _told_by(kind: str) -> str:
    if kind == StandingKind.NOT_IN_CUSTODY:
        return f"being {' or '.join(code(where) for where in sorted(LEFT))}"
    return codes(status for status, leads_to in LEGAL.items() if leads_to == kind)


def _dates() -> Iterator[str]:
    _ = wording.current()
    yield "## Choosing a release date"
    yield DATES
    decide = [
        (code(why), held_at.why(why, _), code(other), held_at.why_not(other, _))
        for why, other in dates.REASONS
    ]
    yield table(("chosen", "in words", "not chosen", "in words"), decide)
    yield "What else may be said of one:"
    deciding = {reason for pair in dates.REASONS for reason in pair}
    rows = [(code(why), held_at.why(why, _)) for why in dates.WhyChosen if why not in deciding]
    rows += [(code(other), held_at.why_not(other, _)) for other in dates.WhyNot if other not in deciding]
    yield table(("value", "in words"), rows)


def _runs() -> Iterator[str]:
    yield "## An extract going in"
    yield diagram(RUN_MOVES)
    yield table(("state", "in words"), ((code(state), imports.state(state)) for state in run_states()))


def run_states() -> list[str]:
    """Those that the database lets a run be in."""
    return constraints.allowed_values(apps.get_model("exchange", "ImportRun"))["state"]


def _who_is_who() -> Iterator[str]:
    yield "## Who is who"
    yield "A number by which somebody is known is:"
    yield _values(State)
    yield f"Unusable because of its {codes(Flaw)}; a birth date because it is {codes(DateFlaw)}."
    yield "An identity belongs to a person since (the newest link holds):"
    yield table(("link", ""), ((code(why), meaning) for why, meaning in LINKED.items()))
    yield "Somebody is asked whether two identities are one person because of:"
    yield _values(HoldReason, held.reason)
    yield "They answer (the newest answer holds):"
    yield table(("answer", ""), ((code(answer), meaning) for answer, meaning in ANSWERS.items()))


def _medicines() -> Iterator[str]:
    yield "## Medicines"
    yield "What one source says now of one medicine. Sources stand side by side and are never settled."
    yield _values(SourceState)


def _nothing(_value: str) -> str:
    return ""


def _values(
    values: type[StrEnum],
    say: Callable[[str], str] = _nothing,
    *,
    what: str = "",
    more: Callable[[str], str] = _nothing,
) -> str:
    """The values with their words, `more` about each under the head `what`, and the comment behind it."""
    remarks = sources.remarks(values)
    rows = ((code(value) or "nothing", say(value), more(value), remarks[value.name]) for value in values)
    return table(("value", "in words", what, ""), rows)
