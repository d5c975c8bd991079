"""Every sheet filled in: who does so, what is typed, and how it is sent."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.sheets import SHEETS
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.staff import actions as staff
from throughgate.staff import queries as posts
from throughgate.staff.queries import Hat
from throughgate.team import actions as team
from throughgate.team.rules import Goal, Referral, Task

BOOKED = "an appointment that is over"
JOINED, ASKED, WANTED = "Kofi joins", "what Kofi was asked", "what she wants"
REFERRED = "what the council is asked"
KOFI = "Kofi Footpath"  # stands for his post, where a browser sends that
ME = "me"  # for the worker's own


def typed_on(day: int, name: str = "on") -> dict[str, str]:
    """A day of November as it is typed."""
    return {f"{name}_day": str(day), f"{name}_month": "11", f"{name}_year": "2026"}


# Of each sheet: the role that fills it in, what is typed, and what somebody else would have typed.
EXAMPLES: Mapping[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "contact": (
        "prison_recovery_worker",
        {"mode": "telephone", "outcome": "no_answer", "text": "Rang twice."},
        {"text": "Rang three times."},
    ),
    "appointment": (
        "prison_recovery_worker",
        {
            "what": "prescriber",
            "on_day": "12",
            "on_month": "11",
            "on_year": "2026",
            "text": "Bring the letter.",
        },
        {"text": "Bring nothing."},
    ),
    "outcome": (
        "prison_recovery_worker",
        {"appointment": BOOKED, "outcome": "not_let_out", "text": "Locked up all day."},
        {"outcome": "not_attended", "text": "Stayed in bed."},
    ),
    "ready": (
        "prison_recovery_worker",
        {"item": "home", "state": "in_hand", "text": "Her sister is asked."},
        {"state": "confirmed", "text": "Her sister said yes."},
    ),
    "step": (
        "prison_recovery_worker",
        {"step": "in_reach", "state": "done", "text": "Her keyworker came."},
        {"state": "not_needed", "text": "Her keyworker knows her."},
    ),
    "note": (
        "prison_recovery_worker",
        {"kind": "note_plan", "text": "Asks for her sister."},
        {"text": "Asks for her brother."},
    ),
    "passed-on": (
        "prison_recovery_worker",
        {
            "to_whom": "Safer custody, HMP Moorland",
            "text": "She means to harm herself tonight.",
            "ground": "public_interest",
            "why": "Nobody would have looked in on her.",
            "telling": "in_person",
        },
        {"text": "She may harm herself tonight."},
    ),
    "last-dose": (
        "prison_recovery_worker",
        {"medicine": "Methadone", "dose": ".5", "unit": "ml", **typed_on(8), "at_time": "08:40"},
        {"medicine": "Buprenorphine"},
    ),
    "medicine": (
        "prison_recovery_worker",
        {"medicine": "Methadone", "dose": "60", "unit": "ml", "prescriber": "Dr Stamp"},
        {"prescriber": "Dr Thermos"},
    ),
    "naloxone": (
        "prison_recovery_worker",
        {"state": "trained", "text": "Showed me how."},
        {"state": "in_hand", "text": "Two kits in her bag."},
    ),
    "release-date": (
        "offender_management",
        {"date_type": "CRD", "certainty": "said", **typed_on(27, "expected_on"), "told_by": "Mo Clipboard"},
        {"told_by": "Una Gate"},
    ),
    "need": (
        "prison_recovery_worker",
        {"domain": "home", "how_far": "high", "matters": "first", "text": "Has no tenancy."},
        {"how_far": "crisis", "text": "Lost it today."},
    ),
    "before": (
        "prison_recovery_worker",
        {"topic": "gp", "had": "yes", "text": "Rang the surgery."},
        {"had": "no", "text": "Was never registered."},
    ),
    "message": (
        "prison_recovery_worker",
        {"kind": "message_plan", "post": "all", "text": "Who can meet her?"},
        {"text": "Who can wait for her?"},
    ),
    "task": (
        "prison_recovery_worker",
        {"post": KOFI, "text": "Find her a coat.", "serves": WANTED, **typed_on(12, "by")},
        {"text": "Find her a bag."},
    ),
    "task_word": (
        "prison_recovery_worker",
        {"about": ASKED, "state": "done", "text": "He rang her sister."},
        {"state": "could_not", "text": "Her sister is away."},
    ),
    "goal": (
        "prison_recovery_worker",
        {"domain": "home", "whose": "worker", "text": "A door of her own.", "agreed": "not_agreed"}
        | typed_on(30, "by"),
        {"text": "A room of my own."},
    ),
    "goal_word": (
        "prison_recovery_worker",
        {"about": WANTED, "state": "going", "text": "The form is sent."},
        {"state": "paused", "text": "The form came back."},
    ),
    "reason": (
        "prison_recovery_worker",
        {"part": "worth", "which": "children", "text": "My two."},
        {"text": "My three."},
    ),
    "hard-day": (
        "prison_recovery_worker",
        {"text": "My mother's day.", "is_yearly": "yes", "helps": "A call.", **typed_on(24, "falls_on")},
        {"text": "My brother's day."},
    ),
    "referral": (
        "prison_recovery_worker",
        {"domain": "home", "who": "The council", "text": "A bed for the first night.", **typed_on(30, "by")},
        {"text": "A room for the first week."},
    ),
    "referral_word": (
        "prison_recovery_worker",
        {"about": REFERRED, "state": "taken", "text": "They see her on Monday."},
        {"state": "refused", "text": "They have no room."},
    ),
    "unmet": (
        "prison_recovery_worker",
        {"domain": "home", "place": "Anywhere", "text": "No place for two with a dog."},
        {"text": "No place for two."},
    ),
    "support_wish": (
        "prison_recovery_worker",
        {"sign": "angry", "text": "Leave me ten minutes."},
        {"text": "Leave me an hour."},
    ),
    "meeting-wish": (
        "prison_recovery_worker",
        {"setting": "walking", "worker": "A woman", "text": "Not before ten."},
        {"text": "Not before noon."},
    ),
    "pressure": (
        "prison_recovery_worker",
        {"post": ME, "text": "He says I owe him.", "plan": "Rings me first."},
        {"text": "He says I owe them all."},
    ),
    "join_team": (
        "prison_recovery_worker",
        {"who": "kofi  footpath", "why": "Meets her at the gate.", "agreed": "asked"},
        {"why": "Walks with her."},
    ),
    "leave_team": (
        "prison_recovery_worker",
        {"post": KOFI, "why": "Moves away.", "agreed": "said_yes"},
        {"why": "Moves to another town."},
    ),
    "outside": (
        "prison_recovery_worker",
        {"name": "Sam Sponsor", "holds": "on", "text": "Rings on Sundays.", "agreed": "asked"},
        {"text": "Rings on Mondays."},
    ),
    "lead": (
        "prison_recovery_worker",
        {"domain": "home", "post": KOFI, "agreed": "said_yes", "text": "Has a key."},
        {"text": "Has two keys."},
    ),
    "sharing": (
        "prison_recovery_worker",
        {
            "topic": "family",
            "towards": "all",
            "purpose": "all",
            "answer": "keep_back",
            "state": "settled",
            "place": "private_room",
            "way": "spoke",
            "text": "Nobody asks my mother.",
        },
        {"text": "Ask my mother first."},
    ),
    "must-not-know": (
        "prison_recovery_worker",
        {"who": "somebody_else", "name": "Dai Umbrella", "holds": "must_not", "text": "Hit her."},
        {"text": "Follows her."},
    ),
    "limited-record": (
        "prison_recovery_worker",
        {"who": "MDI PATH", "text": "In danger."},
        {"text": "In great danger."},
    ),
    "protected-address": (
        "womens_service_worker",
        {"text": "1 Hidden Lane, c/o Harbour House."},
        {"text": "2 Hidden Lane, c/o Harbour House."},
    ),
    "trusted-person": (
        "prison_recovery_worker",
        {"name": "Nan Marlowe", "relation": "grandmother", "holds": "trusted", "text": "Rings on Sundays."},
        {"text": "Rings on Mondays."},
    ),
}
WHATS = [sheet.what for sheet in SHEETS]
# Of which only the newest counts.
LAST_WORDS = [
    *("outcome", "ready", "step", "medicine", "naloxone", "release-date", "need", "before"),
    *("task_word", "goal_word", "referral_word", "support_wish", "join_team", "leave_team", "lead"),
    *("outside", "meeting-wish"),
    *("sharing", "must-not-know", "limited-record", "protected-address", "trusted-person"),
]
# The control that holds words, where it is not "text".
WORDS_IN = defaultdict(
    lambda: "text",
    {"last-dose": "medicine", "medicine": "prescriber", "release-date": "told_by"}
    | {"join_team": "why", "leave_team": "why"},
)
ENTRIES = f"""
SELECT count(*) FROM record_entry WHERE source = 'hand'
AND source_reference NOT IN ('{BOOKED}', '{JOINED}', '{ASKED}', '{WANTED}', '{REFERRED}')
"""


def with_a_team(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dee is inside with an appointment gone by and a team; it is noon on 9 November."""
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(conditionalReleaseDate="2026-12-03"))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.organisation("PATH")
    permit = story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())
    referral.book(permit, Meeting("gp"), on=date(2026, 11, 6), at_time=None, form=Form(BOOKED))
    a_team(permit)


def a_team(permit: Permit) -> None:
    """Kofi is on it, and was asked something; she wants something."""
    story.organisation("STEP", "peer_support")
    staff.add_worker(
        email="kofi@example.org",
        name=KOFI,
        role="peer_mentor",
        organisation="STEP",
        team="Peer mentors",
        works_in=[],
        password=None,
        on=date(2026, 1, 1),
    )
    at = permit.at
    team.join(permit, who=KOFI, why="Knows her", agreed="asked", at=at, form=Form(JOINED))
    task = Task(post_id=kofis_post(), text="Ring her sister")
    team.ask(permit, task, at=at, form=Form(ASKED))
    goal = Goal(domain="home", whose="person", text="To stay")
    team.set_goal(permit, goal, at=at, form=Form(WANTED))
    asked = Referral(domain="home", who="The council", text="A bed", answer_by=date(2026, 11, 20))
    team.refer(permit, asked, at=at, form=Form(REFERRED))


def kofis_post() -> UUID:
    (hat,) = posts.named(KOFI, on=date(2026, 11, 9))
    return hat.post_id


def worker(what: str) -> Hat:
    role, _typed, _others = EXAMPLES[what]
    return story.worker(role, "PATH", works_in=["MDI"])


def opened(hat: Hat, url: str) -> dict[str, str]:
    """What stands in a sheet before anything is typed: what a browser would send of it."""
    return dict(
        re.findall(r'<input type="hidden" name="(form_key|corrects)" value="([^"]+)"', look(hat, url))
    )


def look(hat: Hat, url: str) -> str:
    return words(signed_in(hat).get(url))


def send(hat: Hat, url: str, form: Mapping[str, str], *typed: Mapping[str, str]) -> HttpResponseBase:
    sent = dict(form)
    for each in typed:
        sent.update({name: post(hat, value) for name, value in each.items()})
    return signed_in(hat).post(url, sent)


def post(hat: Hat, value: str) -> str:
    """What a browser sends where somebody is chosen."""
    if value == KOFI:
        return str(kofis_post())
    return str(hat.post_id) if value == ME else value


def kept(answer: HttpResponseBase) -> str:
    """The id of the entry that an answer says was made."""
    assert answer.status_code == 302, words(answer)
    return answer.headers["Location"].partition("kept=")[2]


def record(hat: Hat, what: str) -> tuple[str, str]:
    """Something is recorded with a sheet: the entry, and the address to correct it at."""
    url = address("sheet", hat, story.person(), what)
    entry_id = kept(send(hat, url, opened(hat, url), EXAMPLES[what][1]))
    return entry_id, address("correct", hat, story.person(), entry_id)
