"""What the person says to whom, about what and for what, who may not know, and the emergency door."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from throughgate.access import policy, rules
from throughgate.access.rules import (
    Answer,
    Bar,
    Choice,
    Chosen,
    Emergency,
    Facts,
    Grant,
    Limit,
    Policy,
    ReasonKey,
    Relationship,
)
from throughgate.foundation.codesets import CodeSetError

TODAY = date(2026, 12, 1)
TOMORROW = TODAY + timedelta(days=1)
WELLWAY, EXAMPLETON, PATHLIGHT = UUID(int=1), UUID(int=2), UUID(int=3)
RAVI = UUID(int=9)
TABLES = Policy(
    matrix={
        "nurse": {
            "identity": Grant(read=True, list_=True, write=True, basis="care"),
            "medicines": Grant(read=True, list_=True, write=True, basis="care", choice=Choice.OBJECTION),
            "story": Grant(read=False, list_=False, write=False, basis="theirs", choice=Choice.PERMISSION),
        }
    },
    purposes={"care": ""},
    reads_restricted=frozenset(),
    states={"nurse": ("care",)},
)
ASKED = Facts(
    worker_id=RAVI,
    role="nurse",
    organisation_id=WELLWAY,
    works_in=frozenset({EXAMPLETON}),
    relationships=(Relationship(organisation_id=WELLWAY, kind="treatment", opened_on=TODAY, closed_on=None),),
    is_active=True,
    purpose="care",
    on=TODAY,
    policy=TABLES,
)
EMERGENCY = Emergency(id=UUID(int=70), opens_sealed=False)
SEALED = Emergency(id=UUID(int=71), opens_sealed=True)


def said(
    answer: Answer,
    *,
    to: UUID | None = None,
    about: str = "",
    for_: str = "",
    until: date | None = None,
) -> Chosen:
    return Chosen(organisation_id=to, topic=about, purpose=for_, answer=answer, expires_on=until)


SHARE, KEEP = Answer.SHARE, Answer.KEEP_BACK


@pytest.mark.parametrize(
    ("chosen", "read"),
    [
        pytest.param((), {"identity", "medicines"}, id="who says nothing is cared for as the matrix says"),
        pytest.param(
            (said(KEEP),), {"identity"}, id="who keeps everything back keeps what care does not need"
        ),
        pytest.param(
            (said(KEEP, about="medicines"),), {"identity"}, id="an objection closes the topic it names"
        ),
        pytest.param(
            (said(KEEP, about="identity"),),
            {"identity", "medicines"},
            id="what the law keeps open stays open",
        ),
        pytest.param(
            (said(KEEP, to=PATHLIGHT),),
            {"identity", "medicines"},
            id="what is said to others says nothing here",
        ),
        pytest.param(
            (said(KEEP, to=EXAMPLETON),),
            {"identity", "medicines"},
            id="what is said to the prison a team works in is said to the prison's own people",
        ),
        pytest.param((said(KEEP, for_="care"),), {"identity"}, id="an objection to this purpose counts"),
        pytest.param(
            (said(KEEP, for_="supervision"),),
            {"identity", "medicines"},
            id="an objection to another purpose does not",
        ),
        pytest.param(
            (said(KEEP, until=TODAY),), {"identity", "medicines"}, id="an answer ends on the day it expires"
        ),
        pytest.param((said(KEEP, until=TOMORROW),), {"identity"}, id="and holds until then"),
        pytest.param(
            (said(SHARE, about="story"),),
            {"identity", "medicines", "story"},
            id="what the person shares is open",
        ),
        pytest.param(
            (said(SHARE),), {"identity", "medicines", "story"}, id="who shares everything shares their story"
        ),
        pytest.param(
            (said(SHARE), said(KEEP, to=WELLWAY)),
            {"identity"},
            id="what is said to this organisation goes before what is said to all",
        ),
        pytest.param(
            (said(KEEP, about="medicines", for_="care"), said(SHARE, to=WELLWAY)),
            {"identity", "medicines", "story"},
            id="to whom goes before about what and for what",
        ),
        pytest.param(
            (said(KEEP, for_="care"), said(SHARE, about="story")),
            {"identity", "story"},
            id="about what goes before for what",
        ),
    ],
)
def test_the_person_says_what_is_read(chosen: tuple[Chosen, ...], read: set[str]) -> None:
    decision = rules.decide(replace(ASKED, chosen=chosen))
    assert decision.read == read
    assert decision.list_ == read - {"story"}
    assert decision.write == read - {"story"}


@pytest.mark.parametrize(
    ("chosen", "keys"),
    [
        ((), [ReasonKey.category_open, ReasonKey.category_open, ReasonKey.category_not_asked]),
        (
            (said(KEEP),),
            [ReasonKey.category_open, ReasonKey.category_kept_back, ReasonKey.category_not_asked],
        ),
        ((said(SHARE),), [ReasonKey.category_open, ReasonKey.category_open, ReasonKey.category_shared]),
    ],
    ids=["nothing was said", "all is kept back", "all is shared"],
)
def test_each_category_says_why(chosen: tuple[Chosen, ...], keys: list[ReasonKey]) -> None:
    assert [one.key for one in rules.decide(replace(ASKED, chosen=chosen)).reasons[1:]] == keys


def bar(*, worker: UUID | None = None, organisation: UUID | None = None) -> Bar:
    return Bar(worker_id=worker, organisation_id=organisation, why="must_not_know")


def only(*, worker: UUID | None = None, organisation: UUID | None = None) -> Limit:
    return Limit(worker_id=worker, organisation_id=organisation)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        pytest.param({"bars": (bar(worker=RAVI),)}, ReasonKey.barred, id="who must not know sees nobody"),
        pytest.param(
            {"bars": (bar(organisation=WELLWAY),)}, ReasonKey.barred, id="nor does anybody of an organisation"
        ),
        pytest.param(
            {"bars": (bar(worker=RAVI),), "emergency": SEALED},
            ReasonKey.barred,
            id="not in an emergency either",
        ),
        pytest.param(
            {"bars": (bar(worker=UUID(int=8)),), "readers": frozenset({UUID(int=8)})},
            ReasonKey.barred,
            id="nor does a program whose reader must not know",
        ),
        pytest.param(
            {"bars": (bar(worker=UUID(int=8)),), "readers": frozenset({RAVI})},
            None,
            id="a program of others goes on",
        ),
        pytest.param({"bars": (bar(organisation=EXAMPLETON),)}, None, id="a bar is on whom it names alone"),
        pytest.param(
            {"limits": (only(organisation=PATHLIGHT),)}, ReasonKey.limited, id="others may know of it"
        ),
        pytest.param({"limits": (only(worker=UUID(int=8)),)}, ReasonKey.limited, id="another worker may"),
        pytest.param(
            {"limits": (only(organisation=PATHLIGHT), only(worker=RAVI))}, None, id="this worker may"
        ),
        pytest.param({"limits": (only(organisation=WELLWAY),)}, None, id="this organisation may"),
        pytest.param(
            {"limits": (only(organisation=PATHLIGHT),), "emergency": EMERGENCY},
            None,
            id="an emergency lifts a limit",
        ),
        pytest.param({"relationships": (), "emergency": EMERGENCY}, None, id="and stands in for a concern"),
    ],
)
def test_a_record_may_not_exist_for_somebody(change: dict[str, object], key: ReasonKey | None) -> None:
    decision = rules.decide(replace(ASKED, **change))  # type: ignore[arg-type]
    assert decision.allowed is (key is None)
    assert key is None or [one.key for one in decision.reasons] == [key]


def test_an_emergency_is_what_leave_rests_on_where_there_is_no_concern() -> None:
    decision = rules.decide(replace(ASKED, relationships=(), emergency=EMERGENCY))
    assert decision.reasons[0].key == ReasonKey.emergency_holds


@pytest.mark.parametrize(("opening", "opens"), [(EMERGENCY, False), (SEALED, True)], ids=["plain", "sealed"])
def test_only_a_lawful_reason_opens_what_is_kept_back(opening: Emergency, *, opens: bool) -> None:
    decision = rules.decide(replace(ASKED, chosen=(said(KEEP),), emergency=opening))
    assert ("medicines" in decision.read) is opens
    assert decision.opens_sealed is opens
    assert "story" not in decision.read


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param(
            "no,no,no,permission", "no,no,no,perhaps", "none, objection or permission", id="a perhaps"
        ),
        pytest.param(
            "no,no,no,permission", "no,no,no,objection", "objects", id="an objection to what is closed"
        ),
        pytest.param(
            "yes,yes,yes,objection", "yes,yes,yes,permission", "objects", id="leave for what is open"
        ),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    for path in policy.ACCESS.iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "matrix.csv").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "matrix.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodeSetError, match=complaint):
        policy.policy(folder=tmp_path)


def test_the_paper_alone_opens_only_the_next_things() -> None:
    assert policy.own("paper").read == {"plan_appointments"}
    assert not policy.own("paper").write


@pytest.mark.parametrize("level", ["word", "beside"])
def test_who_is_sure_to_be_the_person_reads_all_of_their_record_and_says_how_they_see_it(level: str) -> None:
    assert policy.own(level).read == policy.own(level).write == policy.categories()


def test_nobody_comes_in_by_a_way_the_table_does_not_know() -> None:
    with pytest.raises(CodeSetError, match="each category"):
        policy.own("charm")


# What the tables say, for those who rely on it


def test_discipline_roles_are_told_nothing_by_permission() -> None:
    for role in ("prison_officer", "offender_management", "safer_custody", "prison_governor"):
        grants = policy.policy().matrix[role].values()
        assert Choice.PERMISSION not in {grant.choice for grant in grants}, role


def test_no_objection_closes_what_keeps_somebody_safe_today() -> None:
    for role, grants in policy.policy().matrix.items():
        for category in ("identity_contact", "safety_now"):
            assert grants[category].choice != Choice.OBJECTION, (role, category)


def test_what_somebody_keeps_back_from_whom_is_itself_kept_back() -> None:
    for role in ("prison_officer", "probation_practitioner", "offender_management", "peer_mentor"):
        assert not policy.policy().matrix[role]["sharing"].read, role


@pytest.mark.parametrize("chosen", [(), (said(SHARE, about="housing"),)], ids=["nothing", "housing"])
def test_a_peer_asks_of_a_social_topic_once_the_person_shares_it(chosen: tuple[Chosen, ...]) -> None:
    facts = replace(ASKED, role="peer_mentor", purpose="resettlement", policy=policy.policy(), chosen=chosen)
    social = rules.decide(facts).write & {"housing", "family", "story", "money_work_learning", "equality"}
    assert social == {each.topic for each in chosen}
