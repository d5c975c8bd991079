"""What the loader says no to: a form is put right before anybody is asked it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from throughgate.assessment import instruments
from throughgate.assessment.instruments import InstrumentError
from throughgate.assessment.rules.checking import fingerprint
from throughgate.assessment.rules.shapes import Period

INDEX = """
[concepts]
title = "Concepts"
version = "1"
source = "us"
verified = "derived"
key = ["code"]
label = "label"

[licences]
title = "Licences"
version = "1"
source = "us"
verified = "derived"
key = ["code"]
label = "title"
"""
DATED = ",,,us,derived\n"
CONCEPTS = (
    "code,label,category,stale_after_days,afresh,valid_from,valid_to,source,verified\n"
    f"tea,Tea,equality,10,no{DATED}"
    f"sugar,Sugar,story,10,yes{DATED}"
)
LICENCES = (
    "code,title,licence,rights,notice,why,valid_from,valid_to,source,verified\n"
    f"tea_time,Tea time,ours,bundle,,Our own.{DATED}"
    f"boxes,Boxes,no derivatives,score_only,,It may not be changed.{DATED}"
    f"closed,Closed,paid,do_not_ship,,It may be used under a paid licence only.{DATED}"
)
FORM = """
title = "Tea time"
purpose = "What they drink."
period = {label = "now"}
source = "us"
verified = "derived"
languages = ["en"]
topics = ["cup"]
"""
CUP = """
title = "A cup"
intro = "Sit down."
category = "story"
[[questions]]
code = "tea"
text = "Tea?"
answers = "yes_no"
[[questions]]
code = "lumps"
concept = "sugar"
text = "How many lumps?"
answers = "number"
least = 0
most = 3
only_if = {question = "tea", any_of = ["yes"]}
[[questions]]
code = "biscuit"
text = "Which biscuit?"
answers = "words"
"""
SETS = """
[yes_no]
choices = [{code = "yes", label = "Yes", points = 1}, {code = "no", label = "No", points = 0}]
"""
SCORED = """
[scoring]
method = "sum"
least = 0
most = 1
source = "us"
is_verified = true
"""
YES_NO = """
title = "A cup"
intro = ""
category = "story"
[[questions]]
code = "a"
text = "A?"
answers = "yes_no"
"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A folder with the form of a small world, changed as told."""

    def written(*, form: str = FORM, cup: str = CUP, code: str = "tea_time", version: str = "1") -> Path:
        place = tmp_path / code / version
        place.mkdir(parents=True, exist_ok=True)
        files = {
            "index.toml": INDEX,
            "concepts.csv": CONCEPTS,
            "licences.csv": LICENCES,
            "answer_sets.toml": SETS,
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        (place / "instrument.toml").write_text(form, encoding="utf-8")
        (place / "cup.toml").write_text(cup, encoding="utf-8")
        return tmp_path

    return written


def test_a_form_is_read_as_it_is_written(write: Write) -> None:
    found = instruments.newest("tea_time", folder=write())
    tea, lumps, biscuit = found.questions
    assert [each.code for each in tea.choices] == ["yes", "no"]
    assert (lumps.concept, lumps.category, lumps.only_if and lumps.only_if.question) == (
        "sugar",
        "story",
        "tea",
    )
    assert (tea.concept, tea.category) == ("tea", "equality")
    assert (biscuit.concept, biscuit.category) == ("", "story")
    assert (found.needs_paper, found.licence) == (False, "ours")


def test_every_version_stays_and_the_newest_is_asked(write: Write) -> None:
    write(version="2")
    write(version="10", form=FORM.replace("Tea time", "Tea once more"))
    folder = write()
    assert instruments.versions(folder=folder) == {"tea_time": ("1", "2", "10")}
    assert instruments.newest("tea_time", folder=folder).title == "Tea once more"
    assert instruments.instrument("tea_time", "2", folder=folder).title == "Tea time"
    assert [each.version for each in instruments.every(folder=folder)] == ["1", "2", "10"]


REPEATED = """
[[questions]]
code = "drinks"
text = "Which?"
answers = "several"
choices = [
  {code = "milk", label = "Milk"},
  {code = "juice", label = "Juice"},
  {code = "none", label = "None"},
]
[[questions]]
each_chosen_of = "drinks"
but = ["none"]
[[questions.questions]]
code = "cold"
text = "Cold?"
answers = "yes_no"
[[questions.questions]]
code = "sort"
text = "Which sort?"
answers = "words"
but = ["milk"]
"""


def test_what_is_asked_of_each_thing_that_was_chosen(write: Write) -> None:
    found = instruments.newest("tea_time", folder=write(cup=CUP + REPEATED)).questions[4:]
    assert [(each.code, each.of) for each in found] == [
        ("milk_cold", "Milk"),
        ("juice_cold", "Juice"),
        ("juice_sort", "Juice"),
    ]
    assert found[0].only_if
    assert found[0].only_if.question == "drinks"
    assert found[0].only_if.any_of == {"milk"}


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        pytest.param("", "[[questions]]\n", "incomplete", id="a question without anything"),
        pytest.param(
            'code = "biscuit"', 'code = "tea"', "The question tea stands twice.", id="twice in a topic"
        ),
        pytest.param('"Which biscuit?"', '""', "biscuit asks nothing.", id="no words"),
        pytest.param('concept = "sugar"', 'concept = "salt"', "no concept called salt", id="unknown concept"),
        pytest.param('answers = "words"', 'answers = "song"', "called song", id="unknown kind of answer"),
        pytest.param('answers = "words"', 'answers = "one"', "needs choices", id="chosen from nothing"),
        pytest.param(
            'answers = "words"',
            'answers = "words"\nchoices = "yes_no"',
            "needs choices",
            id="words among choices",
        ),
        pytest.param("least = 0\n", "", "needs a least and a most", id="a number without an end"),
        pytest.param(
            'answers = "words"',
            'answers = "words"\nleast = 1\nmost = 2',
            "needs a least",
            id="words between ends",
        ),
        pytest.param(
            'question = "tea"', 'question = "biscuit"', "does not stand before", id="hangs on a later one"
        ),
        pytest.param('any_of = ["yes"]', 'any_of = ["oh"]', "tea does not offer", id="hangs on no answer"),
        pytest.param(
            'text = "Tea?"',
            'text = "Tea?"\nopens_conversation = ["oh"]',
            "does not offer",
            id="opens on no answer",
        ),
        pytest.param(
            'text = "Tea?"',
            'text = "Tea?"\nis_of_self_harm = true',
            "say which answers tell",
            id="of harm by no answer",
        ),
        pytest.param(
            'text = "Tea?"',
            'text = "Tea?"\nsame_day = ["yes"]',
            "what is done the same day",
            id="does it not say",
        ),
        pytest.param(
            'answers = "words"',
            'answers = "yes_no"\nsame_day = ["yes"]\nsame_day_words = "Bake some."',
            "name its concept",
            id="the same day about nothing",
        ),
        pytest.param(
            'answers = "words"',
            'answers = "one"\nchoices = [{code = "a", label = "A"}, {code = "a", label = "B"}]',
            "The answer of biscuit a stands twice.",
            id="an answer twice",
        ),
        pytest.param(
            'title = "A cup"', 'titel = "A cup"', "incomplete, or says too much", id="a misspelt word"
        ),
    ],
)
def test_a_topic_that_is_wrong_says_what_to_put_right(
    write: Write, was: str, now: str, sentence: str
) -> None:
    folder = write(cup=CUP.replace(was, now) if was else CUP + now)
    with pytest.raises(InstrumentError, match=sentence):
        instruments.newest("tea_time", folder=folder)


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        pytest.param(
            "[stages.night]\npot = []", "night picks the topic pot, which is not there", id="no topic"
        ),
        pytest.param(
            '[stages.night]\ncup = ["milk"]', "picks of cup what is not there: milk", id="no question"
        ),
        pytest.param(
            '[stages.night]\ncup = ["lumps"]', "picks lumps without tea", id="without what it hangs on"
        ),
        pytest.param(
            SCORED + '[scoring.either]\nany = ["milk"]',
            "names what is not asked: milk",
            id="scores a stranger",
        ),
        pytest.param(
            SCORED + 'read_as = "milk"', "is read by milk, which is not asked", id="read by a stranger"
        ),
        pytest.param(SCORED.replace("most = 1", "most = 9"), "No points for answers of", id="never reached"),
        pytest.param('topics = ["cup"]', "cannot be read", id="a key twice"),
        pytest.param("colour = 1", "incomplete, or says too much", id="an unknown key"),
    ],
)
def test_a_form_that_is_wrong_says_what_to_put_right(write: Write, now: str, sentence: str) -> None:
    cup = (
        YES_NO
        + '[[questions]]\ncode = "b"\ntext = "B?"\nanswers = "one"\nchoices = [{code = "c", label = "C"}]'
    )
    folder = write(form=FORM + now, cup=cup if "scoring" in now else CUP)
    with pytest.raises(InstrumentError, match=sentence):
        instruments.newest("tea_time", folder=folder)


@pytest.mark.parametrize(
    ("scoring", "sentence"),
    [
        pytest.param(
            SCORED.replace("most = 1", "most = 9"), "add up to 0 to 1, and not to 0 to 9", id="its most"
        ),
        pytest.param(
            SCORED + '[[scoring.bands]]\nleast = 0\nmost = 0\nlabel = "a"\nis_verified = true',
            "do not cover every total",
            id="bands that end too soon",
        ),
        pytest.param(
            SCORED
            + '[[scoring.bands]]\nleast = 0\nmost = 0\nlabel = "a"\nis_verified = true\n'
            + '[[scoring.bands]]\nleast = 2\nmost = 1\nlabel = "b"\nis_verified = true',
            "leave a gap, or overlap, after 0",
            id="bands with a gap",
        ),
    ],
)
def test_a_scoring_that_does_not_add_up(write: Write, scoring: str, sentence: str) -> None:
    with pytest.raises(InstrumentError, match=sentence):
        instruments.newest("tea_time", folder=write(form=FORM + scoring, cup=YES_NO))


def test_a_concept_is_asked_once_in_a_stage(write: Write) -> None:
    again = '[[questions]]\ncode = "cuppa"\nconcept = "tea"\ntext = "A cuppa?"\nanswers = "yes_no"\n'
    folder = write(form=FORM + "[stages.night]\ncup = []", cup=CUP + again)
    with pytest.raises(InstrumentError, match="The concept of night tea stands twice"):
        instruments.newest("tea_time", folder=folder)


def test_words_that_a_licence_does_not_let_us_ship_are_refused_and_it_says_why(write: Write) -> None:
    with pytest.raises(InstrumentError, match=r"scoring only. Leave out its words: It may not be changed."):
        instruments.newest("boxes", folder=write(code="boxes"))


@pytest.mark.parametrize(
    "words",
    [
        ('intro = ""', 'intro = "Over the last week"'),
        ('text = ""', 'text = ""\nhelp = "I have felt tense"'),
        ('label = "B"', 'label = "Not at all"'),
    ],
)
def test_words_stand_nowhere_in_a_form_that_is_scored_only(write: Write, words: tuple[str, str]) -> None:
    cup = YES_NO.replace('"A?"', '""').replace("yes_no", "one")
    boxes = 'choices = [{code = "A", label = "A", points = 0}, {code = "B", label = "B", points = 1}]\n'
    folder = write(code="boxes", form=FORM + SCORED, cup=(cup + boxes).replace(*words))
    with pytest.raises(InstrumentError, match=r"scoring only. Leave out its words"):
        instruments.newest("boxes", folder=folder)


def test_a_form_that_may_not_be_shipped_at_all_is_refused_and_it_says_why(write: Write) -> None:
    with pytest.raises(
        InstrumentError, match=r"may not be shipped: It may be used under a paid licence only."
    ):
        instruments.newest("closed", folder=write(code="closed"))


def test_without_its_words_such_a_form_is_scored(write: Write) -> None:
    cup = YES_NO.replace('"A?"', '""').replace("yes_no", "one")
    boxes = 'choices = [{code = "A", label = "A", points = 0}, {code = "B", label = "B", points = 1}]\n'
    found = instruments.newest("boxes", folder=write(code="boxes", form=FORM + SCORED, cup=cup + boxes))
    assert (found.needs_paper, found.rights) == (True, "score_only")


def test_a_form_of_which_no_licence_is_told_is_refused(write: Write) -> None:
    with pytest.raises(InstrumentError, match=r"say in licences.csv what its licence allows"):
        instruments.instrument("stranger", "1", folder=write(code="stranger"))


@pytest.mark.parametrize(
    ("code", "version"),
    [
        pytest.param("closed", "1", id="no folder of it"),
        pytest.param("tea_time", "2", id="no such version"),
        pytest.param("tea_time", "..", id="no way to another folder"),
    ],
)
def test_a_form_that_is_not_there_is_refused(write: Write, code: str, version: str) -> None:
    with pytest.raises(InstrumentError, match="has no version called"):
        instruments.instrument(code, version, folder=write())


def test_a_form_without_any_version_is_refused(write: Write) -> None:
    with pytest.raises(InstrumentError, match="Closed has no version called"):
        instruments.newest("closed", folder=write())


def test_a_topic_that_is_named_and_not_there_is_refused(write: Write) -> None:
    folder = write(form=FORM.replace("cup", "mug"))
    with pytest.raises(InstrumentError, match=r"tea_time/mug.toml cannot be read"):
        instruments.newest("tea_time", folder=folder)


# What answers are pinned to


def shipped(folder: Path, drawn: str) -> list[str]:
    (folder / "shipped.toml").write_text(f'[tea_time]\n1 = "{drawn}"\n')
    return instruments.unlike_shipped(folder=folder)


def test_a_version_that_was_asked_is_as_it_was(write: Write) -> None:
    folder = write()
    drawn = fingerprint(instruments.newest("tea_time", folder=folder))
    assert shipped(folder, drawn) == []
    assert shipped(folder, "else") == [
        "tea_time 1 is not as it was asked. Put it back, and change a copy of it."
    ]
    (folder / "shipped.toml").write_text("")
    assert instruments.unlike_shipped(folder=folder) == [
        f'tea_time 1 is new. Write into shipped.toml: 1 = "{drawn}"'
    ]


def test_who_says_so_and_who_checked_it_may_be_put_right(write: Write) -> None:
    found = instruments.newest("tea_time", folder=write())
    assert fingerprint(replace(found, source="them", verified="yes")) == fingerprint(found)
    assert fingerprint(replace(found, period=Period(label="last week"))) != fingerprint(found)
