"""A charity's list goes in as somebody agreed; an event tells of a release before the record does."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.steps import follow, given_a_worker, it_is, then_it_is_usable_by_all, when_they_sign_in
from throughgate.exchange import uploads
from throughgate.foundation import clock

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "Name,D.O.B.,When,Worker\nDee Lantern,04/05/1989,01/09/2026,Kofi\nJ.T.,1988,02/09/2026,Kofi\n"


def when_they_bring_in(page: Page, file: Path, *, of: str, kind: str) -> None:
    follow(page.get_by_role("link", name="Bring in an extract").first)
    follow(page.get_by_role("link", name="Bring in an extract").last)
    page.get_by_label("Whose extract is it?").select_option(label=of)
    page.get_by_label("What kind is it?").select_option(label=kind)
    page.get_by_label("The file").set_input_files(file)
    follow(page.get_by_role("button", name="Try it out"))
    uploads.carry_out_waiting()
    page.reload()


def test_a_charity_brings_in_its_list_as_it_is(page: Page, tmp_path: Path) -> None:
    # Given two workers of Stepping Stone, and the spreadsheet they keep
    story.organisation("STEP", "peer_support")
    nell = given_a_worker("Nell Ditto", role="data_quality", at="STEP")
    kofi = given_a_worker("Kofi Footpath", role="peer_mentor", at="STEP")
    file = tmp_path / "ours.csv"
    file.write_text(LIST, encoding="utf-8")
    when_they_sign_in(page, nell)
    when_they_bring_in(page, file, of="Organisation STEP", kind="plain list of people")
    # Then the page shows how its columns were read, and nothing is in
    expect(page.get_by_label("What does “D.O.B.” hold?")).to_have_value("birth_date")
    expect(page.get_by_label("What does “WHEN” hold?")).to_have_value("")
    then_it_is_usable_by_all(page)
    # When they put right what was not known, look again, and agree
    page.get_by_label("What does “WHEN” hold?").select_option(label="day they started with you")
    follow(page.get_by_role("button", name="Read it like this"))
    uploads.carry_out_waiting()
    page.reload()
    expect(page.get_by_label("What does “WHEN” hold?")).to_have_value("started")
    follow(page.get_by_role("button", name="Bring it in"))
    uploads.carry_out_waiting()
    page.reload()
    expect(page.get_by_text("2 read = 2 new")).to_be_visible()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Sign out"))
    # Then their peer mentor finds who is on it
    when_they_sign_in(page, kofi)
    follow(page.get_by_role("link", name="Everyone here").first)
    expect(page.get_by_role("link", name="Dee Lantern").first).to_be_visible()


def test_a_list_saved_in_an_older_form_is_read_so_once_somebody_has_seen_what_it_says(
    page: Page, tmp_path: Path
) -> None:
    # Given a spreadsheet that was saved as plain CSV
    story.organisation("STEP", "peer_support")
    nell = given_a_worker("Nell Ditto", role="data_quality", at="STEP")
    file = tmp_path / "ours.csv"
    file.write_bytes("Name,Born\nSiân Umbrella,04/05/1989\n".encode("cp1252"))
    when_they_sign_in(page, nell)
    when_they_bring_in(page, file, of="Organisation STEP", kind="plain list of people")
    # Then the page shows what its letters would be
    expect(page.get_by_role("heading", name="Letters in an older form")).to_be_visible()
    expect(page.get_by_text("Siân", exact=True)).to_be_visible()
    then_it_is_usable_by_all(page)
    # When they see that it is right, and have it read so
    follow(page.get_by_role("button", name="Read it in the older form"))
    uploads.carry_out_waiting()
    page.reload()
    # Then nothing of it is odd any more, and it goes in
    expect(page.get_by_role("heading", name="Letters in an older form")).to_have_count(0)
    follow(page.get_by_role("button", name="Bring it in"))
    uploads.carry_out_waiting()
    page.reload()
    expect(page.get_by_text("1 read = 1 new")).to_be_visible()


def test_a_release_told_by_an_event_is_checked_by_hand_until_the_record_is_heard(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given Dee, inside, and an event of this afternoon that does not say why she left
    it_is(monkeypatch, "2026-11-03T16:00")
    story.bring_in(story.document())
    ravi = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    file = tmp_path / "events.json"
    said = {
        "eventType": "prisoner-offender-search.prisoner.released",
        "occurredAt": "2026-11-03T15:40:00Z",
        "additionalInformation": {"nomsNumber": story.DEE, "reason": "RELEASED", "prisonId": "MDI"},
    }
    file.write_text(json.dumps({"Message": json.dumps(said)}), encoding="utf-8")
    story.bring_in_file(file, as_at=clock.now(), format_name="prison-events")
    # When Ravi opens her record
    when_they_sign_in(page, ravi)
    page.goto(f"{page.url.partition('/today')[0]}/people/{story.person()}/")
    # Then it says that she is said to have left, and that somebody has to check it
    expect(page.get_by_text("They are said to have left, and not why: check by hand.").first).to_be_visible()
    expect(page.get_by_text("event of the prison").first).to_be_visible()
    then_it_is_usable_by_all(page)
    # When tonight's extract has her inside
    story.bring_in(story.document(), as_at=clock.now())
    page.reload()
    # Then so does the page, and what the event said is still to be read
    expect(page.get_by_text("check by hand.")).to_have_count(0)
    expect(page.get_by_text("event of the prison").first).to_be_visible()
