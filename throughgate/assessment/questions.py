"""What a question that was answered stands for: its topic, and the concept it asks of."""

from functools import cache

from throughgate.assessment import instruments
from throughgate.assessment.rules.shapes import Topic
from throughgate.foundation.errors import NotFound


@cache
def concept_of(instrument: str, version: str, question: str) -> str:
    """What a question asks of; "" where no other form asks of it."""
    asked = instruments.instrument(instrument, version).questions
    return {each.code: each.concept for each in asked}.get(question, "")


def topic(instrument: str, version: str, code: str) -> Topic:
    """A topic of a form that there is. Raises: NotFound."""
    if version not in instruments.versions().get(instrument, ()):
        raise NotFound
    found = {each.code: each for each in instruments.instrument(instrument, version).topics}
    if code not in found:
        raise NotFound
    return found[code]
