"""What somebody chooses holds from the next request on, and follows them when records are joined."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests import sharing, story
from tests.content import rows
from tests.sharing import alone_may, gus, must_not_know, says
from throughgate.access import actions as access
from throughgate.exchange import actions as exchange
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pathway import queries as pathway
from throughgate.pathway.queries import Tab
from throughgate.record import actions as record
from throughgate.record.rules import Form
from throughgate.sharing import actions, queries, rules
from throughgate.sharing.rules import Trusted
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
TREATMENT = "treatment_medicines"


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def opens(hat: Hat, *, day: int = 9, purpose: str = "") -> Permit:
    usual = {"probation_practitioner": "supervision"}.get(hat.role, "direct_care")
    return story.opens(hat, story.person(), purpose=purpose or usual, at=story.noon(day))


def refused(hat: Hat) -> bool:
    try:
        opens(hat)
    except NotFound:
        return True
    return False


# What they say holds from the next request on


def test_what_needs_a_yes_opens_with_it_and_closes_when_it_is_taken_back(ravi: Hat) -> None:
    probation = gus()
    assert TREATMENT not in opens(probation).read
    says(opens(ravi), "share", topic=TREATMENT, to="PROB")
    assert TREATMENT in opens(probation).read
    says(opens(ravi), "take_back", topic=TREATMENT, to="PROB")
    assert TREATMENT not in opens(probation).read


def test_what_is_kept_back_closes_with_the_next_request(ravi: Hat) -> None:
    assert "family" in opens(ravi).read
    says(opens(ravi), "keep_back", topic="family")
    assert "family" not in opens(ravi).read


def test_of_one_organisation_alone_or_of_all(ravi: Hat) -> None:
    story.organisation("PATH")
    bea = story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    says(opens(ravi), "keep_back", topic="family", to="PATH")
    assert ("family" in opens(ravi).read, "family" in opens(bea).read) == (True, False)


def test_until_its_day_and_not_on_it(ravi: Hat) -> None:
    probation = gus()
    says(opens(ravi), "share", topic=TREATMENT, to="PROB", expires_on=date(2026, 11, 20))
    assert TREATMENT in opens(probation, day=19).read
    assert TREATMENT not in opens(probation, day=20).read


def test_what_was_kept_back_before_holds_again_the_moment_a_yes_ends(ravi: Hat) -> None:
    says(opens(ravi), "keep_back", topic="family")
    says(opens(ravi), "share", topic="family", expires_on=date(2026, 11, 20))
    assert "family" in opens(ravi, day=19).read
    assert "family" not in opens(ravi, day=20).read  # before any job has run


def test_a_form_sent_twice_is_one_choice(ravi: Hat) -> None:
    form = Form(str(new_id()))
    choice = rules.Choice(towards=None, topic="family", purpose="", answer="keep_back", **sharing.ASKED)
    first, again = (actions.choose(opens(ravi), choice, at=story.noon(9), form=form) for _time in range(2))
    assert first == again


def test_taken_back_within_minutes_what_was_said_before_holds(ravi: Hat) -> None:
    permit = opens(ravi)
    entry_id = says(permit, "keep_back", topic="family")
    record.undo(permit, entry_id)
    actions.refresh(permit, [permit.person_id])
    assert "family" in opens(ravi).read


def test_corrected_the_correction_holds(ravi: Hat) -> None:
    permit = opens(ravi)
    entry_id = says(permit, "keep_back", topic="family")
    right = rules.Choice(towards=None, topic="housing", purpose="", answer="keep_back", **sharing.ASKED)
    form = Form(str(new_id()), reason="Heard wrongly", corrects=entry_id)
    actions.choose(permit, right, at=story.noon(9), form=form)
    assert ("family" in opens(ravi).read, "housing" in opens(ravi).read) == (True, False)


def test_a_choice_that_says_too_little_is_refused_in_words(ravi: Hat) -> None:
    with pytest.raises(Refused, match=r"Choose what they say\. Choose how they were\."):
        says(opens(ravi), "", state="")
    choice = rules.Choice(towards=new_id(), topic="", purpose="", answer="share", **sharing.ASKED)
    with pytest.raises(Refused, match="Choose who it is about"):
        actions.choose(opens(ravi), choice, at=story.noon(9), form=Form("k"))


@pytest.mark.parametrize(
    "purpose", ["parole", "adjudication", "drug_testing", "recategorisation", "hdc_rotl", "vetting"]
)
def test_a_purpose_that_is_refused_stays_refused_whatever_they_share(ravi: Hat, purpose: str) -> None:
    says(opens(ravi), "share")
    with pytest.raises(NotFound):
        opens(ravi, purpose=purpose)
    with pytest.raises(Refused, match="Choose what for"):
        says(opens(ravi), "share", purpose=purpose)
    ((why,),) = rows(
        "SELECT detail ->> 'why' FROM audit_event WHERE action = 'open record' AND purpose = %s", purpose
    )
    assert why == "purpose_refused"


def test_to_keep_one_topic_back_takes_nobody_off_a_list(ravi: Hat) -> None:
    story.bring_in(story.document(conditionalReleaseDate="2026-12-03"), as_at=story.noon(3))
    story.organisation("PATH")
    bea = story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    says(opens(ravi), "keep_back", topic="family")
    permit = access.issue_list_permit(bea, purpose="direct_care", at=story.noon(9))
    (row,) = pathway.today(permit, tab=Tab.TWELVE_WEEKS, limit=9).rows
    assert row.person_id == story.person()


# Asked before they had settled


def asked_again() -> dict[UUID, date]:
    return queries.ask_again(opens(story.worker()), [story.person()])


def test_what_is_asked_in_withdrawal_is_asked_again(ravi: Hat) -> None:
    assert asked_again() == {}
    says(opens(ravi), "share", topic=TREATMENT, state="in_withdrawal")
    assert asked_again() == {story.person(): date(2026, 11, 16)}
    says(opens(ravi), "share", topic=TREATMENT)
    assert asked_again() == {}


def test_what_was_taken_back_is_not_asked_again(ravi: Hat) -> None:
    says(opens(ravi), "share", topic=TREATMENT, state="upset")
    says(opens(ravi), "take_back", topic=TREATMENT, state="upset")
    assert asked_again() == {}


def test_the_first_72_hours_count_from_coming_to_this_prison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gethin came in on the eighth: on the ninth nothing he says has settled."""
    came = {"receptionDate": "2026-11-08", "lastMovementDate": "2026-11-08"}
    story.bring_in(story.document(story.GETHIN, bookingId="2", **came), as_at=story.noon(8))
    permit = story.opens(story.worker(), story.person(story.GETHIN), at=story.noon(9))
    assert queries.came_in_on(permit) == date(2026, 11, 8)
    says(permit, "share", topic=TREATMENT)
    assert queries.ask_again(permit, [permit.person_id]) == {permit.person_id: date(2026, 11, 11)}


def test_outside_nobody_came_in() -> None:
    story.treated({"TRIAGED": "2026-11-01", "EPISODID": "1"}, source="PATH")
    bea = story.worker("community_treatment_worker", "PATH")
    story.bring_in(story.released(), as_at=story.noon(4))
    permit = story.opens(bea, story.person(), at=story.noon(9) + timedelta(days=60))
    assert queries.came_in_on(permit) is None


# Who must not know, who alone may, whom they trust


def test_who_must_not_know_finds_no_record_and_may_again(ravi: Hat) -> None:
    probation = gus()
    must_not_know(opens(ravi), worker=probation.worker_id)
    assert (refused(probation), refused(ravi)) == (True, False)
    must_not_know(opens(ravi), worker=probation.worker_id, holds=False)
    assert not refused(probation)


def test_an_organisation_that_must_not_know_finds_no_record(ravi: Hat) -> None:
    probation = gus()
    must_not_know(opens(ravi), organisation=probation.organisation_id)
    assert refused(probation)


def test_somebody_by_name_bars_nobody_and_is_told(ravi: Hat) -> None:
    must_not_know(opens(ravi), name="Dai Umbrella")
    found = queries.sharing(opens(ravi))
    assert found
    assert [each.line.name for each in found.must_not_know] == ["Dai Umbrella"]
    assert rows("SELECT count(*) FROM access_bar") == [(0,)]


def test_nobody_shuts_themselves_out(ravi: Hat) -> None:
    probation = gus()
    with pytest.raises(Refused, match="shut yourself out"):
        must_not_know(opens(ravi), worker=ravi.worker_id)
    with pytest.raises(Refused, match="Tick your own organisation too"):
        actions.limit(
            opens(ravi),
            workers=[],
            organisations=[probation.organisation_id],
            text="",
            at=story.noon(9),
            form=Form("k"),
        )


def test_of_a_limited_record_only_those_named_know(ravi: Hat) -> None:
    probation = gus()
    alone_may(opens(ravi), "MDI")
    assert (refused(probation), refused(ravi)) == (True, False)
    alone_may(opens(ravi))
    assert not refused(probation)


def test_who_names_nobody_where_nothing_is_limited_is_told_so(ravi: Hat) -> None:
    with pytest.raises(Refused, match="Nothing limits this record now"):
        alone_may(opens(ravi))


def test_a_worker_alone_may_know(ravi: Hat) -> None:
    colleague = story.worker()
    actions.limit(
        opens(ravi),
        workers=[ravi.worker_id],
        organisations=[],
        text="",
        at=story.noon(9),
        form=Form("k"),
    )
    assert (refused(colleague), refused(ravi)) == (True, False)


def test_whom_they_trust_is_told_until_they_trust_them_no_more(ravi: Hat) -> None:
    for holds, told in ((True, ["Nan Marlowe"]), (False, [])):
        said = Trusted(holds=holds, name="Nan Marlowe", reach="01632 960001")
        actions.trust(opens(ravi), said, at=story.noon(9), form=Form(str(new_id())))
        found = queries.sharing(opens(ravi))
        assert found
        assert [each.line.name for each in found.trusted] == told


def test_whom_they_may_mean_are_organisations_and_workers_of_those_concerned(ravi: Hat) -> None:
    probation, stranger = gus(), story.worker(at="LEI")
    found = {each.id: each for each in queries.named(opens(ravi))}
    assert (found[probation.worker_id].works_for, found[ravi.organisation_id].is_concerned) == (
        "Organisation PROB",
        True,
    )
    assert stranger.worker_id not in found
    assert not found[stranger.organisation_id].is_concerned


# What is told of it


def test_only_the_last_word_that_holds_is_told_with_its_code(ravi: Hat) -> None:
    says(opens(ravi), "share", topic="family")
    last = says(opens(ravi), "keep_back", topic="family")
    says(opens(ravi), "share", topic="housing")
    says(opens(ravi), "take_back", topic="housing")
    says(opens(ravi), "share", topic="story", expires_on=date(2026, 11, 10))
    found = queries.sharing(opens(ravi, day=10))
    assert found
    assert [each.entry.id for each in found.choices] == [last]
    assert queries.choice(opens(ravi), last).line.answer == "keep_back"


def test_what_is_not_shared_is_not_told() -> None:
    officer = opens(story.worker("prison_officer"), purpose="supervision")
    assert (queries.sharing(officer), queries.records_sharing(officer)) == (None, False)


def test_another_entry_is_no_choice(ravi: Hat) -> None:
    for entry_id in (must_not_know(opens(ravi), name="Dai"), story.an_entry()):
        with pytest.raises(NotFound):
            queries.choice(opens(ravi), entry_id)


def test_a_choice_that_was_blanked_says_nothing(ravi: Hat) -> None:
    entry_id = says(opens(ravi), "keep_back", topic="family")
    permit = opens(ravi)
    record.redact(permit, entry_id, reason="About somebody else")
    actions.refresh(permit, [permit.person_id])
    assert "family" in opens(ravi).read
    with pytest.raises(NotFound):
        queries.choice(opens(ravi), entry_id)
    assert queries.sharing(opens(ravi)) == queries.Sharing([], [], [], [], [])


# Records that are joined and parted (H04)


@pytest.fixture
def twice() -> tuple[Hat, Hat]:
    """Dee in prison, and Dee as a clinic knows her without a number: two people, who are one."""
    story.treated({"TRIAGED": "2026-11-01", "EPISODID": "1", "prison_number": "", "CLIENTID": "P-1"})
    return story.worker(), story.worker("community_treatment_worker", "PATH")


def at_the_clinic(bea: Hat) -> Permit:
    return story.opens(bea, story.person("P-1", source="PATH"), at=story.noon(9))


@pytest.fixture
def join(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A worker says an hour later that both are one."""

    def joined() -> None:
        monkeypatch.setenv("TG_CLOCK", (story.noon(9) + timedelta(hours=1)).isoformat())
        _join()

    return joined


def _join() -> None:
    permit = story.reviewer()
    pair = rows("SELECT id FROM linkage_held") or [(_held(),)]
    exchange.settle(permit, pair[0][0], answer="same", reason="She says so herself")


def _held() -> UUID:
    one, two = sorted([story.identity(), story.identity("P-1", source="PATH")])
    rows(
        "INSERT INTO linkage_held (id, identity_id, other_id, reasons, evidence, recorded_at, permit_id)"
        " VALUES (%s, %s, %s, '[]', '{}', now(), %s) RETURNING id",
        held := new_id(),
        one,
        two,
        new_id(),
    )
    return held


def part() -> None:
    exchange.separate(story.reviewer(), story.link("P-1", source="PATH"), reason="Two people after all")


def handed_down(person_id: UUID) -> list[tuple[object, ...]]:
    return rows(
        "SELECT organisation_id, topic, answer FROM access_choice WHERE person_id = %s ORDER BY topic",
        person_id,
    )


def test_joined_the_stricter_word_holds_and_parted_each_has_their_own_again(
    twice: tuple[Hat, Hat], join: Callable[[], None]
) -> None:
    ravi, bea = twice
    says(opens(ravi), "keep_back", topic="family")
    says(at_the_clinic(bea), "share", topic="family")
    apart = [handed_down(story.person()), handed_down(story.person("P-1", source="PATH"))]
    join()
    assert story.person() == story.person("P-1", source="PATH")
    assert "family" not in opens(ravi).read
    assert "family" not in at_the_clinic(bea).read
    part()
    assert [handed_down(story.person()), handed_down(story.person("P-1", source="PATH"))] == apart


def test_asked_again_as_one_person_the_new_word_counts_for_both(
    twice: tuple[Hat, Hat], join: Callable[[], None]
) -> None:
    ravi, bea = twice
    says(opens(ravi), "keep_back", topic="family")
    join()
    says(at_the_clinic(bea), "share", topic="family")
    assert "family" in opens(ravi).read


def test_joined_everybody_whom_either_named_must_not_know(
    twice: tuple[Hat, Hat], join: Callable[[], None]
) -> None:
    _ravi, bea = twice
    probation = gus()
    must_not_know(at_the_clinic(bea), worker=probation.worker_id)
    assert not refused(probation)
    join()
    assert refused(probation)


def test_joined_with_nobody_named_by_both_nobody_knows(
    twice: tuple[Hat, Hat], join: Callable[[], None]
) -> None:
    ravi, bea = twice
    alone_may(opens(ravi), "MDI")
    alone_may(at_the_clinic(bea), "PATH")
    join()
    assert (refused(ravi), refused(bea)) == (True, True)


def test_an_extract_that_joins_two_records_joins_their_words(twice: tuple[Hat, Hat]) -> None:
    _ravi, bea = twice
    probation = gus()
    must_not_know(at_the_clinic(bea), worker=probation.worker_id)
    story.treated({"TRIAGED": "2026-11-01", "EPISODID": "1", "CLIENTID": "P-1"}, as_at=story.noon(3))
    assert story.person() == story.person("P-1", source="PATH")
    assert refused(probation)


def test_the_words_of_two_wait_for_nobody_where_nothing_was_said() -> None:
    permit = story.opens(story.worker(), story.person(), at=story.noon(9))
    assert linkage.lives(permit, [permit.person_id])[story.identity()][0][1] == story.person()
    assert queries.sharing(permit) == queries.Sharing([], [], [], [], [])
