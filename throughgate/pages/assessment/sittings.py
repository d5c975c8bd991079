"""A sitting under way: what is asked, how and for whom. It begins as a draft; its answers are entries.

What a sitting was begun with is kept with each of its answers, so it can be gone on with when the draft is
forgotten, and by a colleague.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from throughgate.assessment.rules.answers import Sitting as Had
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.record import drafts

YES = "yes"


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """What is asked at one go, before or after anything has been answered."""

    id: UUID
    instrument: str
    version: str
    stage: str
    way: str  # of the code set assessment_ways
    setting: str  # custody, court, community
    for_court: bool = False
    again_because: str = ""
    is_easy: bool = False  # shown in easy words
    language: str = ""  # in which the questions are read out; "" that of the page
    ready_for: frozenset[str] = frozenset()  # closed topics that the person has opened


def begin(permit: Permit, sitting: Sitting) -> None:
    """Nothing of it is on the record before something is answered."""
    drafts.keep(permit, _draft(sitting.id), _to_keep(sitting))


def open_topic(permit: Permit, sitting: Sitting, topic: str) -> None:
    """The person says that they are ready for it."""
    begin(permit, replace(sitting, ready_for=sitting.ready_for | {topic}))


def in_other_words(permit: Permit, sitting: Sitting) -> None:
    """From the usual words to the easy ones, or back."""
    begin(permit, replace(sitting, is_easy=not sitting.is_easy))


def in_other_language(permit: Permit, sitting: Sitting, language: str) -> None:
    """From the language of the page to that one, or back."""
    begin(permit, replace(sitting, language="" if sitting.language else language))


def find(permit: Permit, sitting_id: UUID, had: Sequence[Had]) -> Sitting:
    """One that this worker began, or that their organisation has answers of.

    Raises: NotFound where there is none; what another organisation asked is read, never gone on with.
    """
    if draft := drafts.find(permit, _draft(sitting_id)):
        return _kept(sitting_id, draft.typed)
    for each in had:
        if each.id == sitting_id and each.first.organisation_id == permit.organisation_id:
            return _told(each)
    raise NotFound


def is_found(permit: Permit, sitting_id: UUID, had: Sequence[Had]) -> bool:
    """Whether it can be gone on with."""
    try:
        find(permit, sitting_id, had)
    except NotFound:
        return False
    return True


def _draft(sitting_id: UUID) -> str:
    return f"sitting {sitting_id}"


def _to_keep(sitting: Sitting) -> dict[str, str]:
    return {
        "instrument": sitting.instrument,
        "version": sitting.version,
        "stage": sitting.stage,
        "way": sitting.way,
        "setting": sitting.setting,
        "for_court": YES if sitting.for_court else "",
        "again_because": sitting.again_because,
        "is_easy": YES if sitting.is_easy else "",
        "language": sitting.language,
        "ready_for": " ".join(sorted(sitting.ready_for)),
    }


def _kept(sitting_id: UUID, typed: Mapping[str, str]) -> Sitting:
    return Sitting(
        id=sitting_id,
        instrument=typed["instrument"],
        version=typed["version"],
        stage=typed["stage"],
        way=typed["way"],
        setting=typed["setting"],
        for_court=typed["for_court"] == YES,
        again_because=typed["again_because"],
        is_easy=typed["is_easy"] == YES,
        language=typed.get("language", ""),  # drafts of before bear none
        ready_for=frozenset(typed["ready_for"].split()),
    )


def _told(had: Had) -> Sitting:
    """As its answers tell. A closed topic that has some is open."""
    first = had.first
    return Sitting(
        id=had.id,
        instrument=first.instrument,
        version=first.version,
        stage=first.stage,
        way=first.way,
        setting=first.setting,
        for_court=first.for_court,
        again_because=had.again_because,
        ready_for=frozenset(had.topics),
    )
