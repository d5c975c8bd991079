"""How long the first night's questions take: counted on the real page, timed by a model of hands and voices.

The model is assessment/rules/pace.py, with its sources and its limits. No real person was timed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import story
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    press,
    the_prison_says,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_sign_in,
)
from tests.packs import SCRIPT
from throughgate.assessment.rules import pace
from throughgate.assessment.rules.pace import Effort

pytestmark = pytest.mark.django_db(transaction=True)
FIGURES = Path(__file__).parents[2] / "docs" / "reference" / "first-night.md"
THREE_MINUTES = 180

USED, LAST_USE, ILL = "did you use any of these", "When did you last use", "been very ill"
SCRIPT_ASKED, LAST_DOSE, OTHERS, WHICH = "get a script", "your last dose", "other medicines", "Which ones?"
OVERDOSE, HARM, PREGNANT = "overdosed in the last month", "hurting yourself now", "pregnant"
HOME, ALONE, NICOTINE = "at home need you", "alone now", "smoke or vape"

Answers = Mapping[str, Sequence[str]]
NOTHING: Answers = {USED: ["None of these"], HOME: ["Nobody"], NICOTINE: ["No"]}
USUAL: Answers = {
    USED: ["Heroin, methadone or strong painkillers"],
    LAST_USE: ["Yesterday"],
    SCRIPT_ASKED: ["Yes"],
    LAST_DOSE: ["Yesterday"],
    HOME: ["Nobody"],
    NICOTINE: ["I smoke"],
}
MUCH: Answers = {
    USED: ["Alcohol", "Valium, Xanax or the like", "Heroin, methadone or strong painkillers"],
    LAST_USE: ["Today"],
    ILL: ["Yes"],
    SCRIPT_ASKED: ["Yes"],
    LAST_DOSE: ["Today"],
    OTHERS: ["Yes"],
    WHICH: ["Sertraline in the morning, and a blue inhaler"],
    OVERDOSE: ["Yes"],
    HARM: ["Yes"],
    PREGNANT: ["I could be"],
    HOME: ["Children", "Pets"],
    ALONE: ["Yes"],
    NICOTINE: ["I smoke", "I vape"],
}


@pytest.fixture(autouse=True)
def dee(monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, "2026-11-05 18:00")
    the_prison_says(story.document(), as_at="2026-11-05 17:00")


@dataclass
class Hands:
    """A worker who reads out what stands there, hears the answer and presses it. It is counted."""

    page: Page
    effort: Effort = field(default_factory=Effort)
    seen: set[str] = field(default_factory=set)

    def takes(self, **more: int) -> None:
        added = {name: getattr(self.effort, name) + number for name, number in more.items()}
        self.effort = replace(self.effort, **added)

    def go(self, what: Locator) -> None:
        self.reach(what)
        follow(what)
        self.takes(decisions=1, presses=1, pages=1)

    def reach(self, what: Locator) -> None:
        """Scrolled to, where it is not in sight whole."""
        box, window = what.bounding_box(), self.page.viewport_size
        assert box
        assert window
        if box["y"] < 0 or box["y"] + box["height"] > window["height"]:
            what.evaluate("each => each.scrollIntoView()")
            self.takes(scrolls=1)

    def ask(self, question: Locator, answers: Answers) -> None:
        self.reach(question)
        legend = words_of(question.locator("legend"))
        choices = question.locator(".tg-picks:not(.tg-picks--else) label")
        labels = [words_of(each) for each in choices.all()]
        is_read_out = labels != ["Yes", "No"]
        self.takes(said=count(legend) + is_read_out * sum(map(count, labels)), answers=1, decisions=1)
        self.read_what_is_known(question)
        for answer in next((given for words, given in answers.items() if words in legend), ["No"]):
            self.answer(question, answer)

    def read_what_is_known(self, question: Locator) -> None:
        """What the record tells beside it; the same words under a second question are not read again."""
        for known in map(words_of, question.locator(".tg-ask__old").all()):
            self.takes(read=0 if known in self.seen else count(known))
            self.seen.add(known)

    def answer(self, question: Locator, words: str) -> None:
        choice = question.locator(".tg-picks:not(.tg-picks--else) label").filter(
            has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")
        )
        if choice.count():
            press(choice)
            self.takes(presses=1)
        else:
            question.locator("textarea").first.fill(words)
            self.takes(presses=1, fields=1, keys=len(words))


def words_of(what: Locator) -> str:
    return what.inner_text().strip()


def count(words: str) -> int:
    return len(words.split())


@pytest.mark.parametrize(
    ("who", "answers", "is_treated"),
    [
        pytest.param("Nothing to tell", NOTHING, False, id="nothing to tell"),
        pytest.param("A script, and the record tells of it", USUAL, True, id="usual"),
        pytest.param("Much to tell", MUCH, True, id="much to tell"),
    ],
)
def test_a_first_night_takes_under_three_minutes(
    open_page: Callable[..., Page], who: str, answers: Answers, *, is_treated: bool
) -> None:
    # Given a nurse at reception, who has Dee's record before her
    if is_treated:
        story.treated(SCRIPT)
    hands = Hands(open_page())
    page = hands.page
    when_they_sign_in(page, given_a_worker("Nia Lantern", role="prison_healthcare", at="MDI"))
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    # When she asks what stands there, and saves it
    hands.go(page.get_by_role("link", name="Ask and note"))
    estimate = page.get_by_text(re.compile("At most 13 questions")).first.inner_text()
    hands.go(page.get_by_role("button", name=re.compile("Begin ?: First night")))
    hands.takes(said=count(words_of(page.locator(".tg-lead"))))
    for question in page.locator(".tg-ask").all():
        if question.is_visible():
            hands.ask(question, answers)
    hands.go(page.get_by_role("button", name="Save and go on").last)
    expect(page.get_by_text("0 of 1 begun")).to_have_count(0)
    # Then it is under three minutes, no more than the page said, and the page of figures has it
    taken = pace.seconds(hands.effort)
    assert taken < THREE_MINUTES
    assert taken <= 60 * int(estimate.split("about ")[1][0])
    assert row(who, hands.effort) in FIGURES.read_text()


def row(who: str, effort: Effort) -> str:
    """As a row of the page of figures."""
    cells = [who, *(str(getattr(effort, each.name)) for each in fields(Effort))]
    times = [f"{pace.seconds(effort):.0f} s", f"{pace.seconds(effort, pace='slow'):.0f} s"]
    return f"| {' | '.join([*cells, *times])} |"
