"""What a person reads and writes in their own book, as their browser asks for it."""

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from pypdf import PdfReader

from tests import pictures, story
from tests.content import rows
from tests.contexts.clients import address, beside_them, signed_in, words
from tests.contexts.pages import said
from tests.contexts.test_mine_pages import opened
from tests.story import DEE
from throughgate.access import actions as access
from throughgate.book import actions as book
from throughgate.book import queries as book_queries
from throughgate.contacts import actions as contacts
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form
from throughgate.staff.models import Post
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
WORD = "lantern by the gate"
LEAVES = {"conditionalReleaseDate": "2026-11-13", "confirmedReleaseDate": "2026-11-13"}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document(**LEAVES))


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


@pytest.fixture
def beside(ravi: Hat) -> Client:
    return beside_them(ravi)


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.headers
    return said(answer.content.decode())


def send(client: Client, url: str, **typed: Any) -> HttpResponseBase:
    return client.post(url, {"form_key": str(new_id()), "who": "all", **typed})


def kept(client: Client, url: str, **typed: Any) -> None:
    answer = send(client, url, **typed)
    assert answer.status_code == 302, words(answer)


# Levels


def test_paper_opens_the_next_things_and_nothing_else(ravi: Hat) -> None:
    client = opened(ravi)
    assert "Friday 13 November" in page(client, "/mine/next/") or "Nothing is booked" in page(
        client, "/mine/next/"
    )
    for url in ("/mine/plan/", "/mine/story/", "/mine/written/", "/mine/story/helps/", "/mine/word/new/"):
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/mine/word/")


def test_a_word_chosen_beside_a_worker_opens_the_rest_from_paper(ravi: Hat, beside: Client) -> None:
    kept(beside, "/mine/word/new/", word=WORD)
    client = opened(ravi)
    wrong = client.post("/mine/word/", {"word": "umbrella"})
    assert (wrong.status_code, "That is not the word" in words(wrong)) == (400, True)
    assert client.post("/mine/word/", {"word": WORD.upper()}).headers["Location"] == "/mine/next/"
    assert "My story" in page(client, "/mine/story/")
    client.post("/mine/hide/")
    assert client.get("/mine/story/").status_code == 302


def test_a_word_soon_guessed_comes_back_with_why(beside: Client) -> None:
    answer = beside.post("/mine/word/new/", {"word": "sunshine"})
    assert (answer.status_code, "hard to guess" in words(answer)) == (400, True)


def test_each_page_is_audited_as_the_persons_own_look_with_who_sat_beside(ravi: Hat, beside: Client) -> None:
    beside.get("/mine/story/")
    found = rows(
        "SELECT person_id, actor_kind, actor_id, purpose, detail->>'level', detail->>'beside'"
        " FROM audit_event WHERE action = 'open own record' ORDER BY id DESC LIMIT 1"
    )
    assert found == [(story.person(), "person", None, "own_record", "beside", str(ravi.worker_id))]


# Their story


def test_what_they_say_of_themselves_stands_with_when_and_by_whose_hand(beside: Client) -> None:
    assert page(beside, "/mine/story/").count("Nothing here yet.") == 19
    kept(beside, "/mine/story/about/", text="I sing <b>loud</b>", helper="yes")
    found = page(beside, "/mine/story/")
    assert "I sing <b>loud</b>" in found
    assert "Said on Monday 2 November 2026. A helper wrote it down." in found


def test_said_anew_it_takes_the_place_of_what_was_said_and_both_are_kept(beside: Client) -> None:
    kept(beside, "/mine/story/worries/", text="The bus")
    assert ">The bus<" in words(beside.get("/mine/story/worries/"))
    kept(beside, "/mine/story/worries/", text="The train")
    found = page(beside, "/mine/story/")
    assert ("The train" in found, "The bus" in found) == (True, False)
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'own_worries'") == [(2,)]


def test_the_same_form_sent_twice_makes_one_entry(beside: Client) -> None:
    key = str(new_id())
    for _ in range(2):
        kept(beside, "/mine/story/about/", text="I sing", form_key=key)
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'own_about'") == [(1,)]


def test_who_writes_second_is_shown_what_was_typed_and_loses_nothing(beside: Client) -> None:
    opened_first = str(new_id())
    kept(beside, "/mine/story/about/", text="I sing")
    answer = send(beside, "/mine/story/about/", text="I dance", form_key=opened_first)
    assert answer.status_code == 400
    assert "This was changed since you opened the page" in words(answer)
    assert "I dance" in words(answer)


def test_what_was_typed_and_not_sent_waits_for_them_until_it_is(ravi: Hat, beside: Client) -> None:
    url, typed = "/mine/story/about/", {"text": "I sing when", "form_key": str(new_id()), "deed": "draft"}
    answer = beside.post(url, typed, headers={"accept": "text/plain"})
    assert words(answer) == "Kept as a draft on Mon 2 Nov 2026, 12:00"
    client = beside_them(ravi)
    found = words(client.get(url))
    assert ("I sing when" in found, "No one else has seen it." in found) == (True, True)
    assert typed["form_key"] in found
    kept(client, url, deed="throw_away")
    assert "I sing when" not in words(client.get(url))
    send(client, url, **typed)
    kept(client, url, text="I sing")
    assert "I sing when" not in words(client.get(url))
    assert rows("SELECT count(*) FROM record_formdraft") == [(0,)]


@pytest.mark.parametrize(
    ("url", "typed", "why"),
    [
        ("/mine/story/about/", {"text": "  "}, "Write something first"),
        ("/mine/story/about/", {"text": "x" * 5_001}, "too long"),
        ("/mine/story/helps/", {"reach": "01632 960001"}, "Write something first"),
        ("/mine/story/reach/", {"reach": "01632 960001"}, "Choose one of these first"),
        ("/mine/story/reach/", {"way": "ring"}, "Write something first"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    beside: Client, url: str, typed: dict[str, str], why: str
) -> None:
    answer = send(beside, url, **typed)
    assert (answer.status_code, why in words(answer)) == (400, True)
    assert all(text.strip() in words(answer) for text in typed.values())


def test_a_topic_that_is_none_is_not_there(beside: Client) -> None:
    assert beside.get("/mine/story/secrets/").status_code == 404


def test_who_and_what_helps_and_what_helps_no_more(beside: Client) -> None:
    kept(beside, "/mine/story/helps/", name="Tess Umbra", reach="01632 960001", text="She listens")
    found = page(beside, "/mine/story/")
    assert "Tess Umbra 01632 960001 She listens" in found
    kept(beside, "/mine/story/helps/", name="tess umbra", holds="no")
    assert "Tess Umbra" not in page(beside, "/mine/story/")


def test_how_to_reach_them_safely_and_never(beside: Client) -> None:
    kept(beside, "/mine/story/reach/", way="ring", reach="01632 960001", text="After six")
    kept(beside, "/mine/story/reach/", way="letter", reach="12 Lantern Row", is_safe="no")
    found = page(beside, "/mine/story/")
    assert "Ring me: 01632 960001 This is safe. After six" in found
    assert "Write me a letter: 12 Lantern Row Never do this." in found


def test_a_worker_who_reads_stories_reads_it_on_the_record_and_an_officer_does_not(
    ravi: Hat, beside: Client
) -> None:
    kept(beside, "/mine/story/about/", text="I sing in a choir", helper="yes")
    kept(beside, "/mine/story/reach/", way="ring", reach="01632 960001")
    read = words(signed_in(ravi).get(address("person", ravi, story.person())))
    assert "In their words: “I sing in a choir”" in read
    assert "written down by a helper" in read
    assert "01632 960001" in read
    officer = story.worker("prison_officer")
    assert "choir" not in words(signed_in(officer).get(address("person", officer, story.person())))


# The plan, and what was written


def test_the_plan_is_read_printed_and_kept(beside: Client) -> None:
    assert "If something goes wrong" in page(beside, "/mine/plan/")
    for ending, begins in (("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>")):
        answer: Any = beside.get(f"/mine/plan.{ending}")
        assert answer.content.startswith(begins)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="my-plan.{ending}"'
    assert beside.get("/mine/plan.exe").status_code == 404


def test_what_a_service_wrote_stands_with_its_name_and_not_the_workers(ravi: Hat, beside: Client) -> None:
    permit = story.opens(ravi, story.person())
    contacts.write_note(
        permit, kind="note_plan", text="Came to group", at=story.NOON, form=Form(str(new_id()))
    )
    found = page(beside, "/mine/written/")
    assert "Came to group" in found
    assert "Moorland" in found
    assert "prison recovery worker" not in found
    assert "The law may hold some things back" in found


# Telling somebody


def tells(client: Client, to: object, **typed: str) -> None:
    kept(client, "/mine/tell/", **{"what": "struggling", "text": "Since Sunday", "to": str(to), **typed})


def wrote(hat: Hat) -> None:
    """The worker has written something about Dee, so she knows them."""
    permit = story.opens(hat, story.person())
    contacts.write_note(permit, kind="note_plan", text="Met", at=story.NOON, form=Form(str(new_id())))


def test_of_a_prison_only_workers_of_care_whom_they_know_can_be_told(ravi: Hat, beside: Client) -> None:
    officer = story.worker("prison_officer")
    found = page(beside, "/mine/tell/")
    assert "Only A prison recovery worker, Moorland" in found  # who gave the code
    assert "All who work at Moorland" not in found
    stranger = story.worker("prison_recovery_worker")
    for nobody in (officer, stranger):
        answer = send(beside, "/mine/tell/", what="used", to=str(nobody.worker_id))
        assert (answer.status_code, "Choose one of these first" in words(answer)) == (400, True)


def test_a_service_of_care_can_be_told_as_a_whole(beside: Client) -> None:
    story.treated({"EPISODID": "1", "REFLD": "2026-10-01", "TRIAGED": "2026-10-02"})
    path_worker = story.worker("community_treatment_worker", "PATH")
    assert "All who work at Organisation PATH" in page(beside, "/mine/tell/")
    tells(beside, path_worker.organisation_id)
    assert "Dee Marlowe" in words(signed_in(path_worker).get(address("told", path_worker)))


def test_what_is_told_to_one_worker_is_read_by_nobody_else(ravi: Hat, beside: Client) -> None:
    tells(beside, ravi.worker_id, what="used")
    colleague, officer = story.worker(), story.worker("prison_officer")
    for hat, reads in ((ravi, True), (colleague, False), (officer, False)):
        record_page = words(signed_in(hat).get(address("person", hat, story.person())))
        assert ("Since Sunday" in record_page) is reads
    for hat, waits in ((ravi, True), (colleague, False)):
        assert ("Dee Marlowe" in words(signed_in(hat).get(address("told", hat)))) is waits


def test_an_answer_is_read_by_the_person_and_takes_it_off_the_list(ravi: Hat, beside: Client) -> None:
    tells(beside, ravi.worker_id)
    assert "I am struggling Monday 2 November 2026 Since Sunday No answer yet." in page(beside, "/mine/tell/")
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'told'")[0]
    url = address("answer_told", ravi, story.person(), entry_id)
    assert "Since Sunday" in words(signed_in(ravi).get(url))
    assert signed_in(ravi).post(url, {"text": " "}).status_code == 400
    answer = signed_in(ravi).post(url, {"text": "I come at two", "form_key": "k"})
    assert answer.headers["Location"] == address("told", ravi)
    assert "Nothing waits for an answer" in words(signed_in(ravi).get(address("told", ravi)))
    assert "Answer: I come at two" in page(beside, "/mine/tell/")
    assert "I come at two" in words(signed_in(ravi).get(url))


def test_what_was_told_to_another_is_not_there(ravi: Hat, beside: Client) -> None:
    tells(beside, ravi.worker_id)
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'told'")[0]
    colleague = story.worker()
    client, url = signed_in(colleague), address("answer_told", colleague, story.person(), entry_id)
    assert client.get(url).status_code == 404
    assert client.post(url, {"text": "I come", "form_key": "k"}).status_code == 404
    with pytest.raises(NotFound):
        book.answer(story.opens(colleague, story.person()), entry_id, text="I come", form=Form("k"))


def test_a_role_that_sees_no_plans_on_lists_sees_nothing_of_it(beside: Client, ravi: Hat) -> None:
    tells(beside, ravi.worker_id)
    officer = story.worker("safer_custody")
    permit = access.issue_list_permit(officer, purpose="safeguarding", at=story.NOON)
    assert book_queries.unanswered(permit) == []


def test_where_nobody_may_be_told_the_page_says_so(beside: Client, ravi: Hat) -> None:
    kept(beside, "/mine/word/new/", word=WORD)
    alone = opened(ravi)
    alone.post("/mine/word/", {"word": WORD})
    Post.objects.filter(worker_id=ravi.worker_id).update(ends_on=date(2026, 11, 1))
    assert "No one is here to tell yet" in page(alone, "/mine/tell/")


# Who looked


def test_who_looked_stands_by_organisation_and_purpose_and_names_no_worker(
    ravi: Hat, beside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(ravi).get(address("person", ravi, story.person()))
    monkeypatch.setenv("TG_CLOCK", story.NOON.replace(minute=1).isoformat())
    found = page(beside, "/mine/looks/")
    assert "Moorland (HMP & YOI) Prison recovery worker For: Care and treatment" in found
    assert "A prison recovery worker" not in found


def test_who_can_see_what_stands_by_organisation_and_role(ravi: Hat, beside: Client) -> None:
    story.worker("prison_officer")
    found = page(beside, "/mine/sharing/")
    officer, _, recovery = found.partition("Prison officer or key worker")[2].partition(
        "Prison recovery worker"
    )
    assert "Since Tuesday 20 October 2026" in recovery
    medicines = "Drugs, drink and your medicines"
    assert (medicines in recovery, medicines in officer) == (True, False)


def test_what_an_organisation_sees_is_changed_from_where_it_stands(ravi: Hat, beside: Client) -> None:
    link = f"/mine/sharing/change/?to={story.prison().id}"
    assert f'<a href="{link}">Change what Moorland (HMP & YOI) can see</a>' in words(
        beside.get("/mine/sharing/")
    )
    assert f'value="{story.prison().id}" checked' in words(beside.get(link))


def chooses(client: Client, **typed: str) -> None:
    kept(client, "/mine/sharing/change/", **{"topic": "treatment_medicines", "to": "all", **typed})


def reads_medicines(hat: Hat) -> bool:
    return "treatment_medicines" in story.opens(hat, story.person()).read


def test_what_they_keep_back_is_closed_at_the_next_look_and_open_when_taken_back(
    ravi: Hat, beside: Client
) -> None:
    assert reads_medicines(ravi)
    chooses(beside, answer="keep_back")
    assert not reads_medicines(ravi)
    assert "No, keep it back" in page(beside, "/mine/sharing/change/")
    chooses(beside, answer="take_back")
    assert reads_medicines(ravi)


@pytest.mark.parametrize(
    ("answer", "said_so"),
    [("keep_back", "You said no."), ("take_back", "You took back what you said before.")],
)
def test_a_choice_leads_to_its_paper_and_so_does_taking_it_back(
    beside: Client, answer: str, said_so: str
) -> None:
    chosen = {"topic": "treatment_medicines", "to": "all", "answer": answer, "form_key": "k"}
    paper = page(beside, send(beside, "/mine/sharing/change/", **chosen).headers["Location"])
    assert said_so in paper
    assert "Your code" in paper


def test_what_they_keep_back_from_one_organisation_others_read(ravi: Hat, beside: Client) -> None:
    story.organisation("PATH")
    other = story.worker(at="PATH", works_in=["MDI"])
    chooses(beside, to=str(ravi.organisation_id), answer="keep_back")
    assert (reads_medicines(ravi), reads_medicines(other)) == (False, True)


def test_a_choice_sent_twice_is_one_entry(beside: Client) -> None:
    for _ in range(2):
        chooses(beside, answer="keep_back", form_key="the same")
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'sharing_choice'") == [(1,)]


def test_a_choice_half_made_comes_back_with_why(beside: Client) -> None:
    answer = send(beside, "/mine/sharing/change/", topic="story", to="all", form_key="k")
    assert answer.status_code == 400
    assert "Choose one of these first" in words(answer)


# A copy of everything


def folder(client: Client) -> dict[str, bytes]:
    """What is in it, by its place."""
    answer: Any = client.get("/mine/copy.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-copy.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as found:
        assert found.testzip() is None
        return {name.removeprefix("my-copy/"): found.read(name) for name in found.namelist()}


def copied(client: Client) -> dict[str, str]:
    files = folder(client)
    paper = "".join(each.extract_text() for each in PdfReader(io.BytesIO(files.pop("my-copy.pdf"))).pages)
    return {**{name: body.decode() for name, body in files.items()}, "paper": paper}


def test_a_copy_is_one_folder_to_read_to_print_and_for_a_program(
    ravi: Hat, beside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote(ravi)
    signed_in(ravi).get(address("person", ravi, story.person()))
    monkeypatch.setenv("TG_CLOCK", (story.NOON + timedelta(minutes=5)).isoformat())
    kept(beside, "/mine/story/about/", text="I <sing>")
    assert "Take my copy" in page(beside, "/mine/copy/")
    files = copied(beside)
    assert files.keys() == {"my-copy.html", "my-copy.css", "my-copy.json", "paper"}
    assert "I &lt;sing&gt;" in files["my-copy.html"]
    plain = files["my-copy.html"].replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in plain
    assert "I <sing>" in " ".join(files["paper"].split())
    data = json.loads(files["my-copy.json"])
    assert {"own_about", "note_plan", "movement"} <= {each["kind"] for each in data["entries"]}
    for body in (files["my-copy.html"], files["paper"]):
        words = said(body)
        for part in (
            "The law may hold some things back",
            DEE,
            "They can see:",
            "For: Care and treatment",
        ):
            assert part in words
    assert [n["value"] for each in data["as_each_service_knows_them"] for n in each["numbers"]] == [DEE]
    assert data["who_can_see"][0]["organisation"] == "Moorland (HMP & YOI)"
    assert data["who_looked"][0]["role"] == "prison_recovery_worker"


def test_pictures_and_what_was_answered_go_with_it(beside: Client) -> None:
    drawing = pictures.png()
    file = SimpleUploadedFile("IMG_2041.png", drawing)
    kept(beside, "/mine/story/file/", topic="about", title="My drawing", file=file)
    answer = beside.post("/mine/questions/", {"what": "update"})
    kept(beside, answer.headers["Location"], q_changed="home", q_changed_how="worse")
    files = folder(beside)
    assert files["files/1-my-story.png"] == drawing
    book = files["my-copy.html"].decode()
    assert 'href="files/1-my-story.png"' in book
    assert "What has changed since we last spoke? My home" in book
    assert '"file": "files/1-my-story.png"' in files["my-copy.json"].decode()
    assert "Is it better or worse? Worse" in page(beside, "/mine/written/")


def test_a_long_record_is_copied_whole(ravi: Hat, beside: Client) -> None:
    permit = story.opens(ravi, story.person())
    for number in range(40):
        text = f"Note {number}. " + "word " * 200
        contacts.write_note(permit, kind="note_plan", text=text, at=story.NOON, form=Form(f"{number}"))
    files = copied(beside)
    for number in range(40):
        assert f"Note {number}." in files["my-copy.html"]
        assert f"Note {number}." in " ".join(files["paper"].split())


def test_what_is_withheld_restricted_or_told_by_others_alone_is_in_no_copy_page_or_count(
    ravi: Hat, beside: Client
) -> None:
    permit = story.opens(ravi, story.person())
    before = copied(beside)["my-copy.json"].count('"kind"')
    for kept_from in ({"withheld": True}, {"restricted": True}):
        record.add(permit, note("CANARYWORD", permit, **kept_from))
    files = copied(beside)
    pages = [page(beside, url) for url in ("/mine/written/", "/mine/plan/", "/mine/story/", "/mine/looks/")]
    assert "CANARYWORD" not in "".join([*files.values(), *pages])
    assert files["my-copy.json"].count('"kind"') == before


def note(text: str, permit: Permit, **how: bool) -> Draft:
    return Draft(
        identity_id=own.identity(permit),
        kind="note_plan",
        happened_at=story.NOON,
        dated_by="time",
        as_at=story.NOON,
        body={"text": text},
        **how,  # type: ignore[arg-type]
    )
