"""Choosing what a text may say: of all that is known, as far as it may be handed on."""

import json
from dataclasses import replace

from throughgate.access import actions as access
from throughgate.assessment import queries as assessment
from throughgate.foundation.permits import Permit
from throughgate.packs import choosing as packs
from throughgate.packs.rules import Fact, Snapshot
from throughgate.people import queries as people
from throughgate.summaries import facts, rules
from throughgate.summaries.rules import Text
from throughgate.team import queries as team


def known(permit: Permit) -> Snapshot:
    """All that is known now and may be handed on: nothing restricted, and nothing told to some alone."""
    permit = access.to_hand_on(permit)
    more = [
        *facts.details(people.banner(permit)),
        *facts.answers(assessment.answers(permit)),
        *facts.goals(team.plan(permit)),
    ]
    return packs.choose(permit, also=[fact for fact in more if fact.category in permit.read])


def fit(whole: Snapshot, text: Text) -> Snapshot:
    """As much of it as this text may say, each thing to be agreed."""
    numbers = [number for number in whole.who["numbers"] if number[0] in text.numbers]
    return rules.told(text, replace(whole, who={**whole.who, "numbers": numbers}))


def kept(snapshot: Snapshot, agreed: tuple[Fact, ...], *, maker: str) -> Snapshot:
    """What was agreed, and no word of the rest, not even who said it."""
    said = json.dumps([[fact.by, fact.said] for fact in agreed])
    names = {key: name for key, name in snapshot.names.items() if key == maker or key in said}
    return replace(snapshot, facts=agreed, names=names)
