"""The pathway in words, for lists and for a record. In each function `_` is the wording of the page."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache

from django.utils.translation import ngettext

from throughgate.foundation.codesets import code_set
from throughgate.pages.components.gate_line import GateLine, Label, full, gate_line, moved_from, place, small
from throughgate.pages.wording import Wording
from throughgate.pathway.queries import HIDDEN, HIDDEN_HEALTH, PLANS_KEPT, PlanLine
from throughgate.pathway.rules import CLOSED, REASONS, CoverState, Difference, Progress, Shape, Shut, Step
from throughgate.pathway.rules.urgency import PRESSING

REASON_LABELS = {reason.key: reason.label for reason in REASONS}
# Said in better words beside them: until when medicine lasts and when it cannot be had, the day they leave or
# left, the step that is late or cannot wait.
SAID_OTHERWISE = {key for key in REASON_LABELS if key.startswith(("cover_", PRESSING))} | {
    "leaves_soon",
    "first_days",
    "late",
    "shut",
}
# That nothing is recorded says these, too.
SAID_BY_SILENCE = frozenset({"no_home", "no_naloxone", "nobody_meets"})
TOLD_BY_PRISONS = frozenset({"day_told", "day_confirmed"})  # what completes a step without any worker
FIRST = frozenset({"talk_today"})  # it may be a life
BEGUN = CLOSED | {Progress.IN_HAND}
WORRYING = frozenset(CoverState) - {CoverState.NONE, CoverState.COVERED, CoverState.NOWHERE}


def what(step: Step, _: Wording) -> str:
    """What is to be done; of what is not shared with the worker no more than that it is late."""
    if step.code in HIDDEN:
        return _("A health step is late") if step.code == HIDDEN_HEALTH else _("Another step is late")
    said = what_of(step.key, _)
    return (
        said if step.shut is None or step.shut.is_told else _("%(step)s (check: it may be)") % {"step": said}
    )


def what_of(key: str, _: Wording) -> str:
    """What is to be done, by a step's key: its code, and the days it is about, if any."""
    code, _sep, days = key.partition(" ")
    label = _.label("pathway_steps", code)
    return f"{label}: {days_of(Shut.read(days), _)}" if days else label


def days_of(days: Shut, _: Wording) -> str:
    """ "Fri 25 Dec to Mon 28 Dec", "every Saturday and Sunday"."""
    if days.weekdays:
        return _("every %(days)s") % {"days": _.weekdays(days.weekdays)}
    if days.first == days.last:
        return _.day_month(days.first)
    return _("%(first)s to %(last)s") % {
        "first": _.day_month(days.first),
        "last": _.day_month(days.last),
    }


def why(step: Step, _: Wording) -> str:
    return _said(step, "why", _)


def who(step: Step, _: Wording) -> str:
    """Whose step it is."""
    return _said(step, "role", _)


def is_pack(step: Step) -> bool:
    """Is it done where their release pack is?"""
    row = code_set("pathway_steps").get(step.code)
    return row is not None and (row["completed_by"].startswith("pack:") or row["anchor"] == "pack_outdated")


def is_asked(step: Step) -> bool:
    """Is it done by asking, where answers are kept?"""
    return completed_by(step).startswith("answered")


def completed_by(step: Step) -> str:
    """The cell of that name in the code set; "" for what is hidden."""
    return _completed_by(step.code)


@cache  # a list asks of each step of each person
def _completed_by(code: str) -> str:
    row = code_set("pathway_steps").get(code)
    return row["completed_by"] if row else ""


def in_court(hearing_on: date | None, *, on: date, _: Wording) -> str:
    """How long there is until they are in court; "" where no day of it is to come."""
    if hearing_on is None or hearing_on < on:
        return ""
    said = {"day": _.day(hearing_on), "number": (hearing_on - on).days}
    return _("In court %(day)s. Days until then: %(number)s.") % said


def _said(step: Step, column: str, _: Wording) -> str:
    row = code_set("pathway_steps").get(step.code)
    return _(row[column]) if row else ""


def due(step: Step, on: date, _: Wording) -> str:
    """By when, as seen from a day; "" where not even that is shared."""
    if step.code in HIDDEN:
        return ""
    if step.due_on == on:
        return _("today")
    words = _("was due %(day)s") if step.due_on < on else _("by %(day)s")
    return words % {"day": _.near(step.due_on, on)}


@lru_cache(PLANS_KEPT)  # several sentences of a row depend on it
def is_blank(plan: PlanLine) -> bool:
    """Has nobody recorded anything yet that this worker may see? Days that a prison tells do not count.

    Then every step is late from its day on; said of each, it would hide those of whom something is known.
    """
    if plan.cover not in {None, CoverState.NONE} or "not_reached" in plan.reasons:
        return False
    seen = False
    for step in plan.steps:
        if step.code not in HIDDEN:
            if step.told or (step.progress in BEGUN and completed_by(step) not in TOLD_BY_PRISONS):
                return False
            seen = True
    return seen


def state_of(plan: PlanLine) -> str:
    """How it stands as a whole, as one of the five shapes."""
    found = {step.progress for step in plan.steps}
    if is_blank(plan):
        return Progress.NOT_KNOWN.value
    if Progress.LATE in found:
        return Progress.LATE.value
    if found and found <= CLOSED:
        return Progress.CONFIRMED.value
    return (Progress.IN_HAND if found & BEGUN else Progress.NOT_STARTED).value


def next_steps(plan: PlanLine, *, on: date) -> list[Step]:
    """What is open, the most pressing first, and one step for each thing that has to be ready.

    What waits for nothing comes first, then today's, then what is late, the last to fall due before what it
    followed and what is to be done before what is only to be asked, then what is to come. At the end stands
    what is not shared, and what nobody can tell us.
    """
    found: dict[str, Step] = {}
    for step in sorted((step for step in plan.steps if step.is_open), key=_press(on)):
        found.setdefault(step.item or step.code, step)
    return list(found.values())


def first_step(plan: PlanLine, *, on: date) -> Step | None:
    """The first of the next steps; None where nothing is open."""
    return min(_that_press(plan, on), key=_press(on), default=None)


def _that_press(plan: PlanLine, on: date) -> Iterator[Step]:
    """What is open, up to the first of what is to come: nothing after that comes before it."""
    for step in plan.steps:
        if step.is_open:
            yield step
            if step.due_on > on:
                return


def told_besides(plan: PlanLine, first: Step | None) -> list[Step]:
    """What else they said that cannot wait, beside the first of the next steps."""
    return [step for step in plan.steps if step.is_open and step.told and step != first]


def hidden_steps(plan: PlanLine) -> list[Step]:
    """What is late and not shared with the worker: the last of the next steps."""
    return [step for step in plan.steps[-len(HIDDEN) :] if step.code in HIDDEN]


def _press(on: date) -> Callable[[Step], tuple[int, int]]:
    """An order: the smaller, the more pressing. Those of one day are alike, and stay in their order."""
    today = on.toordinal()

    def place(step: Step) -> tuple[int, int]:
        day = step.due_on.toordinal()
        if step.code in FIRST:
            return 0, 0
        if step.code in HIDDEN or (day < today and step.progress is not Progress.LATE):
            return 5, -day
        if day < today:
            return (3 if is_asked(step) else 2), -day
        return (4 if day > today else 1), day

    return place


def leaving(plan: PlanLine, on: date, _: Wording) -> str:
    """ "leaves Thu 3 Dec (was Mon 7 Dec)", and that it may be another day; "" where no day is told."""
    if plan.left_on:
        return _("left %(day)s") % {"day": _.near(plan.left_on, on)}
    if plan.hearing_on and plan.gate_on == plan.hearing_on:
        return _("in court %(day)s, and may leave from there") % {"day": _.near(plan.hearing_on, on)}
    if plan.leaves_on is None:
        return ""
    said = _leaves(plan, on, _) % {"day": _.near(plan.leaves_on, on)}
    was_on = moved_from(plan)
    if was_on is None:
        return said
    return _("%(leaves)s (was %(day)s)") % {"leaves": said, "day": _.near(was_on, on)}


def _leaves(plan: PlanLine, on: date, _: Wording) -> str:
    if plan.leaves_on and plan.leaves_on < on:
        return _("leaving date %(day)s is past")
    asked = {step.code for step in plan.steps if step.is_open}
    if "ask_day_off" in asked:
        return _("leaves %(day)s, a day off, so perhaps before: ask")
    if "ask_earlier_day" in asked:
        return _("leaves %(day)s, or the day the law presumes before it: ask")
    return _("leaves %(day)s")


def moved(plan: PlanLine, _: Wording) -> str:
    """What it did to the steps that the day moved, as a sentence; "" where it did nothing."""
    said = ", ".join(_changes(plan.moved, _)) if plan.moved else ""
    return _("The day moved: %(changes)s.") % {"changes": said} if said else ""


def moved_on_a_list(plan: PlanLine, _: Wording) -> str:
    """What a moved day did, for a list, which shows fewer categories and so counts fewer steps."""
    said = ", ".join(_changes(plan.moved, _)) if plan.moved else ""
    return _("The day moved, and of the steps a list shows: %(changes)s.") % {"changes": said} if said else ""


def _changes(found: Difference, _: Wording) -> Iterator[str]:
    if count := found.earlier:
        yield ngettext("%(count)s step earlier", "%(count)s steps earlier", count) % {"count": count}
    if count := found.impossible:
        yield _("%(count)s now impossible") % {"count": count}
    if count := found.later:
        yield ngettext("%(count)s step later", "%(count)s steps later", count) % {"count": count}


def is_to_review(plan: PlanLine) -> bool:
    """Has the day moved, and has nobody gone through the plan since, as far as this worker may know?"""
    return any(step.code == "review_moved" and step.is_open for step in plan.steps)


def cover(plan: PlanLine, on: date, _: Wording) -> str:
    """How long medicine lasts, as a sentence; "" where that is not shared, or no medicine is told of."""
    days = {"day": plan.cover_until, "seen": plan.seen_on}
    return _cover(plan, _) % {name: _.near(day, on) if day else "" for name, day in days.items()}


def _cover(plan: PlanLine, _: Wording) -> str:
    match plan.cover:
        case CoverState.COVERED:
            return _("Medicine lasts until %(day)s, and they are booked to be seen by then.")
        case CoverState.NOWHERE:
            return _(
                "Medicine lasts until %(day)s, and no pharmacy is known to be open the day after they leave."
            )
        case CoverState.ENDS if plan.seen_on:
            return _("Medicine ends %(day)s, and they are seen only %(seen)s.")
        case CoverState.ENDS:
            return _("Medicine ends %(day)s, and nobody is booked by then.")
        case CoverState.ENDED:
            return _("Medicine ended %(day)s, and nobody has told of more.")
        case CoverState.BROKEN:
            return _("Medicine was missed several times in a row: ask for a prescriber's review.")
        case CoverState.NOT_KNOWN:
            return _("Medicine is told of, and not until when it lasts.")
        case _other:
            return ""


def shut(plan: PlanLine, on: date, _: Wording) -> str:
    """When it cannot be had, as a sentence, while nobody has said what is agreed; "" where on none."""
    found = next(
        (step.shut for step in plan.steps if step.shut and step.is_open and step.shut.last >= on), None
    )
    if found is None:
        return ""
    words = (
        _("The pharmacy is shut %(days)s, and nobody has said what is agreed for then.")
        if found.is_told
        else _("The pharmacy may be shut %(days)s, and nobody has said what is agreed for then.")
    )
    return words % {"days": days_of(found, _)}


def reasons(plan: PlanLine, on: date, _: Wording) -> list[str]:
    """Why they come first, as sentences; what is said of medicine comes with its day."""
    about_cover = [cover(plan, on, _)] if plan.cover in WORRYING else []
    about_cover += [shut(plan, on, _)] if "shut" in plan.reasons else []
    otherwise = SAID_OTHERWISE | SAID_BY_SILENCE if is_blank(plan) else SAID_OTHERWISE
    return [*about_cover, *(sentence(_(REASON_LABELS[key])) for key in plan.reasons if key not in otherwise)]


def sentence(words: str) -> str:
    """ "" stays ""."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def gate(plan: PlanLine, *, on: date, _: Wording) -> GateLine | None:
    """The gate line of a record, with its words; None while no day to leave on is told."""
    gate_on, line = plan.gate_on, gate_line(plan, full, on=on)
    if gate_on is None or line is None:
        return None
    return line._replace(
        title=_title(plan, on, _),
        today=line.today._replace(words=_("today")),
        labels=tuple(_labels(plan, gate_on, on, _)),
    )


def small_gate(plan: PlanLine, *, on: date, _: Wording) -> GateLine | None:
    """The gate line for a row of a list: no words stand under it."""
    line = gate_line(plan, small, on=on)
    return line._replace(title=_title(plan, on, _)) if line else None


def _title(plan: PlanLine, on: date, _: Wording) -> str:
    """What the picture shows, read aloud."""
    counts: Counter[str] = Counter(step.progress for step in plan.steps)
    steps = ", ".join(f"{counts[state]} {words}" for state, words in state_words(_).items() if counts[state])
    parts = [sentence(leaving(plan, on, _)), _("Steps: %(steps)s.") % {"steps": steps} if steps else ""]
    return " ".join(part for part in [*parts, cover(plan, on, _)] if part)


@cache
def state_words(_: Wording) -> Mapping[str, str]:
    return {
        "confirmed": _("confirmed"),
        "in_hand": _("in hand"),
        "not_started": _("not started"),
        "late": _("late"),
        "not_known": _("not known"),
        "not_needed": _("not needed"),
    }


def _labels(plan: PlanLine, gate_on: date, on: date, _: Wording) -> Iterator[Label]:
    yield Label(_("12 weeks"), 2.0)
    yield Label(_("4 weeks"), 34.0, is_needed=False)
    yield Label(_.near(gate_on, on), 50.0)
    yield Label(_("day 21"), 86.0)
    was_on = moved_from(plan)
    if was_on:
        yield Label(_("was %(day)s") % {"day": _.near(was_on, on)}, place(was_on, gate_on), row=1)
    if plan.seen_on:
        seen = _("seen %(day)s") % {"day": _.near(plan.seen_on, on)}
        yield Label(seen, place(plan.seen_on, gate_on), row=2 if was_on else 1)


def undecided(plan: PlanLine, _: Wording) -> str:
    """Why there is no gate on the line; "" where there is one."""
    if plan.gate_on:
        return ""
    if plan.shape is Shape.REMAND:
        return _("No day to leave on is told. Any hearing may free them.")
    return _("No day to leave on is told yet.")


def listed(names: Iterable[str]) -> str:
    """Labels within a sentence: "a GP, home tonight"."""
    return ", ".join(f"{name[:1].lower()}{name[1:]}" for name in names)
