"""The pages of asking, as a worker's browser asks for them."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext

from tests import sharing, story
from tests.contexts.clients import address, signed_in, words
from tests.packs import booked
from throughgate.assessment import instruments, queries
from throughgate.foundation.ids import new_id
from throughgate.pathway import queries as pathway
from throughgate.referral.actions import Meeting
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
FIRST_NIGHT = "standard-first_night"
COMPREHENSIVE = "standard-comprehensive"


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document())
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


@pytest.fixture
def bea() -> Hat:
    """Comes to the prison from a service outside."""
    story.organisation("PATH")
    return story.worker("community_treatment_worker", "PATH", works_in=["MDI"])


def look(hat: Hat, page: str, *rest: Any, status: int = 200) -> str:
    answer = signed_in(hat).get(address(page, hat, story.person(), *rest))
    assert answer.status_code == status
    return words(answer)


def send(hat: Hat, page: str, *rest: Any, **typed: Any) -> HttpResponseBase:
    url = address(page, hat, story.person(), *rest)
    return signed_in(hat).post(url, {"form_key": str(new_id()), **typed})


def begun(hat: Hat, what: str = FIRST_NIGHT, **typed: str) -> UUID:
    """A new sitting: the id in the address that follows."""
    answer = send(hat, "ask", what=what, **typed)
    assert answer.status_code == 302, words(answer)
    return UUID(answer.headers["Location"].partition("/ask/")[2].partition("/")[0])


def answered(hat: Hat, sitting: UUID, topic: str, **typed: Any) -> str:
    """The page that a topic leads to once it is kept."""
    answer = send(hat, "topic", sitting, topic, **typed)
    assert answer.status_code == 302, words(answer)
    return words(signed_in(hat).get(answer.headers["Location"]))


def told(hat: Hat, concept: str) -> list[tuple[str, Any]]:
    """How each answer to it came, and what it was, newest first."""
    permit = story.opens(hat, story.person(), at=story.noon(9))
    return [(each.answer.how, each.answer.value) for each in queries.known(permit).get(concept, [])]


def shown(page: str, question: str) -> str:
    """What the page shows of that question."""
    return page.partition(f'id="q_{question}"')[2].partition("</fieldset>")[0]


# Before it is begun


def test_the_guard_says_that_nothing_was_asked_and_offers_what_the_role_records(nurse: Hat) -> None:
    page = look(nurse, "ask")
    assert "Nothing that you may know of" in page
    assert "First night" in page
    assert ("Patient Health Questionnaire" in page, "about a minute." in page) == (True, True)
    assert "about 1 minutes" not in page


def test_what_was_asked_lately_needs_a_reason_and_the_shorter_path_leads(nurse: Hat) -> None:
    answered(nurse, begun(nurse), "tonight", q_nicotine="smokes")
    page = look(nurse, "ask")
    assert ("They have answered already" in page, "asked lately: say why" in page) == (True, True)
    answer = send(nurse, "ask", what=FIRST_NIGHT)
    assert (answer.status_code, "Say why it has to be asked again" in words(answer)) == (400, True)
    sitting = begun(nurse, why="She was taken ill in the van")
    assert look(nurse, "sitting", sitting).count("Asked again because: ") == 1
    assert "Asked again because: She was taken ill in the van" in look(nurse, "sitting", sitting)


@pytest.mark.parametrize(
    "typed",
    [{}, {"what": "standard-never"}, {"what": FIRST_NIGHT, "way": "peer"}, {"deed": "paper", "code": "CD23"}],
)
def test_nothing_is_begun_that_is_not_offered(nurse: Hat, typed: dict[str, str]) -> None:
    assert send(nurse, "ask", **typed).status_code == 400


def test_a_peer_asks_as_a_peer() -> None:
    story.organisation("STEP", "peer_support")
    peer = story.worker("peer_mentor", "STEP", works_in=["MDI"])
    page = look(peer, "sitting", begun(peer, "standard-release"))
    assert "Asked by a peer" in page


def test_a_peer_leads_a_social_topic_once_the_person_shares_it(nurse: Hat) -> None:
    story.organisation("STEP", "peer_support")
    peer = story.worker("peer_mentor", "STEP", works_in=["MDI"])
    assert send(peer, "ask", what="standard-second_day").status_code == 400
    asks = story.opens(story.worker("prison_recovery_worker"), story.person())
    sharing.says(asks, "share", topic="housing", to="STEP")
    answered(peer, begun(peer, "standard-second_day"), "home", q_lived_before="hostel")
    (known,) = queries.known(story.opens(nurse, story.person(), at=story.noon(9)))["lived_before"]
    assert (known.way, known.answer.value) == ("peer", "hostel")


def test_a_role_that_asks_nothing_is_told_so() -> None:
    officer = story.worker("safer_custody")
    page = look(officer, "ask")
    assert ("Your role asks nothing here" in page) == (not list(re.finditer("Begin", page)))


# A topic


def test_a_topic_is_asked_and_kept_and_shown_as_it_was_said(nurse: Hat) -> None:
    sitting = begun(nurse)
    page = answered(nurse, sitting, "tonight", q_nicotine="smokes", q_pregnancy="~prefer_not")
    assert ("I smoke" in page, "Prefer not to say" in page) == (True, True)
    assert "Patches, or another way without smoke, today" in page
    assert 'value="smokes" checked' in look(nurse, "topic", sitting, "tonight")
    assert "I smoke" in look(nurse, "ask_known")


def test_what_somebody_says_of_harm_is_talked_about_before_anything_else(nurse: Hat) -> None:
    page = answered(nurse, begun(nurse, "standard-second_day"), "safety", q_safe_here="no")
    del page  # of another topic, which goes on
    page = answered(nurse, begun(nurse), "tonight", q_self_harm_now="yes")
    assert "Stop here, and talk about this now" in page
    assert "/task/?by_day=9&by_month=11&by_year=2026" in page  # whom it asks, it asks for today


def test_skipping_all_of_a_topic_costs_nothing_and_keeps_nothing(nurse: Hat) -> None:
    sitting = begun(nurse, COMPREHENSIVE)
    answered(nurse, sitting, "matters")
    assert "nothing kept yet" in look(nurse, "sitting", sitting)


def test_a_colleague_goes_on_with_a_sitting_and_another_service_reads_it_only(nurse: Hat, bea: Hat) -> None:
    sitting = begun(nurse)
    look(bea, "sitting", sitting, status=404)
    answered(nurse, sitting, "tonight", q_nicotine="smokes")
    assert "I smoke" in look(story.worker("prison_healthcare"), "sitting", sitting)
    look(bea, "sitting", sitting, status=404)
    page = look(bea, "ask")
    assert ("Standard assessment: First night" in page, str(sitting) in page) == (True, False)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"q_nicotine": "smokes", "q_nicotine_else": "not_known"}, "Choose one of the two."),
        ({"q_nicotine": "shisha"}, "Choose one of the answers."),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(nurse: Hat, typed: dict[str, str], why: str) -> None:
    sitting = begun(nurse)
    answer = send(
        nurse,
        "topic",
        sitting,
        "tonight",
        q_other_medicines="yes",
        q_other_medicines_which="For her heart",
        **typed,
    )
    page = words(answer)
    assert answer.status_code == 400
    assert (why in page, "For her heart" in page) == (True, True)


def test_a_role_is_led_through_the_topics_it_asks_alone() -> None:
    coach = story.worker("work_coach", "MDI")
    answer = send(coach, "ask", what=COMPREHENSIVE)
    assert "/topics/money/" in answer.headers["Location"]
    sitting = UUID(answer.headers["Location"].partition("/ask/")[2].partition("/")[0])
    assert "Go on: Money" in look(coach, "sitting", sitting)
    assert "<h2>Work and learning" in answered(coach, sitting, "money")


def test_a_topic_that_needs_skill_is_asked_by_who_has_it_alone() -> None:
    officer = story.worker("resettlement_worker", "MDI")
    sitting = begun(officer, COMPREHENSIVE)
    assert "Your role does not record this" in look(officer, "topic", sitting, "substances")
    assert send(officer, "topic", sitting, "substances", q_used_since="opioids").status_code == 302
    assert told(story.worker("prison_healthcare"), "used_since") == []


def test_what_is_closed_opens_by_their_word_alone(nurse: Hat) -> None:
    sitting = begun(nurse, COMPREHENSIVE)
    closed = next(each for each in instruments.newest("standard").topics if each.closed)
    assert "This stays closed until they say that they are ready" in look(
        nurse, "topic", sitting, closed.code
    )
    early = send(nurse, "topic", sitting, closed.code, q_hard_times_wish="not_now")
    assert (early.status_code, "until they say themselves" in words(early)) == (400, True)
    assert send(nurse, "topic", sitting, closed.code, deed="open").status_code == 302
    assert "This stays closed" not in look(nurse, "topic", sitting, closed.code)
    assert "Not to talk of it now" in answered(nurse, sitting, closed.code, q_hard_times_wish="not_now")


def test_what_is_kept_for_one_is_read_by_no_colleague_and_stays_so(nurse: Hat) -> None:
    sitting, colleague = begun(nurse), story.worker("prison_healthcare")
    page = answered(nurse, sitting, "tonight", q_nicotine="smokes", only_for="me")
    assert "said now, Only I" in page
    again = look(nurse, "topic", sitting, "tonight")
    assert ('value="me" checked' in again, 'value="us"' in again) == (True, False)
    assert told(colleague, "nicotine") == []
    answered(nurse, sitting, "tonight", q_nicotine="vapes", only_for="all")
    assert (told(nurse, "nicotine"), told(colleague, "nicotine")) == ([("asked", ("vapes",))], [])
    answered(nurse, begun(nurse, why="x"), "tonight", q_nicotine="vapes", only_for="us")
    assert told(colleague, "nicotine") == [("asked", ("vapes",))]


def test_a_page_is_small_enough_for_a_slow_link(nurse: Hat) -> None:
    sitting = begun(nurse, COMPREHENSIVE)
    for topic in instruments.newest("standard").stages["comprehensive"].picks:
        send(nurse, "topic", sitting, topic, deed="open")
        assert len(look(nurse, "topic", sitting, topic).encode()) < 60_000


def test_a_long_topic_comes_with_what_was_chosen(nurse: Hat) -> None:
    sitting = begun(nurse, COMPREHENSIVE)
    assert "On how many of the 28 days?" not in look(nurse, "topic", sitting, "substances")
    page = answered(
        nurse, sitting, "substances", q_substances_used="heroin", shown="substances_used used_since"
    )
    assert "Heroin: On how many of the 28 days?" in page
    assert "Crack: On how many" not in page


def test_a_topic_reads_in_as_many_queries_whatever_was_asked(nurse: Hat) -> None:
    sitting = begun(nurse, COMPREHENSIVE)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            look(nurse, "topic", sitting, "communication")
        return len(caught)

    answered(nurse, sitting, "communication", q_language="Welsh")
    before = count()
    answered(nurse, begun(nurse), "tonight", q_nicotine="smokes", q_pregnancy="no")
    assert count() == before


# Asked once


def of_the_first(nurse: Hat) -> None:
    answered(nurse, begun(nurse), "tonight", q_nicotine="smokes", q_pregnancy="no", q_self_harm_now="no")


def test_what_was_said_elsewhere_is_shown_with_who_and_when_and_is_no_answer(nurse: Hat, bea: Hat) -> None:
    of_the_first(nurse)
    sitting = begun(bea, why="She has moved")
    page = look(bea, "topic", sitting, "tonight")
    assert "A prison healthcare, Moorland" in shown(page, "nicotine")
    assert ("not confirmed" in shown(page, "nicotine"), "Still so" in shown(page, "nicotine")) == (True, True)
    assert ("ask afresh" in shown(page, "self_harm_now"), "Still so" in shown(page, "self_harm_now")) == (
        True,
        False,
    )
    answered(bea, sitting, "tonight", q_self_harm_now="no")
    assert told(bea, "nicotine") == [("asked", ("smokes",))]


def test_one_press_confirms_the_rest_but_not_what_is_asked_afresh(nurse: Hat, bea: Hat) -> None:
    of_the_first(nurse)
    page = answered(bea, begun(bea, why="She has moved"), "tonight", deed="confirm_all")
    assert "still so, first said on" in page
    assert told(bea, "nicotine")[0] == ("confirmed", ("smokes",))
    assert len(told(bea, "self_harm_now")) == 1


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ({"q_nicotine_was": "confirmed"}, ("confirmed", ("smokes",))),
        ({"q_nicotine_was": "no_longer"}, ("no_longer", "")),
        ({"q_nicotine": "vapes"}, ("updated", ("vapes",))),
    ],
)
def test_an_earlier_answer_is_confirmed_changed_or_no_longer_true(
    nurse: Hat, bea: Hat, typed: dict[str, str], stands: tuple[str, Any]
) -> None:
    of_the_first(nurse)
    sitting = begun(bea, why="She has moved")
    answered(bea, sitting, "tonight", **typed)
    assert told(bea, "nicotine")[0] == stands
    page = shown(look(bea, "topic", sitting, "tonight"), "nicotine")
    ((name, value),) = typed.items()
    assert re.search(rf'name="{name}" value="{value}" checked', page)


def test_confirmed_and_changed_at_once_is_asked_again(nurse: Hat, bea: Hat) -> None:
    of_the_first(nurse)
    answer = send(
        bea, "topic", begun(bea, why="x"), "tonight", q_nicotine="vapes", q_nicotine_was="confirmed"
    )
    assert "You say what became of the earlier answer, and give another." in words(answer)


def test_for_a_court_each_answer_is_agreed_by_itself(nurse: Hat) -> None:
    of_the_first(nurse)
    sitting = begun(nurse, why="A report is asked for", for_court="yes")
    page = look(nurse, "topic", sitting, "tonight")
    assert "They agree that this is used here, and it is still so" in shown(page, "nicotine")
    answered(nurse, sitting, "tonight", deed="confirm_all")
    assert told(nurse, "nicotine") == [("asked", ("smokes",))]


def test_of_what_may_be_begun_one_leads_what_is_due_or_what_has_changed(nurse: Hat) -> None:
    leads = re.compile(r'class="govuk-button" name="what" value="([^"]+)"')
    assert leads.findall(look(nurse, "ask")) == [FIRST_NIGHT]
    answered(nurse, begun(nurse), "tonight", q_nicotine="smokes")
    assert leads.findall(look(nurse, "ask")) == ["standard-update"]


def test_before_sentence_the_days_until_court_are_counted_and_answers_complete_the_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(8).isoformat())
    story.bring_in(story.document(legalStatus="REMAND"))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    ravi = story.worker("prison_recovery_worker")
    booked(story.opens(ravi, story.person(), at=story.noon(9)), Meeting("court"), day=27)
    sitting = begun(ravi, "standard-pre_sentence")
    page = answered(ravi, sitting, "matters", q_first_thing="home")
    assert "In court Fri 27 Nov 2026. Days until then: 18." in page
    assert "Days until then: 18." in look(ravi, "sitting", sitting)
    plan = pathway.plan(story.opens(ravi, story.person(), at=story.noon(9)))
    assert plan
    assert {each.code: each.progress for each in plan.steps}["pre_sentence"] == "in_hand"


@pytest.mark.parametrize("said", [{"legalStatus": "SENTENCED"}, story.RELEASED], ids=["sentenced", "left"])
def test_the_days_until_court_are_counted_wherever_they_are(
    said: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(8).isoformat())
    story.bring_in(story.document(**said))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    ravi = story.worker("prison_recovery_worker")
    booked(story.opens(ravi, story.person(), at=story.noon(9)), Meeting("court"), day=27)
    assert "In court Fri 27 Nov 2026. Days until then: 18." in look(
        ravi, "sitting", begun(ravi, "standard-pre_sentence")
    )


def test_two_voices_that_differ_stand_side_by_side(nurse: Hat, bea: Hat) -> None:
    of_the_first(nurse)
    answered(bea, begun(bea, why="She has moved"), "tonight", q_nicotine="neither")
    page = look(nurse, "ask_known")
    assert "They say different things" in page
    assert ("I smoke" in page, "Organisation PATH" in page) == (True, True)


# Drafts, and two at once


def test_what_is_typed_is_kept_and_comes_back_in_other_words_too(nurse: Hat) -> None:
    sitting = begun(nurse)
    typed = {"q_other_medicines": "yes", "q_other_medicines_which": "For her heart"}
    for deed, words_of_it in (("draft", "In easy words"), ("words", "In the usual words")):
        assert send(nurse, "topic", sitting, "tonight", deed=deed, **typed).status_code == 302
        page = look(nurse, "topic", sitting, "tonight")
        assert ("For her heart" in page, words_of_it in page) == (True, True)
    send(nurse, "topic", sitting, "tonight", deed="throw_away")
    assert "For her heart" not in look(nurse, "topic", sitting, "tonight")


def test_who_saves_second_sees_both_and_other_topics_are_in_nobodys_way(nurse: Hat) -> None:
    sitting, colleague = begun(nurse, COMPREHENSIVE), story.worker("prison_healthcare")
    answered(nurse, sitting, "communication", q_language="Welsh")
    keys = {"form_key": str(new_id())}
    answered(colleague, sitting, "communication", q_language="English")
    answered(colleague, sitting, "mind", q_mood="3")
    answer = send(nurse, "topic", sitting, "communication", q_language="Somali", **keys)
    page = words(answer)
    assert answer.status_code == 409
    assert ("Somali" in page, "Somebody has said something about this" in page) == (True, True)


# On paper


def test_a_paper_form_is_printed_with_a_code_and_typed_back(nurse: Hat) -> None:
    page = look(nurse, "ask_paper", FIRST_NIGHT)
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page)
    assert code
    file = signed_in(nurse).get(address("ask_paper_file", nurse, story.person(), FIRST_NIGHT))
    assert (file.headers["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    answer = send(nurse, "ask", deed="paper", code=code[0].lower())
    assert answer.status_code == 302
    url, typed = answer.headers["Location"], {"form_key": "k", "line_1_1": "ad", "line_1_2": "a"}
    assert "Do you smoke or vape?" in words(signed_in(nurse).get(url))
    wrong = signed_in(nurse).post(url, {**typed, "line_1_3": "q"})
    assert (wrong.status_code, "Type a letter from a to b" in words(wrong)) == (400, True)
    assert 'value="ad"' in words(wrong)
    for _twice in range(2):
        kept = signed_in(nurse).post(url, {**typed, "line_1_3": "?"})
        page = words(signed_in(nurse).get(kept.headers["Location"]))
    assert ("Alcohol, Heroin" in page, "Not known" in page, "Answered on paper" in page) == (True, True, True)


def test_a_form_half_typed_back_is_kept_as_a_draft(nurse: Hat) -> None:
    sitting = begun(nurse, way="paper")
    assert send(nurse, "type_back", sitting, deed="draft", line_1_1="ad").status_code == 302
    assert 'value="ad"' in look(nurse, "type_back", sitting)
    assert send(nurse, "type_back", sitting, deed="throw_away").status_code == 302
    assert 'value="ad"' not in look(nurse, "type_back", sitting)


def test_a_form_typed_back_tells_what_a_colleague_said_meanwhile(nurse: Hat) -> None:
    sitting = begun(nurse, way="paper")
    send(nurse, "type_back", sitting, line_1_1="c")
    keys = {"form_key": str(new_id())}
    send(story.worker("prison_healthcare"), "type_back", sitting, line_1_1="a")
    answer = send(nurse, "type_back", sitting, line_1_1="b", **keys)
    page = words(answer)
    assert (answer.status_code, "Somebody has said something about this" in page) == (409, True)
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', page)
    assert send(nurse, "type_back", sitting, line_1_1="b", form_key=key).status_code == 302


# Scores


def test_a_score_is_shown_with_how_far_it_was_checked_and_clears_nobody(nurse: Hat) -> None:
    form = instruments.newest("phq_9")
    questions = form.questions
    sitting = begun(nurse, "phq_9")
    least = {f"q_{each.code}": each.choices[0].code for each in questions}
    page = answered(nurse, sitting, form.topics[0].code, **least)
    assert "0, on a scale from 0 to 27" in page
    assert ("scoring not checked with its source" in page, "clears nobody" in page) == (True, True)
    worst = {**least, f"q_{questions[8].code}": questions[8].choices[1].code}
    page = answered(nurse, sitting, form.topics[0].code, **worst)
    assert "Stop here, and talk about this now" in page


def test_scores_over_time_compare_the_same_kind_of_days_only(
    nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = instruments.newest("phq_9")
    for day, choice in ((9, 2), (12, 0)):
        monkeypatch.setenv("TG_CLOCK", story.noon(day).isoformat())
        said = {f"q_{each.code}": each.choices[choice].code for each in form.questions}
        answered(nurse, begun(nurse, "phq_9", why="A week on"), form.topics[0].code, **said)
    page = look(nurse, "ask_over_time")
    assert "-18 since Mon 9 Nov 2026: more than chance" in page
    assert page.count("<circle") == 2


def test_the_same_score_again_is_no_change(nurse: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    form = instruments.newest("phq_9")
    for day in (9, 12):
        monkeypatch.setenv("TG_CLOCK", story.noon(day).isoformat())
        said = {f"q_{each.code}": each.choices[1].code for each in form.questions}
        answered(nurse, begun(nurse, "phq_9", why="A week on"), form.topics[0].code, **said)
    page = look(nurse, "ask_over_time")
    assert ("As on Mon 9 Nov 2026." in page, "+0 since" in page) == (True, False)


def test_needs_over_time_stand_on_one_scale_and_words_are_no_step_of_it(
    bea: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No score and no need" in look(bea, "ask_over_time")
    for day, domain, how_far in ((9, "home", "crisis"), (12, "home", "some"), (12, "communication", "words")):
        monkeypatch.setenv("TG_CLOCK", story.noon(day).isoformat())
        send(bea, "sheet", "need", domain=domain, how_far=how_far, said="On his sofa")
    page = look(bea, "ask_over_time")
    assert ("Need: Home" in page, "Crisis “On his sofa”" in page) == (True, True)
    assert page.count("<circle") == 2
