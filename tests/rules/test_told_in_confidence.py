"""What somebody tells of drugs, of fear and of debt is not read by those who can punish for it (SR-069)."""

import pytest

from throughgate.access.policy import policy
from throughgate.assessment import instruments
from throughgate.assessment.rules.shapes import Question

DISCIPLINE = [
    "prison_officer",
    "prison_governor",
    "offender_management",
    "probation_practitioner",
    "court_probation",
]
OTHERS = ["housing_worker", "work_coach", "commissioner"]
# Words of these are for everybody who sees them out, or helps at night.
HARMLESS = {"gets_there", "allergies"}
ABOUT_USE = """
used_most_days last_use ill_when_stopping overdose_last_month treatment_script last_dose used_lately
substances_used used_since last_since tolerance injected shared_kit wants_from_use overdose_ever
overdose_last overdose_what overdose_meant naloxone_has doses_missed in_treatment keeps_it_going
started_it triggers pressure owes_people changed first_thing also_matters
"""


def read_without_asking(role: str) -> set[str]:
    """The categories that are open to a role unless the person says otherwise."""
    grants = policy().matrix[role]
    return {category for category, grant in grants.items() if grant.read and grant.choice != "permission"}


@pytest.mark.parametrize("role", [*DISCIPLINE, *OTHERS])
def test_no_answer_about_use_is_open_to_who_can_punish_for_it(role: str) -> None:
    concepts = instruments.concepts()
    told = ABOUT_USE.split()
    assert {code for code in told if concepts[code].category in read_without_asking(role)} == set()


def in_own_words() -> list[Question]:
    """What is answered in words, in which anything may be said."""
    return [
        question
        for instrument in instruments.every()
        for question in instrument.questions
        if question.answers == "words"
    ]


@pytest.mark.parametrize("category", ["plan_appointments", "safety_now"])
def test_no_words_about_worries_stand_where_officers_read(category: str) -> None:
    assert category in read_without_asking("prison_officer")
    assert {question.code for question in in_own_words() if question.category == category} <= HARMLESS
