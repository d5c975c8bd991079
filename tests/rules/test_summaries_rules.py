"""What may be said to whom, what was agreed, and which code a fact has; and what holds of every text."""

import pytest

from tests.rules.packs_facts import NAMES, fact
from throughgate.assessment import instruments
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound, Refused
from throughgate.packs.content import Language
from throughgate.packs.rules import Fact, Snapshot, Topic
from throughgate.packs.words import next_worker
from throughgate.packs.words.wording import wording
from throughgate.summaries import rules
from throughgate.summaries.rules import ItemState, TextState

HEALTH = {"treatment_medicines", "mental_health", "physical_health"}
KNOWN = frozenset(code_set("categories").labels())


def need(domain: str, category: str, words: str = "Words") -> Fact:
    return fact(f"need:{domain}", Topic.NEED, category, domain=domain, how_far="high", words=words)


HOME, FAMILY = need("home", "housing"), need("family", "family")
DRUGS = need("drugs_alcohol", "treatment_medicines", "I use most days")


def snapshot(*facts: Fact, categories: frozenset[str] = KNOWN) -> Snapshot:
    who = {"name": "Dee Marlowe", "birth_date": "1989-05-04", "numbers": []}
    return Snapshot(who=who, facts=facts, categories=categories, names=NAMES)


# Which facts go into which text


def test_a_text_tells_its_own_facts_in_its_own_order() -> None:
    told = rules.told(rules.text("housing"), snapshot(DRUGS, FAMILY, HOME))
    assert [fact.key for fact in told.facts] == ["need:home", "need:family"]


def test_every_heading_is_there_also_without_a_fact() -> None:
    parts = {part.heading: part for part in rules.parts(rules.text("housing"), snapshot(HOME))}
    assert parts["Home"].facts == (HOME,)
    assert parts["Family and people"] == ("Family and people", (), frozenset({"family"}))


def test_a_day_in_court_is_told_to_nobody_who_treats_or_houses_them() -> None:
    days = [
        fact(f"appointment:{what}", Topic.APPOINTMENT, "plan_appointments", what=what)
        for what in ("court", "prescriber")
    ]
    told = {
        text.code: [each.said["what"] for each in rules.told(text, snapshot(*days)).facts]
        for text in rules.texts()
    }
    assert {code: said for code, said in told.items() if said} == {
        "court": ["court", "prescriber"],
        "note": ["court", "prescriber"],
        "gp": ["prescriber"],
        "housing": ["prescriber"],
    }


STATES = {
    "readiness": [
        fact(of.value, of, "housing", state=state, on="", text="")
        for of in (Topic.HOME, Topic.MEETING)
        for state in ("not_started", "in_hand", "confirmed")
    ],
    "naloxone": [
        fact("naloxone", Topic.NALOXONE, "treatment_medicines", state=state, on="2026-12-01")
        for state in code_set("naloxone_states").labels()
    ],
    "who they are": [
        fact(code, Topic.DETAIL, "identity_contact", table=table, code=code)
        for table in ("sexes", "ethnicities")
        for code in code_set(table).labels()
    ],
    "who helped": [
        fact(f"helper:before_{what}:1", Topic.HELPER, "plan_appointments", who="Pathlight", reach="")
        for what in code_set("before_custody").labels()
    ],
}


@pytest.mark.parametrize("facts", STATES.values(), ids=STATES)
@pytest.mark.parametrize("language", Language)
def test_no_state_is_told_without_what_it_is_of(facts: list[Fact], language: Language) -> None:
    """Whoever is sent a text may read one line of it, without its heading."""
    titles = [
        item.title
        for told in facts
        for item in next_worker.told(told, next_worker.Writing(snapshot(told), wording(language)))
    ]
    assert len(titles) == len(facts)
    assert all(": " in title for title in titles)


@pytest.mark.parametrize("text", rules.texts(), ids=lambda text: text.code)
def test_what_stands_in_the_tables_is_known(text: rules.Text) -> None:
    parts = list(rules.parts(text, snapshot()))
    assert parts
    assert len({part.heading for part in parts}) == len(parts), "a heading stands together"
    assert {category for part in parts for category in part.categories} <= KNOWN


def test_each_line_belongs_to_a_text() -> None:
    lines = code_set("summary_lines").rows
    assert {line["text"] for line in lines} == {text.code for text in rules.texts()}


@pytest.mark.parametrize(
    "text", [each for each in rules.texts() if each.is_justice], ids=lambda each: each.code
)
def test_what_goes_to_justice_is_agreed_answer_by_answer(text: rules.Text) -> None:
    assert text.is_each_agreed


def test_a_housing_referral_has_nothing_of_health() -> None:
    categories = {each["category"] for each in code_set("summary_lines").rows if each["text"] == "housing"}
    assert not categories & HEALTH


def test_a_need_and_a_goal_are_told_under_their_own_category() -> None:
    of_domain = {row["code"]: row["category"] for row in code_set("need_domains").rows}
    for line in code_set("summary_lines").rows:
        what, *domain = line["tells"].split(":")
        if what in {"need", "goal"}:
            assert line["category"] == of_domain[domain[0]], line["tells"]


def test_a_goal_says_whose_words_it_is_by_when_and_what_is_to_be_done() -> None:
    said = {"words": "A door I lock", "state": "going", "by": "2026-12-24", "steps": ["Ring the council"]}
    goals = [
        fact("goal:home:1", Topic.GOAL, "housing", whose=whose, **said) for whose in ("person", "worker")
    ]
    told = [next_worker.in_words(goal, snapshot(goal), wording(Language.ENGLISH)) for goal in goals]
    rest = ". On the way. By Thursday 24 December 2026. To be done: Ring the council"
    assert told == [
        f"Goal, in their words: “A door I lock”{rest}",
        f"Goal, agreed with them: A door I lock{rest}",
    ]


def test_there_is_no_text_of_another_name() -> None:
    with pytest.raises(NotFound):
        rules.text("rumour")


# What was agreed


def test_what_they_agreed_to_is_found_by_what_they_heard() -> None:
    assert rules.agreed([rules.token(FAMILY)], [HOME, FAMILY]) == (FAMILY,)


@pytest.mark.parametrize(
    ("heard", "why"),
    [
        ([], "says nothing"),
        (["a token of nothing"], "has changed"),
        ([rules.token(need("home", "housing", "Other words"))], "has changed"),
        ([rules.token(HOME), rules.token(DRUGS)], "has changed"),
    ],
)
def test_what_is_not_said_as_they_heard_it_is_not_agreed(heard: list[str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        rules.agreed(heard, [HOME, FAMILY])


def test_how_they_agreed_has_to_be_said() -> None:
    rules.check_way("spoke")
    with pytest.raises(Refused, match="how they agreed"):
        rules.check_way("")


# How far it is


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, TextState.MADE),
        ({"is_given": True}, TextState.GIVEN),
        ({"is_newest": False, "newer_holds": True, "is_given": True}, TextState.REPLACED),
        ({"is_newest": False, "is_given": True}, TextState.LAPSED),
        ({"is_newest": False, "newer_holds": True, "is_revoked": True}, TextState.REVOKED),
    ],
)
def test_how_far_a_text_is(more: dict[str, bool], state: TextState) -> None:
    usual = {"is_newest": True, "newer_holds": False, "is_given": False, "is_revoked": False}
    assert rules.state_of(**{**usual, **more}) is state


@pytest.mark.parametrize(
    ("state", "way", "text", "why"),
    [
        (TextState.REVOKED, "hand", "", "taken back"),
        (TextState.REPLACED, "hand", "", "newer version"),
        (TextState.LAPSED, "hand", "", "after this one was taken back"),
        (TextState.MADE, "", "", "how it reached them"),
        (TextState.MADE, "hand", "x" * 1001, "up to 1,000"),
    ],
)
def test_what_cannot_be_given(state: TextState, way: str, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        rules.check_giving(state, way=way, text=text)


@pytest.mark.parametrize(
    ("text", "system", "why"),
    [("gp", "nomis", "justice"), ("housing", "delius", "justice"), ("note", "abacus", "Choose the system")],
)
def test_what_cannot_be_entered_elsewhere(text: str, system: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        rules.check_entering(TextState.MADE, rules.text(text), system)


@pytest.mark.parametrize(("text", "system"), [("gp", "systmone"), ("note", "nomis"), ("court", "delius")])
def test_what_can_be_entered_elsewhere(text: str, system: str) -> None:
    rules.check_entering(TextState.GIVEN, rules.text(text), system)


# Items


def treated(*drugs: str) -> Fact:
    said = {"referred_on": "2026-10-20", "started_on": "", "drugs": [*drugs]}
    return fact("treatment:1:2", Topic.TREATMENT, "treatment_medicines", **said)


def item(code: str, *facts: Fact) -> tuple[ItemState, str, str]:
    (found,) = [each for each in rules.items(facts) if each.code == code]
    return found.state, found.value, found.meaning


@pytest.mark.parametrize(
    ("code", "facts", "found"),
    [
        ("DRUG1", [treated("1011", "3201")], (ItemState.CODED, "1011", "Heroin")),
        ("DRUG2", [treated("1011", "3201")], (ItemState.CODED, "3201", "Crack")),
        ("DRUG3", [treated("1011", "3201")], (ItemState.NOT_TOLD, "", "")),
        ("DRUG1", [treated("spice")], (ItemState.NOT_MAPPED, "spice", "")),
        ("REFLD", [treated()], (ItemState.AS_TOLD, "2026-10-20", "")),
        ("CPLANDT", [treated()], (ItemState.NOT_TOLD, "", "")),
        ("REFLD", [], (ItemState.NOT_TOLD, "", "")),
        ("NATION", [], (ItemState.NOT_MAPPED, "", "")),
        (
            "SEX",
            [fact("sex", Topic.DETAIL, "identity_contact", code="female")],
            (ItemState.CODED, "2", "Female"),
        ),
        (
            "SEX",
            [fact("sex", Topic.DETAIL, "identity_contact", code="not_known")],
            (ItemState.NOT_MAPPED, "not_known", ""),
        ),
        (
            "NALOXISS",
            [fact("naloxone", Topic.NALOXONE, "treatment_medicines", state="in_hand")],
            (ItemState.NOT_MAPPED, "in_hand", ""),
        ),
    ],
)
def test_a_fact_as_an_item(code: str, facts: list[Fact], found: tuple[ItemState, str, str]) -> None:
    assert item(code, *facts) == found


@pytest.mark.parametrize(
    ("code", "key", "value", "found"),
    [
        (
            "INJSTAT",
            "answer:injected:self",
            "before",
            (ItemState.CODED, "P", "Previously injected (but not currently)"),
        ),
        (
            "ACCMNEED",
            "answer:home_tonight:self",
            "nowhere",
            (ItemState.CODED, "1", "NFA - urgent housing problem"),
        ),
        ("ACCMNEED", "answer:home_tonight:self", "hostel", (ItemState.NOT_MAPPED, "hostel", "")),
        ("PREGNANT", "answer:pregnancy:self", "yes", (ItemState.NOT_MAPPED, "yes", "")),
        (
            "EMPSTAT",
            "answer:work_before:self",
            "looking",
            (ItemState.CODED, "12", "Unemployed and seeking work"),
        ),
        ("EMPSTAT", "answer:work_before:self", "unwell", (ItemState.NOT_MAPPED, "unwell", "")),
        ("PRNTSTAT", "answer:children:self", "no", (ItemState.CODED, "14", "Not a parent")),
        ("PRNTSTAT", "answer:children:self", "with_me", (ItemState.NOT_MAPPED, "with_me", "")),
        ("OPIUSE", "asked:top:opiates_days:self", "12", (ItemState.AS_TOLD, "12", "")),
        ("HRISK", "asked:top:eviction_risk:self", "yes", (ItemState.CODED, "Y", "")),
    ],
)
def test_an_answer_as_an_item(code: str, key: str, value: str, found: tuple[ItemState, str, str]) -> None:
    assert item(code, fact(key, Topic.ANSWER, "housing", value=value)) == found


def routed(*routes: str) -> list[Fact]:
    """Heroin is the first substance; how it, and how crack, was taken."""
    return [
        treated("1011", "3201"),
        fact("answer:heroin_route:self", Topic.ANSWER, "treatment_medicines", value=[*routes]),
        fact("answer:crack_route:self", Topic.ANSWER, "treatment_medicines", value=["snorted"]),
    ]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (routed("injected"), (ItemState.CODED, "1", "Inject")),
        (routed("swallowed"), (ItemState.CODED, "4", "Oral")),
        (routed("smoked", "injected"), (ItemState.NOT_MAPPED, "smoked, injected", "")),
        (routed()[1:], (ItemState.NOT_TOLD, "", "")),
        ([treated("7000"), *routed("injected")[1:]], (ItemState.NOT_TOLD, "", "")),
    ],
)
def test_how_the_first_substance_is_taken_is_asked_of_that_substance(
    facts: list[Fact], found: tuple[ItemState, str, str]
) -> None:
    assert item("ROUTE", *facts) == found


@pytest.mark.parametrize(
    ("needle", "spoon", "found"),
    [
        pytest.param("no", "yes", (ItemState.CODED, "Y", ""), id="either"),
        pytest.param("yes", None, (ItemState.CODED, "Y", ""), id="the other not answered"),
        pytest.param("no", "no", (ItemState.CODED, "N", ""), id="neither"),
        pytest.param("no", None, (ItemState.NOT_TOLD, "", ""), id="half of it"),
        pytest.param(None, None, (ItemState.NOT_TOLD, "", ""), id="nothing"),
    ],
)
def test_an_item_of_two_questions_is_yes_if_either_is_and_no_if_both_are(
    needle: str | None, spoon: str | None, found: tuple[ItemState, str, str]
) -> None:
    told = {"shared_needle": needle, "shared_spoon": spoon}
    facts = [
        fact(f"asked:top:{about}:self", Topic.ANSWER, "treatment_medicines", value=value)
        for about, value in told.items()
        if value
    ]
    assert item("SHARING", *facts) == found


def test_our_words_stand_for_codes_that_there_are() -> None:
    """As far as the codes of an item were found."""
    known: dict[str, set[str]] = {}
    for row in code_set("ndtms_codes").rows:
        known.setdefault(row["field"], set()).add(row["code"])
    for row in code_set("ndtms_values").rows:
        item = code_set("ndtms_items").get(row["item"])
        codes = known.get(item["codes"]) if item else None
        assert codes is None or row["code"] in codes, (row["item"], row["ours"])


def test_every_item_is_told_by_a_line_of_the_list() -> None:
    lines = {row["tells"] for row in code_set("summary_lines").rows if row["text"] == "ndtms"}
    substances = [row["ours"] for row in code_set("ndtms_values").rows if row["item"] == "DRUG1"]
    told = {
        about.replace("{DRUG1}", ours)
        for row in code_set("ndtms_items").rows
        for ours in substances
        for about in row["tells"].split()
    }
    assert [each for each in told if not any(rules.tells(line, each) for line in lines)] == []


def test_an_answer_is_told_under_the_category_of_what_it_is_about() -> None:
    for line in code_set("summary_lines").rows:
        if line["tells"].startswith("answer:"):
            concept = instruments.concepts()[line["tells"].split(":")[1]]
            assert line["category"] == concept.category, line["tells"]
