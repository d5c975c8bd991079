"""Who may see what: the decision, and the tables it is taken from."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.access import policy, rules
from throughgate.access.rules import Facts, Grant, Policy, ReasonKey, Relationship
from throughgate.foundation.codesets import CodeSetError, code_set

TODAY = date(2026, 12, 1)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
WELLWAY, EXAMPLETON, PATHLIGHT = UUID(int=1), UUID(int=2), UUID(int=3)
RAVI = UUID(int=9)
TABLES = Policy(
    matrix={
        "nurse": {
            "custody": Grant(read=True, list_=True, write=False, basis="care"),
            "medicines": Grant(read=True, list_=False, write=True, basis="care"),
            "story": Grant(read=False, list_=False, write=False, basis="hers to tell"),
        },
        "officer": {"custody": Grant(read=True, list_=False, write=False, basis="need to know")},
        "clerk": {"custody": rules.NOTHING, "story": rules.NOTHING},
    },
    purposes={"care": "", "supervision": "", "vetting": "the record is not opened"},
    reads_restricted=frozenset({"officer"}),
    states={"nurse": ("care", "vetting"), "officer": ("care",), "clerk": ("care",)},
)


def concern(
    organisation: UUID = WELLWAY,
    *,
    opened: date = YESTERDAY,
    closed: date | None = None,
    kind: str = "treatment",
) -> Relationship:
    return Relationship(organisation_id=organisation, kind=kind, opened_on=opened, closed_on=closed)


FACTS = Facts(
    worker_id=RAVI,
    role="nurse",
    organisation_id=WELLWAY,
    works_in=frozenset({EXAMPLETON}),
    relationships=(concern(),),
    is_active=True,
    purpose="care",
    on=TODAY,
    policy=TABLES,
)


def test_a_worker_with_a_relationship_sees_what_the_role_reads_lists_and_writes() -> None:
    decision = rules.decide(FACTS)
    assert decision.allowed
    assert decision.read == {"custody", "medicines"}
    assert decision.list_ == {"custody"}
    assert decision.write == {"medicines"}
    assert not decision.read_restricted


def test_leave_says_what_it_rests_on_and_speaks_of_each_category() -> None:
    first, *rest = rules.decide(FACTS).reasons
    assert first.key == ReasonKey.relationship_holds
    assert first.params == {"organisation": str(WELLWAY), "kind": "treatment", "since": "2026-11-30"}
    assert [(one.key, one.params["category"], one.params["basis"]) for one in rest] == [
        (ReasonKey.category_open, "custody", "care"),
        (ReasonKey.category_open, "medicines", "care"),
        (ReasonKey.category_closed, "story", "hers to tell"),
    ]


@pytest.mark.parametrize(
    ("partners", "allowed"),
    [
        ({("care", PATHLIGHT)}, True),
        ({("supervision", PATHLIGHT)}, False),  # shared for something else
        ({("care", EXAMPLETON)}, False),  # and not concerned
        (set(), False),
    ],
)
def test_an_organisation_under_one_umbrella_counts_for_what_it_shares_for(
    partners: set[tuple[str, UUID]], allowed: bool
) -> None:
    facts = replace(FACTS, relationships=(concern(PATHLIGHT),), partners=frozenset(partners))
    assert rules.decide(facts).allowed is allowed


def test_a_role_that_reads_restricted_entries_is_told_so() -> None:
    assert rules.decide(replace(FACTS, role="officer")).read_restricted


def test_of_several_relationships_the_oldest_that_holds_is_named() -> None:
    old = concern(EXAMPLETON, opened=date(2026, 1, 1), kind="custody")
    over = concern(opened=date(2020, 1, 1), closed=date(2021, 1, 1))
    decision = rules.decide(replace(FACTS, relationships=(concern(), over, old)))
    assert decision.reasons[0].params["organisation"] == str(EXAMPLETON)


@pytest.mark.parametrize(
    ("change", "key", "params"),
    [
        pytest.param({"is_active": False}, ReasonKey.worker_left, {}, id="a worker who left sees nobody"),
        pytest.param(
            {"purpose": "vetting"},
            ReasonKey.purpose_refused,
            {"purpose": "vetting", "why": "the record is not opened"},
            id="a refused purpose opens no record, and says why",
        ),
        pytest.param(
            {"purpose": "curiosity"},
            ReasonKey.purpose_unknown,
            {"purpose": "curiosity"},
            id="a purpose nobody allowed opens no record",
        ),
        pytest.param(
            {"purpose": "supervision"},
            ReasonKey.purpose_not_of_role,
            {"role": "nurse", "purpose": "supervision"},
            id="a role opens no record for the purpose of another",
        ),
        pytest.param(
            {"role": "wizard"}, ReasonKey.role_unknown, {"role": "wizard"}, id="an unknown role sees nobody"
        ),
        pytest.param(
            {"role": "clerk"},
            ReasonKey.role_reads_nothing,
            {"role": "clerk"},
            id="a role may read nothing at all",
        ),
        pytest.param(
            {"relationships": ()}, ReasonKey.no_relationship, {}, id="without a relationship, nothing"
        ),
        pytest.param(
            {"relationships": (concern(PATHLIGHT),)},
            ReasonKey.no_relationship,
            {},
            id="another organisation's relationship opens nothing",
        ),
        pytest.param(
            {"relationships": (concern(opened=TOMORROW),)},
            ReasonKey.no_relationship,
            {},
            id="a relationship that begins tomorrow opens nothing today",
        ),
        pytest.param(
            {"relationships": (concern(opened=TOMORROW, closed=TOMORROW + timedelta(days=9)),)},
            ReasonKey.no_relationship,
            {},
            id="one that begins and ends later has not ended",
        ),
        pytest.param(
            {
                "relationships": (
                    concern(closed=TODAY),
                    concern(opened=date(2020, 1, 1), closed=date(2020, 2, 1)),
                )
            },
            ReasonKey.relationship_ended,
            {"ended_on": "2026-12-01"},
            id="a relationship that ended opens nothing, and says when the last one did",
        ),
    ],
)
def test_a_refusal_shows_nothing_and_gives_one_reason(
    change: dict[str, object], key: ReasonKey, params: dict[str, str]
) -> None:
    decision = rules.decide(replace(FACTS, **change))  # type: ignore[arg-type]
    assert not decision.allowed
    assert not (decision.read | decision.list_ | decision.write)
    assert not decision.read_restricted
    assert [(one.key, dict(one.params)) for one in decision.reasons] == [(key, params)]


@pytest.mark.parametrize(
    ("relationship", "is_open"),
    [
        pytest.param(concern(opened=TODAY), True, id="it holds from the day it opens"),
        pytest.param(concern(opened=TOMORROW), False, id="and not before"),
        pytest.param(concern(closed=TOMORROW), True, id="it holds up to the day it closes"),
        pytest.param(concern(closed=TODAY), False, id="and not on that day"),
        pytest.param(
            concern(EXAMPLETON), True, id="the prison a team works in counts like its own organisation"
        ),
    ],
)
def test_a_relationship_holds_from_its_first_day_up_to_its_last(
    *, relationship: Relationship, is_open: bool
) -> None:
    assert rules.decide(replace(FACTS, relationships=(relationship,))).allowed is is_open


# Properties

days = st.dates(min_value=date(2026, 11, 25), max_value=date(2026, 12, 7))
organisations = st.sampled_from([WELLWAY, EXAMPLETON, PATHLIGHT])


@st.composite
def concerns(draw: st.DrawFn) -> Relationship:
    opened = draw(days)
    closed = draw(st.none() | days.filter(lambda day: day >= opened))
    return concern(
        draw(organisations),
        opened=opened,
        closed=closed,
        kind=draw(st.sampled_from(["custody", "treatment"])),
    )


@st.composite
def worlds(draw: st.DrawFn) -> Facts:
    return replace(
        FACTS,
        role=draw(st.sampled_from([*TABLES.matrix, "wizard"])),
        organisation_id=draw(organisations),
        works_in=frozenset(draw(st.sets(organisations))),
        relationships=tuple(draw(st.lists(concerns(), max_size=4))),
        is_active=draw(st.booleans()),
        purpose=draw(st.sampled_from([*TABLES.purposes, "curiosity"])),
        on=draw(days),
    )


def shown(facts: Facts) -> frozenset[tuple[str, str]]:
    decision = rules.decide(facts)
    kinds: Iterable[tuple[str, frozenset[str]]] = (
        ("read", decision.read),
        ("list", decision.list_),
        ("write", decision.write),
        ("restricted", frozenset({"yes"} if decision.read_restricted else ())),
    )
    return frozenset((kind, category) for kind, categories in kinds for category in categories)


@given(worlds(), st.data())
def test_fewer_relationships_never_show_more(facts: Facts, data: st.DataObject) -> None:
    kept = data.draw(
        st.lists(st.sampled_from(facts.relationships), unique=True) if facts.relationships else st.just([])
    )
    assert shown(replace(facts, relationships=tuple(kept))) <= shown(facts)


@given(worlds())
def test_only_leave_shows_anything_and_the_order_of_facts_never_matters(facts: Facts) -> None:
    decision = rules.decide(facts)
    assert decision.allowed or not shown(facts)
    assert decision == rules.decide(replace(facts, relationships=facts.relationships[::-1]))


# The tables we ship

JUSTICE = {"offender_management", "prison_officer", "probation_practitioner", "court_probation"}


def test_no_role_states_a_purpose_that_is_refused_and_none_of_justice_says_care() -> None:
    shipped = policy.policy()
    for role, states in shipped.states.items():
        assert [each for each in states if each and shipped.purposes[each]] == [], role
        assert role not in JUSTICE or "direct_care" not in states


EVERY_ROLE = [
    "prison_recovery_worker",
    "prison_healthcare",
    "offender_management",
    "prison_officer",
    "safer_custody",
    "prison_governor",
    "resettlement_worker",
    "reconnect_worker",
    "community_treatment_worker",
    "community_prescriber",
    "community_pharmacist",
    "probation_practitioner",
    "court_probation",
    "liaison_diversion",
    "housing_worker",
    "work_coach",
    "peer_mentor",
    "womens_service_worker",
    "commissioner",
    "information_governance",
    "data_quality",
    "administrator",
]


def reads(role: str) -> set[str]:
    return {category for category, grant in policy.policy().matrix[role].items() if grant.read}


def test_every_role_has_a_line_for_each_of_the_sixteen_categories() -> None:
    shipped = policy.policy()
    assert list(shipped.matrix) == EVERY_ROLE
    assert {tuple(grants) for grants in shipped.matrix.values()} == {tuple(code_set("categories").labels())}
    assert policy.categories() == set(code_set("categories").labels())
    assert len(policy.categories()) == 16
    assert len(code_set("matrix", folder=policy.ACCESS).rows) == len(EVERY_ROLE) * 16
    assert all(grant.basis for grants in shipped.matrix.values() for grant in grants.values())


@pytest.mark.parametrize("role", ["administrator", "commissioner", "prison_governor"])
def test_whoever_runs_buys_or_governs_reads_nothing_of_a_record(role: str) -> None:
    assert reads(role) == set()
    assert policy.listed(role) == set()
    assert not policy.roles()[role].reads_restricted


@pytest.mark.parametrize(
    "role",
    [
        "prison_officer",
        "offender_management",
        "probation_practitioner",
        "court_probation",
        "housing_worker",
        "work_coach",
    ],
)
def test_supervision_and_housing_see_no_clinical_content_by_default(role: str) -> None:
    assert not reads(role) & {"treatment_medicines", "physical_health", "mental_health", "story", "family"}


def test_only_the_womens_service_reads_a_protected_address() -> None:
    assert [role for role in EVERY_ROLE if "protected_contact" in reads(role)] == ["womens_service_worker"]


def test_only_those_who_supervise_see_what_could_tip_somebody_off() -> None:
    assert policy.policy().reads_restricted == {"offender_management", "probation_practitioner"}


def test_a_list_shows_what_the_role_lists_and_nothing_to_a_stranger() -> None:
    assert policy.listed("community_pharmacist") == {"identity_contact", "treatment_medicines"}
    assert policy.listed("wizard") == set()


def test_settling_who_is_who_belongs_to_data_quality() -> None:
    assert [role for role in [*EVERY_ROLE, "wizard"] if policy.may_review_links(role)] == ["data_quality"]


def test_a_role_opens_records_for_a_purpose_that_is_allowed() -> None:
    for role in policy.roles().values():
        assert bool(role.purpose) == bool(reads(role.id)), role.id
        assert not role.purpose or policy.policy().purposes[role.purpose] == "", role.id


@pytest.mark.parametrize(
    "purpose", ["parole", "adjudication", "drug_testing", "recategorisation", "hdc_rotl", "vetting"]
)
def test_a_record_is_not_opened_to_judge_or_punish(purpose: str) -> None:
    assert policy.policy().purposes[purpose]


@pytest.mark.parametrize("purpose", ["own_record", "import", "script"])
def test_a_worker_cannot_state_the_purpose_of_the_person_or_of_the_program(purpose: str) -> None:
    assert policy.policy().purposes[purpose]


@pytest.mark.parametrize(
    ("kind", "event", "closed"),
    [
        pytest.param(
            "custody", "released", date(2026, 12, 30), id="a prison hears how it went for four weeks"
        ),
        pytest.param(
            "custody", "transferred", date(2026, 12, 9), id="after a transfer it has a week to hand over"
        ),
        pytest.param("custody", "removed_from_uk", TOMORROW, id="after a removal it ends with the day"),
        pytest.param("custody", "vanished", date(2026, 12, 9), id="an ending nobody foresaw counts as ended"),
        pytest.param("treatment", "ended", date(2026, 12, 30), id="a treatment provider has four weeks too"),
    ],
)
def test_a_relationship_outlasts_its_ending_by_the_days_of_the_table(
    kind: str, event: str, closed: date
) -> None:
    assert policy.closes_on(TODAY, kind=kind, event=event) == closed


@pytest.mark.parametrize(("kind", "event"), [("custody", "began"), ("friendship", "ended")])
def test_what_does_not_close_a_relationship_has_no_closing_day(kind: str, event: str) -> None:
    with pytest.raises(CodeSetError, match="does not say how"):
        policy.closes_on(TODAY, kind=kind, event=event)


@pytest.mark.parametrize(
    ("table", "old", "new", "complaint"),
    [
        pytest.param("matrix", "administrator,story,", "administrator,tale,", "does not say", id="a gap"),
        pytest.param(
            "matrix",
            "administrator,story,no,no,no",
            "administrator,story,no,no,yes",
            "without",
            id="blind writing",
        ),
        pytest.param(
            "matrix", "administrator,story,no", "administrator,story,perhaps", "yes or no", id="a perhaps"
        ),
        pytest.param(
            "roles",
            ",data_quality,,no,yes,no,no,,,",
            ",data_quality,,no,yes,no,no,,2026-01-01,",
            "ended",
            id="a role that ended",
        ),
    ],
)
def test_a_table_with_a_hole_in_it_is_refused(
    tmp_path: Path, table: str, old: str, new: str, complaint: str
) -> None:
    for path in policy.ACCESS.iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / f"{table}.csv").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / f"{table}.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CodeSetError, match=complaint):
        policy.policy(folder=tmp_path)
