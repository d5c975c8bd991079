"""What somebody says of themself: kept whole, in their words alone, for whom they choose."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests import pictures, story
from tests.content import rows
from throughgate.access import actions as access
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import CohortPermit, Permit
from throughgate.record import actions as record
from throughgate.record import history
from throughgate.record.rules import Form, Overtaken
from throughgate.staff.queries import Hat
from throughgate.story import actions, queries
from throughgate.story.queries import ATTACHED
from throughgate.story.rules import (
    EVERYBODY,
    FileSaid,
    HelpSaid,
    NotKept,
    Readers,
    TriggerSaid,
    Who,
    Why,
    WordsSaid,
)

pytestmark = pytest.mark.django_db
PNG = pictures.png()
ME = Readers(Who.ME)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def form() -> Form:
    return Form(str(new_id()))


def own() -> Permit:
    return access.issue_own_permit(story.person(), level="beside", at=story.NOON)


def says(topic: str, text: str, readers: Readers = EVERYBODY) -> UUID:
    return actions.write_words(own(), WordsSaid(topic, text, with_helper=False), readers=readers, form=form())


def read_by(permit: Permit, kind: str = "own_about") -> list[str]:
    return [said.line.text for said in queries.said(permit, kind).values()]


# Words and their readers


def test_said_anew_for_fewer_the_words_before_are_left_with_nobody(ravi: Hat) -> None:
    story.organisation("PATH")
    says("about", "I sing")
    says("about", "I sang")
    assert read_by(story.opens(ravi, story.person())) == ["I sang"]
    says("about", "I sing for my gran", ME)
    assert read_by(own()) == ["I sing for my gran"]
    assert read_by(story.opens(ravi, story.person())) == []
    says("about", "I sing again")
    assert read_by(story.opens(ravi, story.person())) == ["I sing again"]


def test_those_she_chooses_read_it_and_others_find_nothing(ravi: Hat) -> None:
    story.organisation("PATH")
    other = story.worker(at="PATH", works_in=["MDI"])
    assert set(queries.readers(own())) == {ravi.organisation_id, other.organisation_id}
    says("about", "I sing", Readers(Who.CHOSEN, (ravi.organisation_id,)))
    assert [read_by(story.opens(hat, story.person())) for hat in (ravi, other)] == [["I sing"], []]
    said = queries.said(own(), "own_about")["own_about", ""]
    assert said.entry.only_for == [ravi.organisation_id]


def test_all_that_was_said_is_kept_and_says_why_it_stands_no_more() -> None:
    first = says("about", "I sing")
    says("about", "I dance", ME)
    found = history.versions(own(), first)
    assert [(each.kind, each.reason) for each in found] == [
        ("own_about", "Said anew by whoever said it"),
        ("own_about", ""),
    ]
    told = queries.lines(own(), {"own_about": [first]})
    assert [each.text for each in told.values()] == ["I sing"]  # type: ignore[union-attr]


def test_the_same_form_twice_is_one_entry_and_an_older_form_is_told_what_is_newer() -> None:
    once, older = form(), form()
    words = WordsSaid("about", "I sing", with_helper=False)
    first = actions.write_words(own(), words, form=once)
    says("about", "I dance")
    assert actions.write_words(own(), words, form=once) == first
    with pytest.raises(Overtaken):
        actions.write_words(own(), words, form=older)
    assert read_by(own()) == ["I dance"]


def test_staff_write_none_of_it_whatever_their_role_records(ravi: Hat) -> None:
    permit = story.opens(ravi, story.person())
    assert "story" in permit.write
    with pytest.raises(Refused, match="Nobody but they themselves writes"):
        actions.write_words(permit, WordsSaid("about", "She sings", with_helper=False), form=form())


def test_who_helped_to_write_stands_beside_it() -> None:
    said = WordsSaid("about", "I sing", with_helper=True, supported_by="Nan Marlowe")
    actions.write_words(own(), said, form=form())
    (line,) = [each.line for each in queries.said(own(), "own_about").values()]
    assert (line.with_helper, line.supported_by) == (True, "Nan Marlowe")


# Files


def attaches(content: bytes = PNG, readers: Readers = EVERYBODY) -> UUID:
    said = FileSaid("about", "My drawing", content, with_helper=False)
    return actions.attach(own(), said, readers=readers, form=form())


def test_a_file_comes_back_byte_for_byte(ravi: Hat) -> None:
    entry_id = attaches()
    for permit in (own(), story.opens(ravi, story.person())):
        assert queries.attached(permit, entry_id) == queries.File("image/png", PNG)
    (line,) = [each.line for each in queries.said(own(), ATTACHED).values()]
    assert (line.size, line.sha256) == (len(PNG), hashlib.sha256(PNG).hexdigest())


def test_a_file_kept_for_herself_or_taken_away_or_of_nobody_is_not_there(ravi: Hat) -> None:
    entry_id = attaches(readers=ME)
    with pytest.raises(NotFound):
        queries.attached(story.opens(ravi, story.person()), entry_id)
    actions.take_away(own(), entry_id, form=form())
    assert queries.said(own(), ATTACHED) == {}
    for missing in (entry_id, new_id()):
        with pytest.raises(NotFound):
            queries.attached(own(), missing)
        with pytest.raises(NotFound):
            actions.take_away(own(), missing, form=form())


def test_of_several_files_the_one_that_is_meant_is_taken_away() -> None:
    kept = [attaches(PNG + bytes([number])) for number in range(3)]
    actions.take_away(own(), kept[1], form=form())
    left = {said.entry.id for said in queries.said(own(), ATTACHED).values()}
    assert left == {kept[0], kept[2]}


def test_a_file_removed_by_order_leaves_no_byte(ravi: Hat) -> None:
    entry_id = attaches()
    attaches(PNG + b"another")
    permit = replace(story.opens(ravi, story.person()), role="data_quality")
    record.redact(permit, entry_id, reason="By order of a court")
    assert rows("SELECT count(*) FROM story_attachment WHERE content IS NULL") == [(1,)]
    with pytest.raises(NotFound):
        queries.attached(own(), entry_id)


def test_what_is_no_picture_and_no_recording_is_refused() -> None:
    with pytest.raises(NotKept) as refusal:
        attaches(b"<html>")
    assert refusal.value.why is Why.NOT_A_FILE


# Who and what helps, and what makes it hard


def test_what_makes_it_hard_is_named_once_and_stands_no_more_when_it_does_not() -> None:
    bus = TriggerSaid("The bus", "place", "I sweat", "I ring Nan", with_helper=False)
    actions.name_trigger(own(), bus, form=form())
    actions.name_trigger(own(), bus._replace(name="the BUS", text="I walk"), form=form())
    assert [each.line.text for each in queries.said(own(), "trigger").values()] == ["I walk"]
    actions.name_trigger(own(), bus._replace(holds=False), form=form())
    assert queries.said(own(), "trigger") == {}


def trigger(name: str = "The bus", what: str = "place", text: str = "") -> UUID:
    said = TriggerSaid(name, what, signs="", text=text, with_helper=False)
    return actions.name_trigger(own(), said, form=form())


def help_of(what: str) -> UUID:
    return actions.name_help(own(), HelpSaid("Nan", "", "", with_helper=False, what=what), form=form())


@pytest.mark.parametrize(
    ("say", "why"),
    [
        pytest.param(lambda: trigger(what="moon"), Why.NO_CHOICE, id="a kind of trigger that is none"),
        pytest.param(lambda: trigger(text="y" * 5_000), Why.TOO_LONG, id="more than there is room for"),
        pytest.param(lambda: help_of("moon"), Why.NO_CHOICE, id="a kind of help that is none"),
        pytest.param(lambda: says("secrets", "x"), Why.NO_CHOICE, id="a topic that is none"),
        pytest.param(
            lambda: consents(allowed=True), Why.NOTHING_SAID, id="leave to read what was never said"
        ),
    ],
)
def test_what_says_too_little_or_too_much_is_refused(say: Callable[[], Any], why: Why) -> None:
    with pytest.raises(NotKept) as refusal:
        say()
    assert refusal.value.why is why


# What changed, for those who plan services


def consents(*, allowed: bool = True) -> UUID:
    return actions.consent(own(), allowed=allowed, form=form())


def published() -> list[dict[str, str]]:
    return [dict(each.words) for each in queries.published(planner())]


def planner() -> CohortPermit:
    return access.issue_cohort_permit(story.worker("commissioner"), page="stories", at=story.NOON)


def test_what_changed_is_read_with_her_leave_to_these_very_words_and_no_longer() -> None:
    says("now", "I sleep")
    says("before", "I did not sleep")
    assert published() == []
    consents()
    assert [list(each.items()) for each in published()] == [
        [("own_before", "I did not sleep"), ("own_now", "I sleep")]
    ]
    says("now", "I sleep at night")
    assert published() == []
    consents()
    assert [each["own_now"] for each in published()] == ["I sleep at night"]
    consents(allowed=False)
    assert published() == []


def test_roles_that_plan_nothing_read_none_of_it() -> None:
    with pytest.raises(Refused, match="roles that plan or manage services"):
        access.issue_cohort_permit(story.worker("prison_governor"), page="stories", at=story.NOON)


def test_taking_leave_back_needs_no_words() -> None:
    consents(allowed=False)
    assert published() == []
