"""The forms that people are asked: what each is, which stage asks what, and how it is added up."""

from collections.abc import Iterator

from throughgate.assessment import instruments
from throughgate.assessment.rules.asking import at_stage, seconds
from throughgate.assessment.rules.shapes import Band, Cut, Instrument, Scoring
from throughgate.wiring.reference.markdown import bullets, code, codes, paragraphs, table

HEAD = """\
# Forms, and what they add up to

What people are asked, as the folders of [`data/instruments`](../../data/instruments/README.md) say it:
[every question](question-bank.md), [what the licences allow](licences.md),
[how to add a form](../how-to/add-an-instrument.md).

A total is a reason to ask further. It is worked out each time and never stored; it never says that somebody
is safe, and never what to give. What an earlier answer leaves out adds its least. *Not verified* stands where
we know it from memory or could not check it; pages say so beside it."""
STAGES = "It is asked in stages. Minutes are [estimated](first-night.md), with nothing left out."
BEFORE = (
    "In custody these are the days before it, and such answers are never compared with those of other days."
)
MINUTE = 60  # seconds


def page() -> str:
    every = instruments.every()
    return paragraphs(
        HEAD,
        table(("form", "version", "asks", "wording", "languages"), map(_entry, every)),
        *(text for form in every for text in _form(form)),
    )


def _entry(form: Instrument) -> tuple[str, ...]:
    return form.title, form.version, form.purpose, _wording(form), ", ".join(form.languages)


def _wording(form: Instrument) -> str:
    if form.needs_paper:
        return "on its own paper form"
    return "ours" if form.verified == "derived" else _verified(is_so=form.verified == "yes")


def _form(form: Instrument) -> Iterator[str]:
    before = f" {BEFORE}" if form.period.before_custody_in else ""
    yield f"## {form.title}"
    yield f"Asks about: {form.period.label}.{before} {form.typing}".rstrip()
    yield f"Source: {form.source}."
    if form.stages:
        yield STAGES
        yield table(("stage", "topics", "questions", "minutes"), [_stage(form, each) for each in form.stages])
    if form.scoring:
        yield from _scoring(form.scoring)


def _stage(form: Instrument, stage: str) -> tuple[str, ...]:
    topics = at_stage(form, stage)
    questions = sum(len(topic.questions) for topic in topics)
    minutes = -(-seconds(topics) // MINUTE)
    return code(stage), codes(topic.code for topic in topics), str(questions), str(minutes)


def _scoring(scoring: Scoring) -> Iterator[str]:
    yield bullets(filter(None, (_sum(scoring), _missing(scoring), _change(scoring), scoring.no_bands)))
    if scoring.bands:
        yield table(("total", "called", ""), map(_band, scoring.bands))
    if scoring.cuts:
        yield table(("from", "for", "says", ""), map(_cut, scoring.cuts))
    if scoring.either:
        rows = ((code(name), codes(items)) for name, items in scoring.either.items())
        yield table(("yes", "where any of these is"), rows)


def _sum(scoring: Scoring) -> str:
    verified = f"Source of the scoring: {scoring.source} ({_verified(is_so=scoring.is_verified)})."
    return verified if scoring.method == "profile" else f"{scoring.least} to {scoring.most}. {verified}"


def _missing(scoring: Scoring) -> str:
    if scoring.method == "profile":
        return ""
    if not scoring.may_miss:
        return "Where an answer is missing there is no total."
    return f"Up to {scoring.may_miss} missing stand at the mean of the others; with more there is no total."


def _change(scoring: Scoring) -> str:
    if scoring.changes_by is None:
        return ""
    verified = _verified(is_so=scoring.changes_verified)
    return f"A change of less than {scoring.changes_by} may be chance ({verified})."


def _band(band: Band) -> tuple[str, ...]:
    return f"{band.least} to {band.most}", band.label, _verified(is_so=band.is_verified)


def _cut(cut: Cut) -> tuple[str, ...]:
    return str(cut.at), cut.sex or "everybody", cut.says, _verified(is_so=cut.is_verified)


def _verified(*, is_so: bool) -> str:
    return "verified" if is_so else "not verified"
