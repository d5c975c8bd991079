"""What has changed since a pack was made, what the pathway asks, and who needs one next."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests import story
from tests.content import rows
from tests.packs import (
    HERS,
    LEAVES,
    SCRIPT,
    THEIRS,
    agreed,
    booked,
    form,
    given,
    known,
    line,
    made,
    opens,
    revoked,
    said,
)
from throughgate.access import actions as access
from throughgate.directory import place_file
from throughgate.foundation.permits import Permit
from throughgate.packs import choosing, queries
from throughgate.packs.actions import print_sheet
from throughgate.packs.content import Edition, Reader
from throughgate.packs.rules.states import PackState
from throughgate.pages.packs.words import changed
from throughgate.pathway import actions
from throughgate.pathway import queries as pathway
from throughgate.pathway.actions import in_step
from throughgate.record import actions as record
from throughgate.referral.actions import Meeting
from throughgate.sharing import actions as sharing
from throughgate.wiring.console import organising

pytestmark = pytest.mark.django_db

ALERT = {"alertType": "A", "alertCode": "AS", "active": True, "expired": False}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())


@pytest.fixture
def ravi() -> Permit:
    """A prison recovery worker of Dee, who leaves on the tenth."""
    return known()


# What has changed since


def test_a_day_that_moves_makes_the_pack_out_of_date(ravi: Permit) -> None:
    pack = made(ravi)
    assert queries.differences(ravi, pack) == []
    story.bring_in(story.document(**{**LEAVES, "confirmedReleaseDate": "2026-11-06"}), as_at=story.noon(3))
    found = {each.key: (each.what, each.before, each.now) for each in queries.differences(ravi, pack)}
    assert found["release"][0] == "changed"
    assert "Leaves Tuesday 10 November 2026" in found["release"][1]
    assert "Leaves Friday 6 November 2026" in found["release"][2]


def test_who_told_the_day_did_not_tell_that_they_have_left(ravi: Permit) -> None:
    (release,) = [fact for fact in choosing.choose(ravi).facts if fact.key == "release"]
    assert release.by
    story.bring_in(story.released(**LEAVES), as_at=story.noon(3))
    (release,) = [fact for fact in choosing.choose(opened(story.DEE)).facts if fact.key == "release"]
    assert (bool(release.said["left_on"]), release.by, release.at) == (True, "", "")


def test_a_day_that_was_replaced_is_told_no_more(ravi: Permit) -> None:
    for number, confirmed in enumerate(("2026-11-06", "2026-11-09")):
        said = {**LEAVES, "confirmedReleaseDate": confirmed}
        story.bring_in(story.document(**said), as_at=story.noon(2 + number))
    (release,) = [fact for fact in choosing.choose(ravi).facts if fact.key == "release"]
    assert release.said["on"] == "2026-11-09"
    assert "2026-11-06" not in {other["on"] for other in release.said["others"]}


def test_what_has_changed_says_what_it_is_about(ravi: Permit) -> None:
    slept_in(ravi, "12 Mill Lane", state="in_hand")
    pack = made(ravi)
    slept_in(ravi, "12 Mill Lane")
    (home,) = [each for each in queries.differences(ravi, pack) if each.key == "home"]
    where = "Somewhere to sleep when they leave"
    assert changed([home]) == [f"Home. Now: {where}: confirmed. On it: {where}: in hand"]


SINCE = "Some of this has changed since. Ask for a new one."


def printed(permit: Permit, pack: UUID, edition: Edition) -> tuple[str, ...]:
    return print_sheet(permit, pack, edition).notices


def test_a_sheet_printed_again_says_itself_that_it_is_out_of_date(ravi: Permit) -> None:
    pack = made(ravi)
    assert SINCE not in printed(ravi, pack, HERS)
    story.bring_in(story.document(**{**LEAVES, "confirmedReleaseDate": "2026-11-06"}), as_at=story.noon(3))
    for edition in (HERS, THEIRS):
        assert printed(ravi, pack, edition)[-1] == SINCE
    later = made(ravi)
    assert SINCE not in printed(ravi, pack, HERS)  # that there is a newer one says more
    assert SINCE not in printed(ravi, later, HERS)


def test_only_the_sheet_that_tells_it_is_out_of_date(ravi: Permit) -> None:
    pack = made(ravi)
    story.bring_in(story.document(**LEAVES, alerts=[ALERT]), as_at=story.noon(3))
    assert [SINCE in printed(ravi, pack, edition) for edition in (HERS, THEIRS)] == [False, True]


def test_a_wish_to_leave_something_out_is_not_told_by_its_change(ravi: Permit) -> None:
    slept_in(ravi, "12 Mill Lane", state="in_hand")
    pack = made(ravi)
    agreed(ravi, pack, Reader.PERSON, "home")
    slept_in(ravi, "12 Mill Lane")
    assert [SINCE in printed(ravi, pack, edition) for edition in (HERS, THEIRS)] == [False, True]


def test_what_is_new_and_what_is_gone_are_told_apart(ravi: Permit) -> None:
    pack = made(ravi)
    booked(ravi)
    (new, *_) = [each for each in queries.differences(ravi, pack) if each.key.startswith("appointment")]
    assert (new.what, new.before) == ("new", "")
    assert new.now.startswith("Tuesday 17 November 2026, 10:00")
    later = made(ravi)
    record.undo(ravi, UUID(str(rows("SELECT id FROM record_entry WHERE kind = 'appointment'")[0][0])))
    (gone,) = [each for each in queries.differences(ravi, later) if each.key.startswith("appointment")]
    assert (gone.what, gone.now) == ("gone", "")


def test_a_worker_is_told_of_no_change_they_may_not_see(ravi: Permit) -> None:
    pack = made(ravi)
    story.treated({**SCRIPT, "prescribed_until": "2026-11-20"}, as_at=story.noon(3))
    kofi = replace(ravi, read=ravi.read - {"treatment_medicines"})
    assert queries.differences(kofi, pack) == []
    assert [each.key for each in queries.differences(ravi, pack)] == ["medicine:methadone", "cover"]


# What the pathway asks


def steps(permit: Permit) -> dict[str, str]:
    plan = pathway.plan(permit)
    assert plan
    return {step.code: step.progress.value for step in plan.steps if step.code.startswith("pack")}


def test_making_agreeing_and_giving_close_their_steps(ravi: Permit) -> None:
    before = steps(ravi)
    assert (before["pack"], before["pack_agreed"], before["pack_given"]) == ("not_started",) * 3
    pack = made(ravi)
    assert steps(ravi)["pack"] == "confirmed"
    agreed(ravi, pack)
    agreed(ravi, pack, Reader.NEXT_WORKER)
    assert steps(ravi)["pack_agreed"] == "confirmed"
    given(ravi, pack)
    assert steps(ravi)["pack_given"] == "confirmed"
    revoked(ravi, pack)
    assert steps(ravi)["pack"] == "not_started"


def test_one_sheet_of_two_is_not_agreed_and_the_next_workers_is_not_in_their_hands(ravi: Permit) -> None:
    pack = made(ravi)
    agreed(ravi, pack)
    given(ravi, pack, Edition(Reader.NEXT_WORKER))
    found = steps(ravi)
    assert (found["pack_agreed"], found["pack_given"]) == ("not_started", "not_started")
    assert queries.pack(ravi, pack).state is PackState.MADE


def test_what_is_told_since_raises_a_step_and_a_new_pack_settles_it(ravi: Permit) -> None:
    made(ravi)
    assert "pack_outdated" not in steps(ravi)
    story.bring_in(story.document(**{**LEAVES, "confirmedReleaseDate": "2026-11-06"}), as_at=story.noon(3))
    assert "pack_outdated" in steps(ravi)
    made(ravi)
    assert "pack_outdated" not in steps(ravi)


def slept_in(permit: Permit, words: str, *, state: str = "confirmed") -> UUID:
    with in_step(permit):
        return actions.record_ready(
            permit, item="home", state=state, on_day=None, text=words, at=permit.at, form=form()
        )


def test_an_address_that_is_protected_later_is_printed_no_more_and_the_pack_is_out_of_date(
    ravi: Permit,
) -> None:
    slept_in(ravi, "12 Mill Lane, ask for Tess")
    pack = made(ravi)
    assert "12 Mill Lane" in said(queries.sheet(ravi, pack, HERS))
    story.organisation("HARB")
    tess = story.opens(story.worker("womens_service_worker", "HARB", works_in=["MDI"]), story.person())
    with in_step(tess):
        sharing.protect(tess, "12 Mill Lane", at=tess.at, form=form())
    assert ("pack_outdated" in steps(ravi), due()[0].is_out_of_date) == (True, True)
    assert "home" in {each.key for each in queries.differences(ravi, pack)}
    for edition in (HERS, THEIRS):
        assert "Mill Lane" not in said(queries.sheet(ravi, pack, edition))
    later = made(ravi)
    assert ("pack_outdated" in steps(ravi), due()[0].is_out_of_date) == (False, False)
    assert "Mill Lane" not in said(queries.sheet(ravi, later, HERS))


def test_a_place_that_is_protected_later_makes_the_packs_out_of_date_that_name_it(
    ravi: Permit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.organisation("PATH")
    booked(ravi)
    pack = made(ravi)
    assert "Pathlight" in said(queries.sheet(ravi, pack, HERS))
    story.bring_in(story.document(story.GETHIN, bookingId="2", **LEAVES))
    made(opened(story.GETHIN))
    monkeypatch.setenv("TG_CLOCK", story.noon(4).isoformat())
    path = tmp_path / "places.csv"
    for protected in ("no", "yes", "yes"):
        path.write_text("\n".join([",".join(place_file.COLUMNS), line(protected=protected)]))
        organising.put_places(path)
        found = ["pack_outdated" in steps(opened(key)) for key in (story.DEE, story.GETHIN)]
        assert found == [protected == "yes", False]
    assert "Pathlight" not in said(queries.sheet(opened(story.DEE), pack, HERS))
    assert {row.prison_number for row in due() if row.is_out_of_date} == {story.DEE}


def opened(key: str) -> Permit:
    """Somebody's record, by a worker who has just opened it."""
    return story.opens(story.worker(), story.person(key))


def test_what_is_corrected_or_taken_back_makes_it_out_of_date_too(ravi: Permit) -> None:
    first = slept_in(ravi, "12 Mill Lane")
    made(ravi)
    with in_step(ravi):
        record.undo(ravi, first)
    assert ("pack_outdated" in steps(ravi), due()[0].is_out_of_date) == (True, True)


# Who needs one next


def due(role: str = "prison_recovery_worker", **more: Any) -> list[queries.DueRow]:
    permit = access.issue_list_permit(story.worker(role), purpose="direct_care", at=story.noon(3))
    return queries.due(permit, **more)


def test_who_leaves_within_a_week_is_listed_with_how_far_their_pack_is(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    story.bring_in(
        *(
            story.document(
                f"A{number}000ZZ",
                bookingId=str(number),
                lastName=f"N{number}",
                **{**LEAVES, "confirmedReleaseDate": f"2026-11-{day:02}"},
            )
            for number, day in ((1, 4), (2, 9), (3, 30))
        )
    )
    permit = access.issue_list_permit(story.worker(), purpose="direct_care", at=story.NOON)
    with django_assert_num_queries(1):
        found = queries.due(permit)
    assert [(row.prison_number, row.leaves_on, row.state, row.version) for row in found] == [
        ("A1000ZZ", date(2026, 11, 4), "none", None),
        ("A2000ZZ", date(2026, 11, 9), "none", None),
    ]
    assert [row.prison_number for row in queries.due(permit, after=found[0].person_id)] == ["A2000ZZ"]
    assert len(queries.due(permit, limit=1)) == 1


def test_each_state_of_a_pack_is_told_on_the_list(ravi: Permit) -> None:
    states = [due()[0].state]
    pack = made(ravi)
    states.append(due()[0].state)
    agreed(ravi, pack)
    agreed(ravi, pack, Reader.NEXT_WORKER)
    states.append(due()[0].state)
    given(ravi, pack)
    states.append(due()[0].state)
    revoked(ravi, pack)
    states.append(due()[0].state)
    assert states == ["none", "made", "agreed", "given", "revoked"]


def test_something_told_since_makes_it_out_of_date_on_the_list(ravi: Permit) -> None:
    made(ravi)
    assert not due()[0].is_out_of_date
    booked(ravi)
    assert due()[0].is_out_of_date


def test_who_is_in_court_tomorrow_may_leave_tomorrow() -> None:
    story.bring_in(story.document())
    permit = opens("prison_healthcare")
    assert due() == []
    booked(permit, Meeting("court"), day=4)
    assert [row.hearing_on for row in due()] == [date(2026, 11, 4)]


def test_who_may_not_know_when_somebody_leaves_sees_an_empty_list(ravi: Permit) -> None:
    permit = access.issue_list_permit(story.worker(), purpose="direct_care", at=story.NOON)
    assert queries.due(replace(permit, categories=permit.categories - {"custody_legal"})) == []
