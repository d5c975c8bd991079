"""Alerts, what is decided of them, and what the person is shown of who looked."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests import database, story
from tests.content import rows
from tests.story import NOON
from throughgate.access import actions as access
from throughgate.audit import queries as audit
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.oversight import actions, browsing, passing_on, queries
from throughgate.oversight.queries import Alert
from throughgate.oversight.rules import Passing, Said, State
from throughgate.record.rules import Form
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
FOUND = Said(finding="in_order", words="Her manager sent her.", telling="book")
UNSAFE = Said(
    finding="in_order",
    words="It was right.",
    telling="unsafe",
    why_unsafe="He would go to her house.",
    ask_again_on=TODAY + timedelta(days=30),
)


@pytest.fixture
def dee() -> UUID:
    story.bring_in(story.document())
    return story.person()


@pytest.fixture
def gus() -> Hat:
    """Probation, whose purpose has grounds to hide a look."""
    story.organisation("PROB", "probation")
    return story.worker("probation_practitioner", "PROB", works_in=["MDI"])


def checker(at: str = "RECD", *, day: int = 2) -> ListPermit:
    if at not in {code for (code,) in rows("SELECT code FROM directory_organisation")}:
        story.organisation(at, "council")
    hat = story.worker("information_governance", at)
    return access.issue_list_permit(hat, purpose="audit", at=story.noon(day))


def later(permit: ListPermit, *, days: int) -> ListPermit:
    return replace(permit, at=permit.at + timedelta(days=days))


def asks(hat: Hat, person_id: UUID) -> Permit:
    """Asks that their look at a record is not shown."""
    permit = story.opens(hat, person_id, purpose="supervision")
    actions.ask_not_to_show(permit, ground="public_protection", words="He would run.")
    return permit


def as_themself(person_id: UUID, *, day: int = 2) -> Permit:
    """The person in their own book; access makes these, and here a test does."""
    opened = access.issue_script_permit(
        person_id, organisation_id=story.prison().id, at=story.noon(day) + timedelta(hours=1)
    )
    return replace(opened, purpose="own_record", role="person")


def only(permit: ListPermit) -> Alert:
    (found,) = queries.waiting(permit, limit=9)
    return found


# Who looked


def test_who_looked_is_told_by_day_organisation_role_and_purpose(dee: UUID) -> None:
    ravi, ada = story.worker(), story.worker("prison_healthcare", "MDI")
    for hat in (ravi, ravi, ada):
        story.opens(hat, dee)
    found = audit.looks(as_themself(dee))
    told = [(each.on, each.role, each.purpose, each.times) for each in found.shown if each.role != "script"]
    assert sorted(told) == [
        (TODAY, "prison_healthcare", "direct_care", 1),
        (TODAY, "prison_recovery_worker", "direct_care", 2),
    ]
    assert found.older is None


def test_what_was_refused_is_no_look(dee: UUID) -> None:
    with pytest.raises(NotFound):
        story.opens(story.worker(at="LEI"), dee)
    assert [each for each in audit.looks(as_themself(dee)).shown if each.role != "script"] == []


def test_looks_come_by_whole_days_and_say_where_to_go_on(dee: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    ravi, ada = story.worker(), story.worker("prison_healthcare", "MDI")
    for day in (2, 3, 4):
        for hat in (ravi, ada):
            story.opens(hat, dee, at=story.noon(day))
    monkeypatch.setattr(audit, "SHOWN", 3)
    permit = replace(as_themself(dee, day=5))
    pages, before = [], None
    while True:
        page = audit.looks(permit, before=before)
        pages.append([(each.on.day, each.role) for each in page.shown if each.role != "script"])
        before = page.older
        if before is None:
            break
    assert [day for page in pages for day, _ in page] == [4, 4, 3, 3, 2, 2]


def test_more_looks_on_a_day_than_fit_are_cut_rather_than_asked_for_ever(
    dee: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("prison_recovery_worker", "prison_healthcare", "prison_officer"):
        purpose = "supervision" if role == "prison_officer" else "direct_care"
        story.opens(story.worker(role), dee, purpose=purpose)
    monkeypatch.setattr(audit, "SHOWN", 1)
    page = audit.looks(as_themself(dee, day=3))
    assert (len(page.shown), page.older) == (1, page.shown[0].on)


# Looks that are not shown


def test_a_look_is_hidden_as_soon_as_it_is_asked_and_shown_after_two_weeks(dee: UUID, gus: Hat) -> None:
    asks(gus, dee)
    roles = [each.role for each in audit.looks(as_themself(dee)).shown]
    assert "probation_practitioner" not in roles
    roles = [each.role for each in audit.looks(as_themself(dee, day=16)).shown]
    assert "probation_practitioner" in roles


def test_whoever_checks_sees_what_the_person_is_not_shown(dee: UUID, gus: Hat) -> None:
    asks(gus, dee)
    found = audit.looks_by(checker(day=3), dee, worker_id=gus.worker_id, since=story.noon(1))
    assert [(each.role, each.is_exempt) for each in found] == [("probation_practitioner", True)]


def test_a_worker_whose_purpose_has_no_ground_asks_in_vain(dee: UUID) -> None:
    with pytest.raises(Refused, match="whom it keeps safe"):
        actions.ask_not_to_show(story.opens(story.worker(), dee), ground="public_protection", words="Why")
    assert rows("SELECT FROM audit_exemption") == []


def test_asked_twice_on_a_day_there_is_one_alert(dee: UUID, gus: Hat) -> None:
    asks(gus, dee)
    asks(gus, dee)
    assert only(checker()).matter == "exempt_look"
    assert len(rows("SELECT FROM audit_exemption")) == 1


@pytest.mark.parametrize(
    ("finding", "day", "is_shown"),
    [("agreed", 16, False), ("agreed", 24, True), ("not_agreed", 3, True)],
)
def test_a_checker_agrees_until_a_day_or_not_at_all(
    dee: UUID, gus: Hat, finding: str, day: int, is_shown: bool
) -> None:
    asks(gus, dee)
    permit = checker()
    said = Said(finding=finding, words="I asked his manager.", ask_again_on=date(2026, 11, 24))
    actions.decide(permit, only(permit).id, said, key="once")
    roles = [each.role for each in audit.looks(as_themself(dee, day=day)).shown]
    assert ("probation_practitioner" in roles) is is_shown


def test_what_was_agreed_comes_back_on_its_day(dee: UUID, gus: Hat) -> None:
    asks(gus, dee)
    permit = checker()
    said = Said(finding="agreed", words="I asked his manager.", ask_again_on=date(2026, 11, 24))
    actions.decide(permit, only(permit).id, said, key="once")
    assert queries.waiting(later(permit, days=21), limit=9) == []
    again = only(later(permit, days=22))
    assert again.state(on=date(2026, 11, 24)) is State.ask_again


# Deciding


def opened_in_an_emergency(dee: UUID, hat: Hat, key: str = "one") -> None:
    from throughgate.audit import actions as write  # noqa: PLC0415 - what access does when it opens one

    write.alert(
        write.Alert(
            raised_at=NOON,
            matter="opening",
            key=key,
            organisation_id=hat.organisation_id,
            worker_id=hat.worker_id,
            role=hat.role,
            person_id=dee,
        )
    )


def test_an_outcome_takes_an_alert_from_the_list_and_stays_readable(dee: UUID) -> None:
    opened_in_an_emergency(dee, story.worker())
    permit = checker()
    alert = only(permit)
    actions.decide(permit, alert.id, FOUND, key="once")
    actions.decide(permit, alert.id, FOUND, key="once")
    assert queries.waiting(permit, limit=9) == []
    (decided,) = queries.decided(permit, limit=9)
    assert (decided.finding, decided.telling, decided.decided_by) == ("in_order", "book", permit.worker_id)
    assert len(rows("SELECT FROM oversight_outcome")) == 1
    assert queries.decided(permit, before=decided.id, limit=9) == []


def test_a_later_outcome_stands_beside_the_first_and_holds(dee: UUID) -> None:
    opened_in_an_emergency(dee, story.worker())
    permit = checker()
    alert = only(permit)
    actions.decide(permit, alert.id, UNSAFE, key="one")
    actions.decide(later(permit, days=30), alert.id, FOUND, key="two")
    (decided,) = queries.decided(later(permit, days=30), limit=9)
    assert decided.telling == "book"
    assert len(rows("SELECT FROM oversight_outcome")) == 2


def test_not_telling_hides_the_look_until_the_day_to_ask_again(dee: UUID) -> None:
    ravi = story.worker()
    story.opens(ravi, dee)
    opened_in_an_emergency(dee, ravi)
    permit = checker()
    actions.decide(permit, only(permit).id, UNSAFE, key="one")
    (now, then) = (audit.looks(as_themself(dee, day=day)).shown for day in (3, 30))
    assert ravi.role not in {each.role for each in now}
    after = replace(as_themself(dee), at=NOON + timedelta(days=31))
    assert ravi.role in {each.role for each in audit.looks(after).shown}
    assert ravi.role not in {each.role for each in then}


def test_nobody_decides_about_themselves(dee: UUID) -> None:
    permit = checker()
    me = replace(story.worker("information_governance", "RECD"), worker_id=permit.worker_id)
    opened_in_an_emergency(dee, me)
    with pytest.raises(Refused, match="about your own work"):
        actions.decide(permit, only(permit).id, FOUND, key="one")


def test_an_alert_goes_to_the_checkers_of_its_own_organisation(dee: UUID) -> None:
    opened_in_an_emergency(dee, story.worker())
    elsewhere = checker()
    assert only(elsewhere).matter == "opening"  # while the prison has nobody who checks
    at_the_prison = checker("MDI")
    assert only(at_the_prison).matter == "opening"
    assert queries.waiting(elsewhere, limit=9) == []
    with pytest.raises(NotFound):
        queries.alert(elsewhere, only(at_the_prison).id)


def test_opening_an_alert_is_logged_as_a_look(dee: UUID) -> None:
    opened_in_an_emergency(dee, story.worker())
    permit = checker()
    assert actions.open_alert(permit, only(permit).id).person_name == "Dee Marlowe"
    assert rows("SELECT person_id, actor_id FROM audit_event WHERE action = 'open alert'") == [
        (dee, permit.worker_id)
    ]


# Browsing


def test_many_records_in_an_hour_raise_one_alert_a_day_with_a_reference_only(dee: UUID) -> None:
    ravi = story.worker()
    log_looks(ravi, 200, "allowed")
    job = access.issue_timer_permit("watch browsing", at=NOON + timedelta(minutes=5))
    assert (browsing.watch(job), browsing.watch(job)) == (1, 0)
    found = only(checker())
    assert (found.matter, found.worker_id, found.records) == ("many_records", ravi.worker_id, 200)
    assert (found.person_id, found.person_name, found.words) == (None, "", "")


def test_several_records_outside_their_work_raise_an_alert(dee: UUID) -> None:
    stranger = story.worker(at="LEI")
    log_looks(stranger, 5, "refused")
    browsing.watch(access.issue_timer_permit("watch browsing", at=NOON + timedelta(minutes=5)))
    assert only(checker()).matter == "outside_work"


def test_what_is_an_hour_ago_or_too_few_raises_none(dee: UUID) -> None:
    log_looks(story.worker(), 199, "allowed")
    log_looks(story.worker(), 4, "refused")
    assert browsing.watch(access.issue_timer_permit("watch browsing", at=NOON + timedelta(minutes=5))) == 0
    log_looks(story.worker(), 200, "allowed")
    assert browsing.watch(access.issue_timer_permit("watch browsing", at=NOON + timedelta(minutes=61))) == 0


def test_their_own_record_or_their_familys_raises_an_alert(dee: UUID) -> None:
    ravi = story.worker()
    log_looks(ravi, 1, "refused", person_id=dee, why="family")
    browsing.watch(access.issue_timer_permit("watch browsing", at=NOON + timedelta(minutes=5)))
    found = only(checker())
    assert (found.matter, found.person_id, found.why) == ("own_record", dee, "family")


def test_the_job_runs_under_the_role_of_jobs(dee: UUID) -> None:
    log_looks(story.worker(), 200, "allowed")
    with database.role("worker"):
        job = access.issue_timer_permit("watch browsing", at=NOON + timedelta(minutes=5))
        assert browsing.watch(job) == 1


def log_looks(
    hat: Hat, many: int, outcome: str, *, person_id: UUID | None = None, why: str = "relationship_holds"
) -> None:
    """What the door logs of that many records."""
    from throughgate.audit import actions as write  # noqa: PLC0415

    write.log_many(
        [
            write.Logged(
                at=NOON,
                action="open record",
                outcome=outcome,
                actor_kind="worker",
                actor_id=hat.worker_id,
                post_id=hat.post_id,
                organisation_id=hat.organisation_id,
                role=hat.role,
                purpose="direct_care",
                person_id=person_id or new_id(),
                detail={"why": "barred", "bar": why},
            )
            for _ in range(many)
        ]
    )


# Passing on


def test_passing_on_is_an_entry_and_an_alert_however_often_it_is_sent(dee: UUID) -> None:
    permit = story.opens(story.worker(), dee)
    passing = Passing(
        to_whom="Safer custody",
        text="She means to harm herself.",
        ground="public_interest",
        why="Nobody would look in.",
        telling="book",
        why_unsafe="Typed and left over.",
    )
    first, again = (passing_on.pass_on(permit, passing, form=Form("k")) for _ in range(2))
    assert first == again
    (line,) = passing_on.lines(permit, {"passed_on": [first]}).values()
    assert (line.to_whom, line.why_unsafe, line.ask_again_on) == ("Safer custody", "", None)
    found = only(checker())
    assert (found.matter, found.why, found.person_id) == ("passed_on", "public_interest", dee)


@pytest.mark.parametrize(("telling", "is_withheld"), [("book", False), ("unsafe", True)])
def test_what_it_is_unsafe_to_tell_the_person_is_not_in_their_book(
    dee: UUID, telling: str, *, is_withheld: bool
) -> None:
    permit = story.opens(story.worker(), dee)
    passing = Passing(
        to_whom="Safer custody",
        text="She means to harm herself.",
        ground="public_interest",
        why="Nobody would look in.",
        telling=telling,
        why_unsafe="He reads over her shoulder.",
        ask_again_on=TODAY + timedelta(days=30),
    )
    passing_on.pass_on(permit, passing, form=Form("k"))
    assert rows("SELECT withheld FROM record_entry WHERE kind = 'passed_on'") == [(is_withheld,)]


def test_what_was_passed_on_is_not_for_whoever_could_punish_it(dee: UUID) -> None:
    officer = story.opens(story.worker("prison_officer"), dee, purpose="supervision")
    assert not passing_on.passes_on(officer)
    assert "treatment_medicines" not in officer.read
