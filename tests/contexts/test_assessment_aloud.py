"""Questions read out to somebody in their own language, with the worker's beside it."""

import pytest

from tests import story
from tests.contexts.pages import said
from tests.contexts.test_assessment_pages import answered, begun, look, send, shown, told
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
SWITCH = "Read the questions in Welsh"


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    speaks("WEL")


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


def speaks(code: str, day: int = 3) -> None:
    spoken = [{"type": "PREF_SPEAK", "code": code, "interpreterRequested": False}]
    story.bring_in(story.document(languages=spoken), as_at=story.noon(day))


def test_who_speaks_welsh_hears_the_questions_in_it_and_the_worker_reads_both(nurse: Hat) -> None:
    sitting = begun(nurse)
    assert SWITCH in look(nurse, "topic", sitting, "tonight")
    send(nurse, "topic", sitting, "tonight", deed="language", q_nicotine="vapes")
    page = look(nurse, "topic", sitting, "tonight")
    asked = shown(page, "nicotine")
    assert '<legend lang="cy">' in asked
    assert "Do you smoke or vape?</legend>" not in asked
    assert "Do you smoke or vape?" in said(asked)
    assert "checked" in asked  # what was ticked before the language changed
    assert "No Welsh speaker has checked these words yet" in said(page)
    answered(nurse, sitting, "tonight", q_nicotine="smokes")
    assert told(nurse, "nicotine") == [("asked", ("smokes",))]
    send(nurse, "topic", sitting, "tonight", deed="language")
    assert '<legend lang="cy">' not in look(nurse, "topic", sitting, "tonight")


def test_to_change_the_language_of_an_empty_page_keeps_no_draft(nurse: Hat) -> None:
    sitting = begun(nurse)
    send(nurse, "topic", sitting, "tonight", deed="language")
    page = look(nurse, "topic", sitting, "tonight")
    assert ('<legend lang="cy">' in page, "Kept as a draft" in page) == (True, False)


def test_who_speaks_no_other_language_is_offered_none(nurse: Hat) -> None:
    speaks("ENG", day=4)
    sitting = begun(nurse)
    assert SWITCH not in look(nurse, "topic", sitting, "tonight")
    send(nurse, "topic", sitting, "tonight", deed="language")
    assert 'lang="cy"' not in look(nurse, "topic", sitting, "tonight")


def test_words_of_others_are_read_out_as_they_gave_them(nurse: Hat) -> None:
    assert SWITCH not in look(nurse, "topic", begun(nurse, "phq_9"), "questions")
