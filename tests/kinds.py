"""One entry of each kind there is, for a test that asks something of all of them."""

from datetime import date
from typing import Any
from uuid import UUID

from tests import story
from throughgate.record import bodies
from throughgate.record.rules import Draft

# What an entry of a kind cannot be read without, beside words.
NEEDED: dict[str, dict[str, Any]] = {
    "movement": {"what": "received", "happened_on": date(2026, 11, 2), "dated_by": "as_at"},
    "dose": {"medicine": "Methadone", "taken_on": date(2026, 11, 2)},
    "attendance": {"due_at": story.NOON},
    "appointment_outcome": {"due_on": date(2026, 11, 2)},
    "death": {"state": "mistaken"},
    "sharing_choice": {"answer": "share", "place": "court", "state": "settled", "way": "spoke"},
    "must_not_know": {"holds": True, "name": "Dai Umbrella"},
    "kept_name": {"holds": True, "name": "Jan Foxglove"},
    "minimum_read": {"codes": ["allergies"], "shown": UUID(int=1)},
    "trusted_person": {"holds": True, "name": "Nan Marlowe"},
    "naloxone": {"state": "offered"},
    "pack": {"version": 1, "snapshot": {}},
    "pack_agreed": {"pack": UUID(int=1), "reader": "person"},
    "pack_given": {"pack": UUID(int=1), "readers": ["next_worker"], "language": "en", "layout": "large"}
    | {"is_discreet": False},
    "pack_revoked": {"pack": UUID(int=1)},
    "text_made": {"text": "court", "version": 1, "way": "spoke", "snapshot": {}},
    "text_given": {"made": UUID(int=1), "way": "hand"},
    "text_revoked": {"made": UUID(int=1)},
    "own_attached": {"topic": "about", "title": "Words", "type": "image/png", "size": 1, "sha256": "0"}
    | {"content": b"\x89PNG\r\n\x1a\n"},
    "helps": {"name": "Words"},
    "trigger": {"name": "Words", "what": "place"},
    "story_consent": {"allowed": True, "entries": []},
    "told": {"what": "struggling"},
    "passed_on": {"to_whom": "Safer custody", "ground": "consent", "telling": "book"},
    **{kind: {"state": "in_hand"} for kind in bodies.kinds() if kind.startswith("ready_")},
    **{
        kind: {"post": UUID(int=1), "why": "Words", "agreed": "asked", "whose": "person", "about": ["loss"]}
        for kind in bodies.kinds()
        if kind.startswith(
            ("team_", "lead_", "task", "goaltask_", "message_", "goal_", "disagrees_", "content_")
        )
    },
    **{
        kind: {"sitting": UUID(int=1), "instrument": "standard", "version": "1", "topic": "tonight"}
        | {"stage": "first_night", "way": "worker", "setting": "custody", "for_court": False, "seconds": 5}
        | {"answers": {"nicotine": {"state": "prefer_not", "how": "asked"}}}
        for kind in bodies.kinds()
        if kind.startswith("answers_")
    },
    **{kind: {"state": "in_hand"} for kind in bodies.kinds() if kind.startswith(("task_", "goaltaskword_"))},
    **{kind: {"reason": "pain"} for kind in bodies.kinds() if kind.startswith("reason_")},
    **{kind: {"how_far": "high"} for kind in bodies.kinds() if kind.startswith("need_")},
    "hard_day": {"falls_on": date(2026, 12, 24), "is_yearly": True},
    "outside": {"holds": True, "name": "Sam Sponsor"},
    "meeting_wish": {"setting": "walking"},
    **{kind: {"state": "going"} for kind in bodies.kinds() if kind.startswith("goalword_")},
    **{
        kind: {"who": "The council", "answer_by": date(2026, 11, 6)}
        for kind in bodies.kinds()
        if kind.startswith("referral_")
    },
    **{kind: {"state": "taken"} for kind in bodies.kinds() if kind.startswith("referralword_")},
    **{
        kind: {"step": "gp", "state": "done", "due_on": date(2026, 11, 5)}
        for kind in bodies.kinds()
        if kind.startswith("step_")
    },
}


def one_of_each(identity_id: UUID) -> list[Draft]:
    return [
        Draft(
            identity_id=identity_id,
            kind=kind,
            happened_at=story.noon(3),
            dated_by="by",
            as_at=story.noon(3),
            body=said(kind),
        )
        for kind in bodies.kinds()
    ]


def said(kind: str) -> dict[str, Any]:
    """What an entry of that kind says; a column it has not is left out when it is written."""
    return {"is_active": True, "had": True, "text": "Words", **NEEDED.get(kind, {})}
