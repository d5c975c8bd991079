"""The catalogue of every string a person can read: what translators work from, kept in step with the code."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from throughgate.access import policy
from throughgate.assessment import instruments
from throughgate.assessment.rules import wording
from throughgate.assessment.rules.shapes import Instrument
from throughgate.foundation.codesets import code_set
from throughgate.wiring.places import ROOT
from throughgate.wiring.reach import Source

CATALOGUE = ROOT / "throughgate" / "locale" / "throughgate.pot"
# What a person's own sheet and pages say, in Welsh. The next worker's is in English.
WELSH = ROOT / "throughgate" / "locale" / "cy" / "LC_MESSAGES" / "sheets.po"
SHEETS = [
    (f"packs/{name}.py", "python")
    for name in ("words/*", "rendering/layout", "rendering/pictures", "rendering/spoken")
] + [
    ("summaries/words.py", "python"),
    ("pages/mine/presenters.py", "python"),
    ("pages/mine/*_words.py", "python"),
    ("pages/sharing/paper.py", "python"),
    # What the book has in common with workers' pages.
    ("pages/wording.py", "python"),
    ("pages/drafted.py", "python"),
    *((f"pages/assessment/{name}.py", "python") for name in ("asking", "said", "forms", "paper_words")),
    *(
        (f"pages/person/{name}.py", "python")
        for name in ("words", "answer_words", "book_words", "team_words")
    ),
    *((f"pages/{context}/words.py", "python") for context in ("sharing", "story", "summaries")),
    ("pages/assessment/templates/assessment/questions.html", "jinja2"),
]
OWN_DOORS = frozenset({"doors.anyone", "doors.own", "doors.own_further"})  # those of their own book
WHERE = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
# Code sets whose labels a person reads in their book, or a text for others says.
LABELS = (
    *(
        code_set(name)
        for name in (
            "appointment_kinds",
            "assessment_ways",
            "before_custody",
            "categories",
            "contact_modes",
            "date_certainties",
            "dose_units",
            "dose_units_of_one",
            "ethnicities",
            "goal_states",
            "identifier_systems",
            "languages",
            "naloxone_states",
            "need_domains",
            "need_levels",
            "release_date_types",
            "review_jobs",
            "safe_ways",
            "sexes",
            "sharing_minimum",
            "summary_givings",
            "summary_texts",
            "supervision",
        )
    ),
    *(code_set(name, folder=policy.ACCESS) for name in ("purposes", "roles")),
)
COMMENT = "For translators:"


def check() -> list[str]:
    """What is not in step; empty when all is."""
    kept = _ids(read_po(CATALOGUE.open("rb"))) if CATALOGUE.exists() else set()
    found = _ids(_extracted())
    welsh = {str(message.id): message.string for message in read_po(WELSH.open("rb"))}
    untold = [f"no Welsh on a sheet: {text!r}" for text in sorted(_ids(_of_sheets())) if not welsh.get(text)]
    new = [f"not in the catalogue: {text!r}" for text in sorted(found - kept)]
    return [
        *untold,
        *new,
        *(f"in the catalogue and no longer used: {text!r}" for text in sorted(kept - found)),
    ]


def write() -> Path:
    """Sorted and without places, so that it changes only when a string does."""
    CATALOGUE.parent.mkdir(exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, _extracted(), sort_output=True, no_location=True, omit_header=True, width=0)
    _write_welsh()
    return CATALOGUE


def _write_welsh() -> None:
    """What was translated stays; what is new waits for its Welsh, and what is gone goes."""
    catalogue = read_po(WELSH.open("rb"), locale="cy")
    catalogue.update(_of_sheets(), no_fuzzy_matching=True)
    with WELSH.open("wb") as file:
        write_po(
            file,
            catalogue,
            sort_output=True,
            no_location=True,
            ignore_obsolete=True,
            omit_header=True,
            width=0,
        )


def _of_texts() -> Iterator[str]:
    """What tables put into a text for others: its headings, its notice, what was asked about."""
    yield from (row["notice"] for row in code_set("summary_texts").rows if row["notice"])
    for row in code_set("summary_lines").rows:
        yield row["heading"]
        what, *concept = row["tells"].split(":")
        if what == "answer":
            yield instruments.concepts()[concept[0]].label
    yield from (row["label"] for row in code_set("told_answers", folder=instruments.INSTRUMENTS).rows)


@cache
def of_the_book() -> frozenset[str]:
    """Everything that a page of somebody's own book can come to say, whichever module says it."""
    source = Source.below(ROOT, "throughgate")
    return frozenset(source.said(source.reached(source.views("throughgate.pages.mine.", OWN_DOORS))))


def _all_words(form: Instrument) -> list[str]:
    return wording.said_to_the_person(form) + wording.said_to_the_worker(form)


def _of_sheets() -> Catalog:
    """Without plurals, of which Welsh has more than two: what has some says it in English."""
    found = _extracted(SHEETS, wording.said_to_the_person)
    for plural in [message.id for message in found if message.pluralizable]:
        found.delete(plural)
    return found


def _extracted(
    where: Sequence[tuple[str, str]] = WHERE, of_forms: Callable[[Instrument], list[str]] = _all_words
) -> Catalog:
    """What the code says, and what forms of ours say that are asked in more than one language."""
    catalogue = Catalog()
    for label in chain(*(table.labels().values() for table in LABELS), _of_texts(), of_the_book()):
        catalogue.add(label)
    for form in instruments.every():
        for words in of_forms(form) if len(form.languages) > 1 else ():
            catalogue.add(words)
    for path, line, text, comments, context in extract_from_dir(
        ROOT / "throughgate",
        method_map=where,
        comment_tags=[COMMENT],
        keywords=DEFAULT_KEYWORDS | {"sentence": None},
    ):
        catalogue.add(text, locations=[(path, line)], auto_comments=comments, context=context)
    return catalogue


def _ids(catalogue: Catalog) -> set[str]:
    """A string with a plural, or with a context, is one of its own."""
    return {f"{message.context or ''}{message.id}" for message in catalogue if message.id}
