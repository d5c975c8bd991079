"""What stands beside the record from a person's own book: what they see otherwise, receipts, how they are."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import story
from tests.content import rows
from tests.contexts.clients import address, beside_them, signed_in, words
from tests.contexts.pages import said
from tests.contexts.test_mine_book import chooses, kept, page, send, tells
from throughgate.contacts import actions as contacts
from throughgate.foundation.ids import new_id
from throughgate.packs import queries as packs
from throughgate.packs.content import Edition, Language, Reader
from throughgate.record import history
from throughgate.record.rules import Form
from throughgate.staff.queries import Hat
from throughgate.team import actions as team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


@pytest.fixture
def beside(ravi: Hat) -> Client:
    return beside_them(ravi)


def noted(hat: Hat, *only_for: object) -> str:
    """A note of treatment; where it is in her book."""
    entry_id = contacts.write_note(
        story.opens(hat, story.person()),
        kind="note_treatment",
        text="She missed group",
        at=story.NOON,
        form=Form(str(new_id())),
        only_for=only_for,  # type: ignore[arg-type]
    )
    return f"/mine/written/{entry_id}/"


def read_by(hat: Hat, name: str = "person") -> str:
    return said(words(signed_in(hat).get(address(name, hat, story.person()))))


def test_what_she_sees_otherwise_stands_beside_what_was_written(ravi: Hat, beside: Client) -> None:
    url = noted(ravi)
    assert f'href="{url}"' in words(beside.get("/mine/written/"))
    kept(beside, url, text="I was at court")
    for found in (read_by(ravi), page(beside, "/mine/written/")):
        assert "She missed group" in found
        assert "I was at court" in found
    (noted_id,) = rows("SELECT id FROM record_entry WHERE kind = 'note_treatment'")[0]
    written = rows("SELECT kind, source, item FROM record_entry WHERE kind LIKE 'disagrees%%'")
    assert written == [("disagrees_treatment_medicines", "person", str(noted_id))]
    assert "I was at court" in read_by(ravi).partition("Disagrees")[2]


def test_what_stands_beside_an_entry_is_known_to_nobody_more_than_the_entry(
    ravi: Hat, beside: Client
) -> None:
    kept(beside, noted(ravi, ravi.worker_id), text="I was at court")
    colleague = story.worker("prison_healthcare")
    assert ["at court" in read_by(hat) for hat in (ravi, colleague)] == [True, False]


@pytest.mark.parametrize(("text", "why"), [("", "Write something first"), ("x" * 4_001, "too long")])
def test_nothing_and_too_much_come_back(ravi: Hat, beside: Client, text: str, why: str) -> None:
    answer = send(beside, noted(ravi), text=text)
    assert (answer.status_code, why in words(answer)) == (400, True)


def test_her_own_words_she_says_anew_and_what_is_not_hers_is_not_there(beside: Client) -> None:
    kept(beside, "/mine/story/about/", text="I sing")
    (own_id,) = rows("SELECT id FROM record_entry WHERE kind = 'own_about'")[0]
    for missing in (own_id, new_id()):
        assert beside.get(f"/mine/written/{missing}/").status_code == 404


def test_what_may_be_hard_to_read_opens_with_a_click_in_her_book_and_in_its_history(
    ravi: Hat, beside: Client
) -> None:
    permit, url = story.opens(ravi, story.person()), noted(ravi)
    entry_id = rows("SELECT id FROM record_entry WHERE kind = 'note_treatment'")[0][0]
    team.note_content(permit, history.versions(permit, entry_id)[0], about=["loss"], form=Form("k"))
    past = words(signed_in(ravi).get(address("history", ravi, story.person(), entry_id)))
    for found in (words(beside.get("/mine/written/")), past):
        before, opened, _ = found.partition("<details")
        assert opened
        assert "She missed group" not in before
    assert url


def test_each_choice_has_a_receipt_with_its_code(beside: Client) -> None:
    assert "What you chose, on paper" not in page(beside, "/mine/sharing/")
    chooses(beside, answer="keep_back")
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'sharing_choice'")[0]
    assert "What you said on Monday 2 November 2026" in page(beside, "/mine/sharing/")
    found = page(beside, f"/mine/sharing/said/{entry_id}/")
    for part in ("Your code", "If you change your mind", "What does not go away"):
        assert part in found
    assert "Dee" not in found
    assert beside.get(f"/mine/sharing/said/{new_id()}/").status_code == 404


# How she is, on Today


def test_what_is_told_to_one_worker_stands_on_their_today_until_it_is_answered(
    ravi: Hat, beside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = story.worker()
    tells(beside, ravi.worker_id)
    today = [said(words(signed_in(hat).get(address("today", hat)))) for hat in (ravi, colleague)]
    assert "Told by themselves Answer today Dee Marlowe I am struggling, Mon 2 Nov 2026, 12:00" in today[0]
    assert "Told by themselves" not in today[1]
    monkeypatch.setenv("TG_CLOCK", (story.NOON + timedelta(days=1)).isoformat())
    assert "Not answered Dee Marlowe" in said(words(signed_in(ravi).get(address("today", ravi))))
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'told'")[0]
    url = address("answer_told", ravi, story.person(), entry_id)
    signed_in(ravi).post(url, {"text": "I come", "form_key": "k"})
    assert "Told by themselves" not in words(signed_in(ravi).get(address("today", ravi)))


# How to reach her safely


def next_workers_sheet(hat: Hat) -> str:
    sheet = packs.sheet_now(story.opens(hat, story.person()), Edition(Reader.NEXT_WORKER, Language.ENGLISH))
    (section,) = [each for each in sheet.sections if each.key == "safe_contact"]
    return " ".join(" ".join((item.title, *item.lines)) for item in section.items)


def test_how_to_reach_her_stands_at_the_head_of_the_record_and_on_the_next_workers_sheet(
    ravi: Hat, beside: Client
) -> None:
    assert next_workers_sheet(ravi) == "Not recorded"
    kept(beside, "/mine/story/reach/", way="ring", reach="01632 960001", text="After six")
    kept(beside, "/mine/story/reach/", way="text", reach="01632 960001", is_safe="no", text="He reads them")
    head = read_by(ravi).partition("About me")[0]
    assert "Never: Send a text: 01632 960001. He reads them" in head
    assert "Safe: Ring a telephone: 01632 960001. After six" in head
    assert head.index("Never") < head.index("Safe:")
    sheet = next_workers_sheet(ravi)
    assert "Never: Send a text, 01632 960001 He reads them" in sheet
    assert "Ring a telephone: 01632 960001 After six" in sheet
