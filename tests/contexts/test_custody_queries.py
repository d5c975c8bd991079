"""Who is here, where they are held, and what custody entries say."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests import story
from throughgate.access import actions as access
from throughgate.custody import queries as custody
from throughgate.custody.queries import Everyone, LocationLine, Wanted
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit
from throughgate.linkage import queries as linkage
from throughgate.record import queries as record
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
AFTER = story.noon(9)


def look(hat: Hat, *, at: datetime = AFTER) -> ListPermit:
    return access.issue_list_permit(hat, purpose="direct_care", at=at)


def names(found: Everyone) -> list[str]:
    return [person.name for person in found.people]


def people(*surnames: str) -> None:
    """One prison's extract, somebody for each surname."""
    story.bring_in(
        *(
            story.document(f"A{1000 + index}AA", lastName=name, bookingId=str(index), firstName="Pat")
            for index, name in enumerate(surnames)
        )
    )


def test_everyone_stands_in_order_of_surname_whatever_the_order_of_the_extract() -> None:
    people("Zed", "Ash", "Moor")
    assert names(custody.everyone(look(story.worker()), Wanted())) == ["Pat Ash", "Pat Moor", "Pat Zed"]


def test_pages_lead_there_and_back_without_losing_or_repeating_anybody() -> None:
    people("Ash", "Birch", "Cedar", "Dale", "Elm")
    permit = look(story.worker())
    first = custody.everyone(permit, Wanted(limit=2))
    second = custody.everyone(permit, Wanted(limit=2, after=first.next))
    third = custody.everyone(permit, Wanted(limit=2, after=second.next))
    assert names(first) + names(second) + names(third) == [
        f"Pat {name}" for name in ["Ash", "Birch", "Cedar", "Dale", "Elm"]
    ]
    assert (first.previous, third.next) == (None, None)
    assert names(custody.everyone(permit, Wanted(limit=2, before=third.previous))) == names(second)
    back = custody.everyone(permit, Wanted(limit=2, before=second.previous))
    assert (names(back), back.previous, back.next) == (names(first), None, first.people[-1].person_id)


def test_a_place_given_by_somebody_hidden_leads_nowhere_as_one_given_by_nobody() -> None:
    people("Ash", "Birch")
    story.bring_in(story.document("B1000BB", lastName="Aspen", bookingId="9", prisonId="LEI"), source="LEI")
    permit = look(story.worker())
    hidden = story.person("B1000BB", source="LEI")
    assert custody.everyone(permit, Wanted(after=hidden)) == custody.everyone(permit, Wanted(after=new_id()))


def test_nobody_of_another_prison_is_ever_found() -> None:
    people("Ash")
    permit = look(story.worker(at="LEI"))
    asked = [
        Wanted(),
        Wanted(words=("ash",)),
        Wanted(number=("prison", "A1000AA")),
        Wanted(birth_date=date(1989, 5, 4)),
        Wanted(cell="A"),
    ]
    assert {tuple(custody.everyone(permit, each).people) for each in asked} == {()}


def test_who_works_in_a_prison_for_another_organisation_sees_who_is_there() -> None:
    people("Ash")
    story.organisation("PATH")
    assert names(custody.everyone(look(story.worker(at="PATH", works_in=["MDI"])), Wanted())) == ["Pat Ash"]


def test_who_is_back_within_weeks_arrived_when_they_came_back() -> None:
    """Lee is recalled nine days after a release, while the prison is still concerned from before."""
    story.bring_in(story.document())
    story.bring_in(story.released(), as_at=story.noon(4))
    back = {"bookingId": "1200002", "receptionDate": "2026-11-08", "lastMovementDate": "2026-11-08"}
    story.bring_in(story.document(**back), as_at=story.noon(8))
    permit = look(story.worker())
    (lee,) = custody.everyone(permit, Wanted(arrived_since=date(2026, 11, 5))).people
    assert lee.arrived_on == date(2026, 11, 8)


DEE = story.document(
    story.DEE,
    lastName="MARLOWE-REES",
    conditionalReleaseDate="2026-11-20",
    aliases=[{"firstName": "DEEDEE", "lastName": "LANTERN"}],
)
GETHIN = story.document(
    story.GETHIN,
    firstName="GETHIN",
    lastName="PRICE",
    dateOfBirth="1971-02-03",
    bookingId="1200002",
    cellLocation="B_2-002",
    legalStatus="SENTENCED",
    imprisonmentStatus="SENT",
    lastMovementDate="2026-11-01",
    receptionDate="2026-11-01",
)
FOUND = [
    ("no filter", Wanted(), {"Dee", "Gethin"}),
    ("the beginning of a surname", Wanted(words=("marl",)), {"Dee"}),
    ("words in any order", Wanted(words=("dee", "rees")), {"Dee"}),
    ("an alias", Wanted(words=("lantern",)), {"Dee"}),
    ("words of two names of one person", Wanted(words=("lantern", "rees")), set()),
    ("the middle of a word", Wanted(words=("arlowe",)), set()),
    ("a sign that SQL reads", Wanted(words=("%",)), set()),
    ("a number", Wanted(number=("prison", story.GETHIN)), {"Gethin"}),
    ("a birth date", Wanted(birth_date=date(1971, 2, 3)), {"Gethin"}),
    ("leaving in time", Wanted(leaving_by=date(2026, 11, 20)), {"Dee"}),
    ("leaving later", Wanted(leaving_by=date(2026, 11, 19)), set()),
    ("a standing", Wanted(standing="sentenced"), {"Gethin"}),
    ("a wing", Wanted(cell="A-1"), {"Dee"}),
    ("an underscore is itself", Wanted(cell="B_"), {"Gethin"}),
    ("arrived lately", Wanted(arrived_since=date(2026, 10, 30)), {"Gethin"}),
    ("a language", Wanted(language="cy"), set()),
    ("two filters", Wanted(words=("dee",), cell="B"), set()),
]


@pytest.mark.parametrize(("wanted", "found"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND])
def test_the_list_can_be_asked_for(wanted: Wanted, found: set[str]) -> None:
    story.bring_in(DEE, GETHIN)
    listed = custody.everyone(look(story.worker()), wanted).people
    assert {person.name.split()[0] for person in listed} == found


def test_a_role_that_sees_no_custody_on_lists_sees_none_and_cannot_ask_for_it() -> None:
    story.bring_in(DEE, GETHIN)
    permit = replace(look(story.worker()), categories=frozenset({"identity_contact"}))
    (dee, _gethin) = custody.everyone(permit, Wanted()).people
    assert (dee.prison, dee.cell, dee.standing, dee.release_on) == (None, None, None, None)
    assert custody.everyone(permit, Wanted(standing="sentenced")).people == []


def test_the_panel_says_where_they_are_since_when_and_until_when() -> None:
    story.bring_in(DEE)
    permit = story.opens(story.worker(), story.person(), at=AFTER)
    panel = custody.panel(permit, linkage.identity_ids(permit))
    assert panel is not None
    assert panel.now is not None
    assert panel.dates is not None
    assert (panel.now.prison, panel.now.starts_on, panel.cell) == ("MDI", date(2026, 10, 20), "A-1-001")
    assert (panel.standing, panel.dates.on) == ("remand", date(2026, 11, 20))


def test_the_panel_of_somebody_released_has_a_stay_that_ended() -> None:
    story.bring_in(DEE)
    story.bring_in(story.released(), as_at=story.noon(4))
    permit = story.opens(story.worker(), story.person(), at=AFTER)
    panel = custody.panel(permit, linkage.identity_ids(permit))
    assert panel is not None
    assert panel.now is None
    assert (panel.standing, panel.stays[0].ends_on) == ("not_in_custody", date(2026, 11, 3))


def test_what_is_known_now_is_what_the_entries_say_when_asked_as_known_now() -> None:
    story.bring_in(DEE)
    story.bring_in(
        {**DEE, "cellLocation": "C-3-003", "conditionalReleaseDate": "2026-12-01"}, as_at=story.noon(5)
    )
    permit = story.opens(story.worker(), story.person(), at=AFTER)
    identity_ids = linkage.identity_ids(permit)
    known_on = record.current(permit, identity_ids=identity_ids, kinds=frozenset({"location"}))[0].recorded_at
    now = custody.panel(replace(permit, at=known_on), identity_ids)
    assert custody.panel(permit, identity_ids, known_on=known_on) == now


def test_a_panel_as_it_was_known_holds_nothing_that_was_learnt_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(DEE)
    monkeypatch.setenv("TG_CLOCK", story.noon(6).isoformat())
    story.bring_in(story.released(), as_at=story.noon(4))
    permit = story.opens(story.worker(), story.person(), at=AFTER)
    identity_ids = linkage.identity_ids(permit)
    then = custody.panel(permit, identity_ids, known_on=story.noon(5))
    assert then is not None
    assert then.now is not None
    assert (then.now.prison, then.standing) == ("MDI", "remand")
    before = custody.panel(permit, identity_ids, known_on=story.noon(1))
    assert before is not None
    assert (before.stays, before.standing, before.dates, before.as_at) == ((), "", None, None)


def test_custody_that_is_not_shared_gives_no_panel_and_no_lines() -> None:
    story.bring_in(DEE)
    permit = story.opens(story.worker(), story.person(), at=AFTER)
    blind = replace(permit, read=permit.read - {"custody_legal"})
    identity_ids = linkage.identity_ids(permit)
    entries = record.current(permit, identity_ids=identity_ids, kinds=frozenset({"location"}))
    assert custody.panel(blind, identity_ids) is None
    assert custody.lines(blind, {"location": [entries[0].id]}) == {}
    said = custody.lines(permit, {"location": [entries[0].id]})
    assert said == {entries[0].id: LocationLine("MDI", "A-1-001")}


RECALLED = {
    **story.RELEASED,
    "lastMovementReasonCode": "CR",
    "status": "INACTIVE OUT",
    "legalStatus": "RECALL",
    "recall": True,
    "imprisonmentStatus": "LR",
}


@pytest.mark.parametrize("as_known", [False, True])
def test_a_recall_issued_is_told_only_to_who_may_know_of_it(as_known: bool) -> None:
    story.bring_in(DEE)
    story.bring_in(story.released(), as_at=story.noon(4))
    story.bring_in(story.document(**{**RECALLED, "status": "ACTIVE OUT"}), as_at=story.noon(5))
    standings = {}
    for role, purpose in (("offender_management", "supervision"), ("prison_recovery_worker", "direct_care")):
        permit = story.opens(story.worker(role), story.person(), purpose=purpose, at=AFTER)
        identity_ids = linkage.identity_ids(permit)
        known_on = story.days_after(AFTER, 3650) if as_known else None
        panel = custody.panel(permit, identity_ids, known_on=known_on)
        assert panel is not None
        standings[role] = panel.standing
        if role == "offender_management":
            blind = replace(permit, read=permit.read - {"licence_supervision"})
            assert custody.panel(blind, identity_ids).standing == "not_in_custody"  # type: ignore[union-attr]
    assert standings == {"offender_management": "recall_issued", "prison_recovery_worker": "not_in_custody"}
    assert (
        custody.everyone(look(story.worker("offender_management")), Wanted()).people[0].standing
        == "not_in_custody"
    )


def test_the_last_movement_of_each_side_helps_to_tell_two_people_apart() -> None:
    story.bring_in(DEE, GETHIN)
    wanted = frozenset({story.identity(story.DEE), story.identity(story.GETHIN)})
    found = custody.last_movements(story.reviewer(), wanted)
    assert {moved.to_prison for moved in found.values()} == {"MDI"}
    assert found[story.identity(story.GETHIN)].happened_on == date(2026, 11, 1)
