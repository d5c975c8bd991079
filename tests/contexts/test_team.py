"""The team around a person: who is on it, what follows from that, and what is asked and said in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.team import asked_of, asks, called, form, joins, leaves, look, wants, writes
from throughgate.access import actions as access
from throughgate.contacts import actions as contacts
from throughgate.exchange import actions as exchange
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record import actions as record
from throughgate.record import history
from throughgate.record.rules import Form, Overtaken
from throughgate.staff.queries import Hat
from throughgate.team import actions as team
from throughgate.team import queries
from throughgate.team.rules import Task
from throughgate.wiring import schedule

pytestmark = pytest.mark.django_db
NOON = story.NOON
QueryCount = Callable[[int], Any]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def kofi() -> Hat:
    """A peer of Stepping Stone, who works in no prison: Dee is no business of his yet."""
    story.organisation("STEP", "peer_support")
    return called("Kofi Footpath", role="peer_mentor", at="STEP")


@pytest.fixture
def permit() -> Permit:
    return story.opens(story.worker(), story.person())


# Joining and leaving


def test_who_joins_is_on_the_team_and_the_record_opens_to_them(permit: Permit, kofi: Hat) -> None:
    with pytest.raises(NotFound):
        story.opens(kofi, story.person())
    joins(permit)
    his = story.opens(kofi, story.person(), purpose="resettlement")
    assert his.read == {"identity_contact", "plan_appointments"}
    (member,) = queries.board(his).members
    assert (member.hat.worker_name, member.leads, member.reached_at) == ("Kofi Footpath", (), None)


def test_who_leaves_is_concerned_until_the_end_of_the_day(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    leaves(permit, kofi)
    board = queries.board(permit)
    assert (board.members, [each.line.why for each in board.left]) == ((), ["Moves away"])
    story.opens(kofi, story.person(), purpose="resettlement")
    with pytest.raises(NotFound):
        story.opens(kofi, story.person(), purpose="resettlement", at=story.noon(3))


def test_joining_taken_back_closes_the_record_again(permit: Permit, kofi: Hat) -> None:
    ravi = story.worker()
    mine = story.opens(ravi, story.person())
    entry_id = joins(mine)
    signed_in(ravi).post(address("undo", ravi, story.person(), entry_id))
    with pytest.raises(NotFound):
        story.opens(kofi, story.person())


def test_a_post_that_has_ended_ends_the_concern_by_the_night(
    permit: Permit, kofi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    joins(permit)
    rows("UPDATE staff_post SET ends_on = %s WHERE id = %s RETURNING 1", date(2026, 11, 4), kofi.post_id)
    monkeypatch.setenv("TG_CLOCK", story.noon(4).isoformat())
    schedule.refresh_everybody()
    concern = "SELECT opened_on, closed_on FROM access_relationship WHERE kind = 'team'"
    assert rows(concern) == [(date(2026, 11, 2), date(2026, 11, 5))]


def test_a_team_stays_with_the_person_when_two_records_become_one(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    story.treated({"EPISODID": "P-1", "REFLD": "2026-10-20", "DRUG1": "1011", "CONSENT": "y"})
    exchange.refresh_everybody(access.issue_timer_permit("nightly refresh", at=NOON))
    story.opens(kofi, story.person(), purpose="resettlement")


def test_a_role_that_is_not_shown_plans_cannot_join(permit: Permit) -> None:
    called("Una Gate", role="prison_governor", at="MDI")
    with pytest.raises(Refused, match="is not shown plans"):
        joins(permit, "Una Gate")


def test_of_two_who_are_called_alike_the_team_says_which(permit: Permit, kofi: Hat) -> None:
    story.organisation("PATH")
    called("Kofi Footpath", role="community_treatment_worker", at="PATH")
    with pytest.raises(Refused, match="Kofi Footpath, Day team, Organisation STEP"):
        joins(permit)
    joins(permit, "Kofi Footpath, Day team, Organisation STEP")
    assert [each.hat.post_id for each in queries.board(permit).members] == [kofi.post_id]


def test_whoever_has_left_their_work_is_found_by_no_name(permit: Permit, kofi: Hat) -> None:
    rows("UPDATE staff_worker SET is_active = false WHERE id = %s RETURNING 1", kofi.worker_id)
    with pytest.raises(Refused, match="Nobody who works with throughgate"):
        joins(permit)


def test_last_contact_is_the_last_time_that_member_reached_them(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    his = story.opens(kofi, story.person(), purpose="resettlement")
    for outcome, hour in (("reached", 9), ("no_answer", 11)):
        at = NOON.replace(hour=hour)
        contacts.record_contact(his, mode="in_person", outcome=outcome, text="", at=at, form=form())
    (member,) = queries.board(permit).members
    assert member.reached_at == NOON.replace(hour=9)


# Leading


def test_a_lead_is_handed_on_and_lapses_with_its_member(permit: Permit, kofi: Hat) -> None:
    tess = called("Tess Umbra", role="resettlement_worker", at="MDI")
    for name in ("Kofi Footpath", "Tess Umbra"):
        joins(permit, name)
    for hat in (kofi, tess):
        team.hand_lead(
            permit, domain="home", post_id=hat.post_id, agreed="asked", text="", at=permit.at, form=form()
        )
    assert {each.hat.worker_name: each.leads for each in queries.board(permit).members} == {
        "Kofi Footpath": (),
        "Tess Umbra": ("home",),
    }
    leaves(permit, tess)
    assert queries.board(permit).led == {}


# Tasks


def test_what_is_asked_stands_on_the_page_of_whoever_is_asked_until_it_is_done(
    permit: Permit, kofi: Hat
) -> None:
    joins(permit)
    key = asks(permit, kofi)
    assert [each.text for each in asked_of(kofi)] == ["Ring her sister"]
    said(permit, key, "in_hand")
    assert [each.text for each in asked_of(kofi)] == ["Ring her sister"]
    said(permit, key, "done")
    assert asked_of(kofi) == []
    (thing,) = queries.board(permit).tasks
    assert (thing.is_open, thing.word and thing.word.line.state) == (False, "done")


def test_today_says_that_something_is_asked_and_where_it_stands(permit: Permit) -> None:
    hat = called("Tess Umbra", role="resettlement_worker", at="MDI")
    today = address("today", hat)
    assert "asked of you" not in words(signed_in(hat).get(today)).partition("<main")[2]
    joins(permit, "Tess Umbra")
    asks(permit, hat)
    page = words(signed_in(hat).get(today))
    assert f'<a href="{address("asked", hat)}">1 thing is asked of you</a>' in page
    assert "Ring her sister" in words(signed_in(hat).get(address("asked", hat)))


def test_nothing_is_asked_of_whom_the_person_is_hidden_from(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    asks(permit, kofi)
    leaves(permit, kofi)
    assert [len(asked_of(kofi, day=day)) for day in (2, 3)] == [1, 0]


def test_a_corrected_task_stays_the_same_one(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    task = Task(post_id=kofi.post_id, text="Ring")
    first = team.ask(permit, task, at=permit.at, form=form())
    again = replace(form(), reason="A slip", corrects=first)
    team.ask(permit, replace(task, text="Ring her aunt"), at=permit.at, form=again)
    (thing,) = queries.tasks(permit).values()
    assert thing.said.line.text == "Ring her aunt"


def test_a_word_on_no_task_is_refused(permit: Permit) -> None:
    with pytest.raises(Refused, match="Choose which one"):
        said(permit, "no such", "done")


def said(permit: Permit, key: str, state: str) -> UUID:
    return team.say_of_task(permit, key=key, state=state, text="", at=permit.at, form=form())


# Messages


def test_a_message_waits_until_its_receiver_has_had_it_before_them(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    writes(permit, "Can you meet her?", to=kofi)
    assert [(each.is_message, each.text) for each in asked_of(kofi)] == [(True, "")]
    look(story.worker())  # a colleague's look opens nothing
    assert len(asked_of(kofi)) == 1
    for _time in range(2):
        assert "Can you meet her?" in look(kofi)
    assert asked_of(kofi) == []
    assert "Opened by Kofi Footpath, Organisation STEP, Mon 2 Nov 2026, 12:00" in look(story.worker())


def test_a_message_to_all_is_opened_by_each_of_the_team_and_by_nobody_else(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    writes(permit, "She leaves on Monday.")
    look(story.worker())
    assert rows("SELECT count(*) FROM team_opened") == [(0,)]
    look(kofi)
    assert rows("SELECT post_id FROM team_opened") == [(kofi.post_id,)]


def test_a_message_about_treatment_is_read_only_by_who_reads_treatment(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    writes(permit, "She has used.", to=kofi, kind="message_treatment")
    assert "She has used." in look(story.worker())
    assert "She has used." not in look(kofi)
    assert asked_of(kofi) == []


def test_a_script_at_the_console_opens_no_message(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    message = writes(permit, "Can you meet her?", to=kofi)
    script = access.issue_script_permit(story.person(), organisation_id=story.prison().id, at=NOON)
    team.open_entries(script, [message])
    assert rows("SELECT FROM team_opened") == []


# The plan they share


def test_a_goal_is_shared_as_what_it_is_about(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    wants(permit)
    wants(permit, "drugs_alcohol", "To stop")
    assert {each.said.line.text for each in queries.board(permit).goals} == {"A door of my own", "To stop"}
    page = look(story.worker("prison_officer"))
    assert ("A door of my own" in page, "To stop" in page) == (True, False)


def test_how_far_a_goal_is_is_the_last_word(permit: Permit) -> None:
    key = wants(permit)
    for state in ("going", "reached"):
        team.say_of_goal(permit, key=key, state=state, text="", at=permit.at, form=form())
    (goal,) = queries.board(permit).goals
    assert (goal.is_open, goal.word and goal.word.line.state) == (False, "reached")
    with pytest.raises(Refused, match="Choose which one"):
        team.say_of_goal(permit, key="no such", state="going", text="", at=permit.at, form=form())


# Beside an entry


def test_a_disagreement_stands_beside_its_goal_and_both_stand(permit: Permit) -> None:
    wants(permit)
    (goal,) = queries.board(permit).goals
    team.disagree(permit, goal.said.entry, whose="worker", text="She told me another.", form=form())
    (goal,) = queries.board(permit).goals
    assert [each.line.text for each in goal.disagreements] == ["She told me another."]
    page = look(story.worker())
    assert "A door of my own" in page
    assert "She told me another." in page


def test_what_disagrees_with_a_restricted_entry_is_as_restricted(permit: Permit) -> None:
    entry = history.versions(permit, story.an_entry())[0]._replace(category="plan_appointments")
    team.disagree(permit, entry._replace(restricted=True), whose="person", text="No.", form=form())
    assert rows("SELECT restricted FROM record_entry WHERE kind LIKE 'disagrees_%%'") == [(True,)]


def test_an_entry_that_may_be_hard_to_read_is_shown_closed(permit: Permit) -> None:
    hat = story.worker()
    mine = story.opens(hat, story.person())
    note = contacts.write_note(mine, kind="note_plan", text="He hit her.", at=NOON, form=form())
    url = address("beside", hat, story.person(), note)
    answer = signed_in(hat).post(
        url, {"deed": "content", "about": ["violence", "abuse"], "form_key": str(new_id())}
    )
    assert answer.status_code == 302
    page = look(hat, "person")
    closed = page.rpartition("It speaks of abuse, violence.")
    assert closed[0].rstrip().endswith('<span class="govuk-details__summary-text">')
    assert "He hit her." in closed[2].partition("</details>")[0]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"deed": "disagree", "whose": "person", "text": ""}, "Say what you, or they, see otherwise."),
        ({"deed": "disagree", "whose": "", "text": "No."}, "Choose whose words these are."),
        ({"deed": "content"}, "Choose what it speaks of."),
        ({"deed": "dance", "whose": "person"}, "Say what you, or they, see otherwise."),
    ],
)
def test_what_is_refused_beside_an_entry_comes_back_as_it_was_typed(typed: dict[str, str], why: str) -> None:
    hat = story.worker()
    note = contacts.write_note(
        story.opens(hat, story.person()), kind="note_plan", text="She came.", at=NOON, form=form()
    )
    answer = signed_in(hat).post(address("beside", hat, story.person(), note), typed)
    assert answer.status_code == 400
    assert why in words(answer)
    assert typed.get("text", "") in words(answer)


def test_whoever_does_not_write_of_an_entry_says_nothing_beside_it() -> None:
    hat = story.worker()
    page = look(hat, "beside", story.an_entry())
    assert "Your role does not record this" in page
    answer = signed_in(hat).post(
        address("beside", hat, story.person(), story.an_entry()), {"whose": "person", "text": "No."}
    )
    assert answer.status_code == 400


def test_the_record_says_who_disagrees_and_leads_to_saying_so(permit: Permit) -> None:
    hat = story.worker()
    mine = story.opens(hat, story.person())
    note = contacts.write_note(mine, kind="note_plan", text="She came.", at=NOON, form=form())
    assert address("beside", hat, story.person(), note) in look(hat, "person")
    team.disagree(mine, history.versions(mine, note)[0], whose="person", text="I did not.", form=form())
    assert "In their words: “I did not.”" in look(hat, "person")


# Before one responds


def test_whoever_responds_first_reads_what_this_person_asks_for_and_nothing_clinical(permit: Permit) -> None:
    team.wish(permit, sign="angry", text="Leave me ten minutes.", at=permit.at, form=form())
    contacts.write_note(permit, kind="note_treatment", text="Methadone", at=NOON, form=form())
    page = look(story.worker("prison_officer"), "respond")
    assert "“Leave me ten minutes.”" in page
    assert "Methadone" not in page
    assert "Not recorded" in page


def test_a_role_that_is_not_shown_plans_is_told_so() -> None:
    hat = story.worker("safer_custody")
    assert "Not shared with you" in look(hat)
    page = look(hat, "respond")
    assert ("Not shared with you" in page, "Ring healthcare now" in page) == (True, True)


# Pages


def test_without_a_team_the_page_says_how_one_comes_to_be() -> None:
    page = look(story.worker())
    for words_of_nothing in (
        "Nobody is on the team yet",
        "No goal that you can see",
        "Nothing is asked of anybody",
        "No message that you can see",
    ):
        assert words_of_nothing in page


def test_the_page_says_who_supports_for_whom_why_since_when_and_who_leads(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    team.hand_lead(
        permit, domain="whole", post_id=kofi.post_id, agreed="asked", text="", at=permit.at, form=form()
    )
    page = look(story.worker())
    for said_of_him in (
        "<strong>Kofi Footpath</strong>, Peer mentor, Organisation STEP",
        "leads: All of it",
        "Walks with her",
        "Since Mon 2 Nov 2026. They asked for it themselves. No contact recorded yet",
        "What healthcare and probation both see",
    ):
        assert said_of_him in page
    assert "Nobody leads the whole of it." not in page


def test_a_task_that_is_late_says_so(permit: Permit, kofi: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    joins(permit)
    asks(permit, kofi, by_on=date(2026, 11, 3))
    monkeypatch.setenv("TG_CLOCK", story.noon(5).isoformat())
    assert 'tg-state--late"' in look(story.worker())
    page = words(signed_in(kofi).get(address("asked", kofi)))
    assert "was due Tue 3 Nov" in page


def test_who_was_on_the_team_before_stays_readable(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    asks(permit, kofi)
    said(permit, next(iter(queries.tasks(permit))), "not_needed")
    leaves(permit, kofi)
    page = look(story.worker())
    assert "Kofi Footpath, Organisation STEP, until Mon 2 Nov 2026: Moves away" in page
    assert "Nobody is on the team yet" in page


# Session, worker, hat, relationships, the audit row; who, look-alikes; identities, entries, what they say in
# three, posts, contacts with identities and outcomes, messages opened; whom they trust; organisations and
# workers named.
QUERIES = 23


def test_the_page_of_a_team_costs_a_bounded_number_of_queries(
    permit: Permit, kofi: Hat, django_assert_max_num_queries: QueryCount
) -> None:
    joins(permit)
    for text in ("one", "two", "three"):
        asks(permit, kofi, text)
        wants(permit, text=text)
        writes(permit, text, to=kofi)
    hat = story.worker()
    client, url = signed_in(hat), address("team", hat, story.person())
    client.get(url)
    with django_assert_max_num_queries(QUERIES):
        client.get(url)


def test_an_overtaken_lead_is_shown_before_it_is_handed_on(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    opened = form()
    leads_home(permit, kofi, form())
    with pytest.raises(Overtaken):
        leads_home(permit, kofi, opened)


def leads_home(permit: Permit, hat: Hat, sent: Form) -> UUID:
    return team.hand_lead(
        permit, domain="home", post_id=hat.post_id, agreed="asked", text="", at=permit.at, form=sent
    )


def test_a_redacted_word_is_read_by_nobody(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    message = writes(permit, "About somebody else.", to=kofi)
    record.redact(permit, message, reason="About somebody else")
    assert queries.board(permit).messages == ()
    assert queries.beside(permit, linkage.identity_ids(permit)) == {}
