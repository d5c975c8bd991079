"""What this worker may ask: forms and their stages, each with the code that its paper bears."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from throughgate.assessment import instruments
from throughgate.assessment.rules import asking
from throughgate.assessment.rules.shapes import Instrument, Topic
from throughgate.foundation import paper_codes
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.pages.assessment import filling

NUMBERING = 2  # how questions are numbered on paper: a form printed by another has a code that is not known


class Offer(NamedTuple):
    """A form at a stage."""

    form: Instrument
    stage: str  # "" for a form that has none

    @property
    def value(self) -> str:
        """As an address and a button name it."""
        return f"{self.form.code}-{self.stage}" if self.stage else self.form.code

    @property
    def topics(self) -> Sequence[Topic]:
        return asking.at_stage(self.form, self.stage)


def offers(permit: Permit) -> Iterator[Offer]:
    """Those of which this worker records something, the standard assessment first."""
    for code in instruments.versions():
        yield from _of(permit, instruments.newest(code))


def named(permit: Permit, value: str) -> Offer:
    """Raises: NotFound where this worker is offered none of that name."""
    for offer in offers(permit):
        if offer.value == value:
            return offer
    raise NotFound


def by_code(permit: Permit, typed: str) -> Offer | None:
    """The form whose paper bears that code, in the version that was printed."""
    read = paper_codes.read(typed)
    every = (offer for form in instruments.every() for offer in _of(permit, form))
    return next((offer for offer in every if read and code(offer) == read), None)


def asked(permit: Permit, offer: Offer) -> list[Topic]:
    """What of it this worker asks."""
    found = (replace(topic, questions=tuple(filling.asked_of(permit, topic))) for topic in offer.topics)
    return [topic for topic in found if topic.questions]


def minutes(topics: Iterable[Topic]) -> int:
    """How long to say that they take."""
    return max(1, -(-asking.seconds(topics) // 60))


def first(permit: Permit, offer: Offer) -> Topic:
    """The topic that this worker begins with."""
    return next(each for each in offer.topics if filling.asked_of(permit, each))


def code(offer: Offer) -> str:
    """Which form, version and stage a paper is: the numbers of its questions hold in that version alone."""
    drawn = hashlib.sha256(f"{NUMBERING} {offer.form.version} {offer.value}".encode()).digest()
    numbers = [byte % len(paper_codes.LETTERS) for byte in drawn[: paper_codes.LENGTH - 1]]
    return paper_codes.code_of(numbers)


def _of(permit: Permit, form: Instrument) -> Iterator[Offer]:
    for stage in form.stages or ("",):
        offer = Offer(form, stage)
        if any(filling.asked_of(permit, each) for each in offer.topics):
            yield offer
