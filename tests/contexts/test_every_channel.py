"""A change of consent, relationship or employment acts on the next request, by whichever way somebody reads.

What ends for every address there is, is swept in tests/sweep/test_ended.py. Here each way of reading stands
by itself, with each change: first it shows what it is for, and then it does not.
"""

from collections.abc import Callable
from datetime import date, time
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import pictures, programs, story
from tests.content import rows
from tests.contexts.clients import address, beside_them, signed_in, words
from tests.contexts.test_summaries_pages import made as text_made
from tests.programs import Robot
from tests.sharing import must_not_know, says
from tests.team import asks, joins, writes
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.needs import Need
from throughgate.contacts import actions as contacts
from throughgate.foundation import clock, leave
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.packs import actions as packs
from throughgate.packs import batches
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.staff import actions as staff
from throughgate.staff import keys, members
from throughgate.staff import programs as programs_of
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
AT = story.noon(9)
NOTE, DOCTOR, SOFA, TASK, MESSAGE = (
    "Uses at night.",
    "Dr Stamp",
    "A friend's sofa",
    "Ring her sister",
    "Hello",
)
NAME = "Dee Marlowe"


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", AT.isoformat())


class World(NamedTuple):
    """Dee, Ravi of her prison who writes, and Bea who reads: of a community service that works there."""

    ravi: Hat
    bea: Hat
    client: Client  # of Bea, who signed in before anything changed
    note: UUID
    pack: UUID
    text: UUID
    picture: UUID
    batch: UUID
    robot: Robot  # a program of Bea's service, in a role like hers, with a token from before anything changed
    fetches: Client

    def look(self, page: str, *rest: Any, **asked: str) -> str:
        """What Bea's browser is answered; "" for anything but a page."""
        answer = self.client.get(address(page, self.bea, *rest), asked)
        return words(answer) if answer.status_code == 200 else ""

    def of_dee(self, page: str, *rest: Any) -> str:
        return self.look(page, story.person(), *rest)


def permit(hat: Hat) -> Permit:
    return story.opens(hat, story.person(), at=AT)


def form() -> Form:
    return Form(str(new_id()))


@pytest.fixture
def world() -> World:
    leaves = dict.fromkeys(("conditionalReleaseDate", "confirmedReleaseDate"), "2026-11-13")
    story.bring_in(story.document(**leaves))
    story.organisation("PATH")
    ravi, bea = story.worker(), story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    told = permit(ravi)
    note = contacts.write_note(told, kind="note_treatment", text=NOTE, at=AT, form=form())
    with pathway.in_step(told):
        referral.book(
            told, Meeting("gp", DOCTOR, "High Street"), on=date(2026, 11, 17), at_time=time(10), form=form()
        )
        assessment.record_need(told, Need(domain="home", how_far="high", said=SOFA), at=AT, form=form())
    joins(told, bea.worker_name)
    asks(told, bea, TASK)
    writes(told, MESSAGE, to=bea)
    with pathway.in_step(permit(bea)):
        pack = packs.make(permit(bea), form=form())
    beside_them(ravi).post(
        reverse("mine_attach"),
        {
            "topic": "about",
            "title": "Mine",
            "who": "all",
            "file": SimpleUploadedFile("a.png", pictures.png(), content_type="image/png"),
        },
    )
    ((picture,),) = rows("SELECT id FROM record_entry WHERE kind = 'own_attached'")
    client = signed_in(bea)
    asked = client.post(address("lounge", bea), {"person": str(story.person()), "form_key": str(new_id())})
    assert asked.status_code == 302, words(asked)
    batch = UUID(asked.headers["Location"].rstrip("/").rpartition("/")[2])
    robot = programs.of("PATH", beside=bea)
    made = (note, pack, text_made(bea, "housing"), picture, batch)
    return World(ravi, bea, client, *made, robot, robot.with_token())


def search(world: World) -> str:
    there = address("search", world.bea)
    answer = world.client.post(there, {"q": "Marlowe"}, follow=True)
    return words(answer) if answer.status_code == 200 and "everyone" in answer.request["PATH_INFO"] else ""


def batch(world: World) -> str:
    """A job that waited until now."""
    batches.carry_out_waiting()
    return world.look("batch", world.batch)


def file_of(page: str, world: World, *rest: Any) -> str:
    """That a file comes, whatever is in it."""
    there = address(page, world.bea, story.person(), *rest)
    return "a file" if world.client.get(there).status_code == 200 else ""


def fetched(address: str, world: World) -> str:
    """What a program is answered; an id of a person where it is a list."""
    answer = world.fetches.get(address)
    told = answer.json()
    if answer.status_code != 200:
        return ""
    return NAME if str(story.person()) in str(told.get("people", ())) else answer.content.decode()


# Each way of reading: how, what it shows, and which topic that is of; "" what is kept back by nobody's topic.
CHANNELS: dict[str, tuple[Callable[[World], str], str, str]] = {
    "page": (lambda it: it.of_dee("person"), NOTE, "treatment_medicines"),
    "history": (lambda it: it.of_dee("history", it.note), NOTE, "treatment_medicines"),
    "plan": (lambda it: it.of_dee("plan"), SOFA, "housing"),
    "list": (lambda it: it.look("everyone"), NAME, ""),
    "today": (lambda it: it.look("today", tab="this_week"), NAME, ""),
    "search": (search, NAME, ""),
    "pack": (lambda it: it.of_dee("pack", it.pack), DOCTOR, "plan_appointments"),
    "print": (lambda it: it.of_dee("pack_file", it.pack, "sheet-1", "html"), DOCTOR, "plan_appointments"),
    "paper": (lambda it: file_of("pack_file", it, it.pack, "sheet-1", "pdf"), "a file", ""),
    "text for others": (lambda it: it.of_dee("text", it.text), SOFA, "housing"),
    "text as a file": (lambda it: file_of("text_file", it, it.text, "pdf"), "a file", ""),
    "copy out": (lambda it: it.of_dee("plain_text", it.note), NOTE, "treatment_medicines"),
    "seen as another": (
        lambda it: it.of_dee("seen_by", it.bea.organisation_id, it.bea.role),
        NOTE,
        "treatment_medicines",
    ),
    "picture": (lambda it: file_of("story_file", it, it.picture), "a file", "story"),
    "job that waited": (batch, NAME, ""),
    "task": (lambda it: it.look("asked"), TASK, "plan_appointments"),
    "message": (lambda it: it.of_dee("team"), MESSAGE, "plan_appointments"),
    "API": (lambda it: fetched(programs.of_person(story.person()), it), NOTE, "treatment_medicines"),
    "API list": (lambda it: fetched(programs.PEOPLE, it), NAME, ""),
}


def barred(world: World) -> None:
    must_not_know(permit(world.ravi), organisation=world.bea.organisation_id)


def kept_back(world: World) -> None:
    for topic in sorted({topic for _, _, topic in CHANNELS.values() if topic}):
        says(permit(world.ravi), "keep_back", topic=topic, to="PATH")


def over(_world: World) -> None:
    """Nobody is concerned with them any more, the prison that Bea works in among them."""
    with leave.everything():
        rows(
            "UPDATE access_relationship SET closed_on = %s WHERE person_id = %s RETURNING 1",
            clock.day_of(AT),
            story.person(),
        )


def post_ended(world: World) -> None:
    for hat in (world.bea, world.robot.hat):
        members.end_post(story.worker("administrator", "PATH"), hat.post_id, at=AT)


def left(world: World) -> None:
    ((email,),) = rows("SELECT email FROM staff_worker WHERE id = %s", world.bea.worker_id)
    staff.end_work(email=email, at=AT)
    changed = keys.read(programs.pem(programs.pair()))  # nobody leaves who is a program: its key is another's
    admin, until = story.worker("administrator", "PATH"), clock.day_of(AT)
    programs_of.renew(admin, world.robot.id, key=changed, until=until, at=AT)


@pytest.mark.parametrize(
    "change", [barred, kept_back, over, post_ended, left], ids=lambda change: change.__name__
)
def test_what_ended_is_shown_no_more_by_any_way(world: World, change: Callable[[World], None]) -> None:
    """To keep a topic back hides nobody's name from whom they are the concern of: a bar does."""
    ways = {name: way for name, way in CHANNELS.items() if way[2] or change is not kept_back}
    before = {name: shows in read(world) for name, (read, shows, _) in ways.items() if read is not batch}
    assert [name for name, is_shown in before.items() if not is_shown] == []
    change(world)
    assert [name for name, (read, shows, _) in ways.items() if shows in read(world)] == []


def test_a_job_that_nothing_ended_is_done(world: World) -> None:
    assert NAME in batch(world)


@pytest.mark.parametrize("change", [barred, over, post_ended, left], ids=lambda each: each.__name__)
def test_a_book_that_a_worker_opened_shuts_with_what_let_them(
    world: World, change: Callable[[World], None]
) -> None:
    browser = beside_them(world.bea)
    there = reverse("mine_written")
    assert browser.get(there).status_code == 200
    change(world)
    assert browser.get(there).headers["Location"] == reverse("mine")
