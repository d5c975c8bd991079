"""Every question of every form, and every concept: what may be known, and how long it stands."""

from collections.abc import Iterator

from throughgate.assessment import instruments
from throughgate.assessment.rules.shapes import Concept, Condition, Instrument, Question, Topic
from throughgate.foundation import reading
from throughgate.packs.words.harm_reduction import names
from throughgate.wiring.reference.markdown import code, codes, paragraphs, table

HEAD = """\
# The question bank

Every question of the [forms](instruments.md) that we may print, topic by topic. What an answer tells is a
*concept*: whichever form asks for it, the answer is known to all of them, and shared by its category. *Level*
is how hard the easier of two wordings is to read, names of drugs not counted
([Flesch-Kincaid](../../throughgate/foundation/reading.py)): 4 is about an age of nine. An answer marked
! opens a talk of safety, now; one marked * has something done the same day."""
CONCEPTS = """\
After so many days an answer is shown as old. What is *afresh* is asked each time: what was said before is
shown beside it and never confirmed together with others."""
COLUMNS = ("question", "asks", "level", "answers", "concept", "only if", "for the worker")
FROM_TO = {"number", "days", "scale"}


def page() -> str:
    printed = [each for each in instruments.every() if not each.needs_paper]
    return paragraphs(
        HEAD,
        *(text for form in printed for text in _form(form)),
        "## Concepts",
        CONCEPTS,
        table(
            ("concept", "is", "category", "days", "afresh"), map(_concept, instruments.concepts().values())
        ),
    )


def _form(form: Instrument) -> Iterator[str]:
    yield f"## {form.title}, version {form.version}"
    for topic in form.topics:
        yield f"### {form.code}: {topic.title}"
        yield _about(topic)
        yield table(COLUMNS, map(_question, topic.questions))


def _about(topic: Topic) -> str:
    said = [topic.intro, f"Shared as {code(topic.category)}, where a concept says nothing else."]
    said += ["For those trained in it."] * topic.clinical
    said += ["Closed until the person opens it."] * topic.closed
    return " ".join(filter(None, said))


def _question(each: Question) -> tuple[str, ...]:
    asks = f"{each.of}: {each.text}" if each.of else each.text
    if each.easy:
        asks += f" *Easy: {each.easy}*"
    level = reading.shown(each.easy or each.text, names=names())
    worker = " ".join(filter(None, (each.help, each.same_day_words and f"Today: {each.same_day_words}.")))
    return code(each.code), asks, level, _answers(each), code(each.concept), _only_if(each.only_if), worker


def _answers(each: Question) -> str:
    if each.answers in FROM_TO:
        return f"{each.least} to {each.most} {each.unit}".rstrip()
    if not each.choices:
        return each.answers
    return f"{each.answers}: " + ", ".join(
        choice.label + _marks(each, choice.code) for choice in each.choices
    )


def _marks(each: Question, answer: str) -> str:
    return "!" * (answer in each.opens_conversation) + "*" * (answer in each.same_day)


def _only_if(condition: Condition | None) -> str:
    if condition is None:
        return ""
    if condition.above is not None:
        return f"{code(condition.question)} above {condition.above}"
    return f"{code(condition.question)}: {codes(sorted(condition.any_of))}"


def _concept(each: Concept) -> tuple[str, ...]:
    afresh = "afresh" if each.afresh else ""
    return code(each.code), each.label, code(each.category), str(each.stale_after_days), afresh
