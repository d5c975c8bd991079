"""The decisions of one hand-over: who is new, who joins whom, and what somebody must look at."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from throughgate.foundation.ids import new_id
from throughgate.linkage import rules
from throughgate.linkage.evidence import Arrival, Known
from throughgate.linkage.rules import Evidence, LinkTo, NewPerson, Question
from throughgate.people.actions import Details, NewIdentity
from throughgate.people.rules import State


class Table:
    """The evidence about everybody who might be one of the arrivals, and the decisions taken so far."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._evidence: dict[UUID, Evidence] = dict(known.evidence)
        self._by_number: dict[tuple[str, str], set[UUID]] = {}
        self._by_person: dict[UUID | None, set[UUID]] = {}
        for evidence in self._evidence.values():
            self._index(evidence)
        self.identities: dict[str, UUID] = {}
        self.new_people: list[UUID] = []
        self._new_keys: dict[UUID, str] = {}
        self.links: list[tuple[UUID, UUID, str, dict[str, Any]]] = []  # identity, person, why, evidence
        self.moves: dict[UUID, UUID] = {}
        self.moved_from: set[UUID] = set()
        self.holds: list[tuple[UUID, UUID, list[str]]] = []

    def place(self, arrival: Arrival) -> None:
        """Decide one arrival from everything known by now."""
        evidence = self._of(arrival)
        decision = rules.decide(evidence, self._others(evidence), self._known.never)
        person_id = evidence.person_id
        if isinstance(decision, LinkTo):
            person_id = self._join(evidence, decision)
        elif person_id is None:
            person_id = self._new_person(evidence)
        if not isinstance(decision, NewPerson):
            self._ask(evidence, decision.questions)
        if arrival.identity_id is None:
            self._new_keys[evidence.identity_id] = arrival.key
        self._remember(evidence, person_id)
        self.identities[arrival.key] = evidence.identity_id

    @property
    def new_identities(self) -> list[NewIdentity]:
        """The identities to make, each with the person it belongs to now, which may not be the first."""
        placed = self.people()
        return [
            NewIdentity(identity_id, key, placed[identity_id]) for identity_id, key in self._new_keys.items()
        ]

    def people(self) -> dict[UUID, UUID]:
        """Which person every identity touched belongs to now."""
        return {
            identity_id: evidence.person_id
            for identity_id, evidence in self._evidence.items()
            if evidence.person_id is not None
        }

    def _of(self, arrival: Arrival) -> Evidence:
        identity_id = arrival.identity_id or new_id()
        known = self._evidence.get(identity_id)
        fresh = {
            (number.system.value, number.value)
            for number in arrival.identifiers
            if number.state == State.checked
        }
        details = arrival.details
        if known and details == Details():  # it says nothing of who they are, so what is known of that holds
            return replace(known, identifiers=known.identifiers | fresh)
        return Evidence(
            identity_id=identity_id,
            person_id=known.person_id if known else arrival.person_id,  # perhaps moved since it was read
            organisation=self._known.organisation,
            identifiers=frozenset((known.identifiers if known else frozenset()) | fresh),
            first_name=details.first_name,
            last_name=details.last_name,
            aliases=tuple((alias[0], alias[2]) for alias in details.aliases),
            birth_date=details.birth_date,
            initials_only=details.initials_only,
        )

    def _others(self, evidence: Evidence) -> list[Evidence]:
        """All identities of everybody who shares a number with this one, and of its own person."""
        sharing = {other for number in evidence.identifiers for other in self._by_number.get(number, ())}
        people = {self._evidence[other].person_id for other in sharing} | {evidence.person_id}
        return [
            self._evidence[other]
            for person_id in people
            for other in sorted(self._by_person.get(person_id, ()))
            if other != evidence.identity_id
        ]

    def _join(self, evidence: Evidence, decision: LinkTo) -> UUID:
        """Bring together everybody the rule says is this person."""
        if evidence.person_id != decision.person_id:
            self._relink(evidence, decision)
        for other in decision.also_move:
            if other != evidence.identity_id:
                self._relink(self._evidence[other], decision)
        return decision.person_id

    def _relink(self, evidence: Evidence, decision: LinkTo) -> None:
        agree = {"agree": [list(number) for number in decision.evidence]}
        self.links.append((evidence.identity_id, decision.person_id, "identifiers_agree", agree))
        if evidence.person_id is not None:
            self.moved_from.add(evidence.person_id)
            self.moves[evidence.identity_id] = decision.person_id
            self._remember(evidence, decision.person_id)

    def _new_person(self, evidence: Evidence) -> UUID:
        person_id = new_id()
        self.new_people.append(person_id)
        self.links.append((evidence.identity_id, person_id, "first_seen", {}))
        return person_id

    def _ask(self, evidence: Evidence, questions: Sequence[Question]) -> None:
        for question in questions:
            first, second = sorted((evidence.identity_id, question.identity_id))
            self.holds.append((first, second, [reason.value for reason in question.reasons]))

    def _remember(self, evidence: Evidence, person_id: UUID) -> None:
        before = self._evidence.get(evidence.identity_id)
        if before and before.person_id:
            self._by_person[before.person_id].discard(evidence.identity_id)
        placed = replace(evidence, person_id=person_id)
        self._evidence[evidence.identity_id] = placed
        self._index(placed)

    def _index(self, evidence: Evidence) -> None:
        for number in evidence.identifiers:
            self._by_number.setdefault(number, set()).add(evidence.identity_id)
        self._by_person.setdefault(evidence.person_id, set()).add(evidence.identity_id)
