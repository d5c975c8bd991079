"""What was answered stands on the plan: nobody asks it again, or types it twice."""

from typing import Any

import pytest

from tests import story
from tests.contexts.clients import address
from tests.contexts.pages import said
from tests.team import form, look
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.answers import Said
from throughgate.assessment.rules.shapes import Answer
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.team import actions as team
from throughgate.team.rules import Reason

pytestmark = pytest.mark.django_db
UNKNOWN = "What started it, and what keeps it going, is not recorded."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def permit() -> Permit:
    return story.opens(story.worker(), story.person())


def answers(permit: Permit, topic: str, **values: Any) -> None:
    words = Said(
        sitting=new_id(),
        instrument="standard",
        version="1",
        stage="comprehensive",
        topic=topic,
        way="worker",
        setting="custody",
        again_because="She asked for it",
        answers={
            question: value if isinstance(value, Answer) else Answer(state="answered", value=value)
            for question, value in values.items()
        },
    )
    assessment.record_answers(permit, words, at=permit.at, form=form())


def plan() -> str:
    return said(look(story.worker(), "plan"))


@pytest.mark.parametrize(
    ("topic", "given", "suggests"),
    [
        ("tonight", {"pregnancy": "yes"}, "Pregnancy and parenting"),
        ("children", {"parenting_help": "yes"}, "Pregnancy and parenting"),
        ("children", {"children": "with_me", "children_contact": ("visits",)}, "Contact with their children"),
        ("daily_life", {"care_assessment": "yes"}, "Care and support"),
        ("safety", {"safer_custody": "yes"}, "Safer custody"),
        ("matters", {"worth_it": ("own_home",)}, "A home would make it worth it"),
    ],
)
def test_what_was_answered_suggests_what_to_plan(
    permit: Permit, topic: str, given: dict[str, Any], suggests: str
) -> None:
    assert suggests not in plan()
    answers(permit, topic, **given)
    assert suggests in plan()


def test_what_is_no_longer_so_suggests_nothing(permit: Permit) -> None:
    answers(permit, "tonight", pregnancy="yes")
    answers(permit, "tonight", pregnancy="no")
    assert "Pregnancy and parenting" not in plan()


def test_who_may_not_read_an_answer_is_suggested_nothing_by_it(permit: Permit) -> None:
    answers(permit, "tonight", pregnancy="yes")
    officer = story.worker("offender_management")
    assert "Pregnancy and parenting" not in said(look(officer, "plan"))


def test_what_is_behind_it_is_not_asked_again_where_they_have_answered_it(permit: Permit) -> None:
    assert UNKNOWN in plan()
    answers(permit, "reasons", started_it=("loss", "home"), started_it_words="When nan died")
    page = plan()
    assert (UNKNOWN in page, "They have answered what is behind it." in page) == (False, True)
    assert "Losing someone, No home" in page
    assert "When nan died" in page
    assert "A prison recovery worker, Moorland" in page
    assert address("sheet", story.worker(), story.person(), "reason")[-21:] + "?part=started" in look(
        story.worker(), "plan"
    )


def test_what_would_make_it_worth_it_leads_as_they_answered_it_until_it_is_a_reason(permit: Permit) -> None:
    answers(permit, "matters", worth_it=("children",))
    assert "What would make it worth it: My children" in plan()
    team.give_reason(permit, Reason(part="worth", reason="work", text="To cook"), at=permit.at, form=form())
    assert "What would make it worth it: Work or learning" in plan()
