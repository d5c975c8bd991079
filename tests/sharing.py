"""What Dee says about sharing, as a test arranges it."""

from typing import Any
from uuid import UUID

from tests import story
from throughgate.directory import queries as places
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.record.rules import Form
from throughgate.sharing import actions
from throughgate.sharing.rules import Choice, MustNotKnow
from throughgate.staff.queries import Hat

ASKED: dict[str, Any] = {"place": "private_room", "state": "settled", "way": "spoke"}


def gus() -> Hat:
    """Of probation, and works in Moorland."""
    if "PROB" not in places.by_code():
        story.organisation("PROB", "probation")
    return story.worker("probation_practitioner", "PROB", works_in=["MDI"])


def says(permit: Permit, answer: str, *, topic: str = "", to: str = "", day: int = 9, **rest: Any) -> UUID:
    """Dee answers about a topic and an organisation, by its code; "" stands for all."""
    choice = Choice(
        towards=places.organisation(to).id if to else None,
        topic=topic,
        purpose=rest.pop("purpose", ""),
        answer=answer,
        **{**ASKED, **rest},
    )
    return actions.choose(permit, choice, at=story.noon(day), form=Form(str(new_id())))


def must_not_know(permit: Permit, *, holds: bool = True, **who: Any) -> UUID:
    said = MustNotKnow(holds=holds, **who)
    return actions.name_must_not_know(permit, said, at=story.noon(9), form=Form(str(new_id())))


def alone_may(permit: Permit, *organisations: str) -> UUID:
    ids = [places.organisation(code).id for code in organisations]
    return actions.limit(
        permit, workers=[], organisations=ids, text="", at=story.noon(9), form=Form(str(new_id()))
    )
