"""Writing down what somebody chooses to share, who must not know, who alone may, and whom they trust.

Who may see what follows in the same transaction: the next request finds it so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from throughgate.access import policy
from throughgate.directory import queries as directory
from throughgate.foundation import clock, wrong
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit, Refresher
from throughgate.linkage import own
from throughgate.people import actions as people
from throughgate.people import queries as people_queries
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form
from throughgate.sharing import derived, queries, rules
from throughgate.sharing.rules import Choice, MustNotKnow, Trusted

LONGEST_ITEM = 120  # characters: what the spine holds of it


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Make who may see what of these people follow from what they chose: after an undo, a join, a parting."""
    derived.refresh(permit, person_ids)


def choose(permit: Permit, choice: Choice, *, at: datetime, form: Form) -> UUID:
    """Write down what they say of one topic, one organisation and one purpose.

    The same form sent twice makes one entry. Raises: Refused for a choice that says too little or too much;
    Overtaken when somebody wrote of the same since the form was opened.
    """
    asked_on = clock.day_of(at)
    topics, organisations = policy.categories(), directory.by_id()
    wrong.refuse(rules.wrong_with_choice(choice, topics=topics, organisations=organisations, on=asked_on))
    again = rules.ask_again_on(choice.state, asked_on=asked_on, came_in_on=queries.came_in_on(permit))
    item = f"{choice.towards or 'all'} {choice.topic or 'all'} {choice.purpose or 'any'}"
    return _keep(permit, "sharing_choice", item, {**asdict(choice), "ask_again_on": again}, at=at, form=form)


def name_must_not_know(permit: Permit, said: MustNotKnow, *, at: datetime, form: Form) -> UUID:
    """Write down who must not know of them, or may again; as with a choice."""
    wrong.refuse(rules.wrong_with_must_not_know(said, own=permit.as_who))
    item = str(said.worker or said.organisation or said.name.casefold()[:LONGEST_ITEM])
    return _keep(permit, "must_not_know", item, asdict(said), at=at, form=form)


def limit(
    permit: Permit,
    *,
    workers: Collection[UUID],
    organisations: Collection[UUID],
    text: str,
    at: datetime,
    form: Form,
) -> UUID:
    """Write down who alone may know that there is a record, or with nobody named that all may again."""
    was_limited, named = queries.was_limited(permit), {*workers, *organisations}
    wrong.refuse(rules.wrong_with_limit(named, text, own=permit.as_who, was_limited=was_limited))
    said = {
        "workers": sorted(map(str, workers)),
        "organisations": sorted(map(str, organisations)),
        "text": text,
    }
    return _keep(permit, "limited_record", "", said, at=at, form=form)


def protect(permit: Permit, address: str, *, at: datetime, form: Form) -> UUID:
    """Write down where they must not be found; from then on no paper says where they live."""
    wrong.refuse(rules.wrong_with_address(address))
    return _keep(permit, "protected_address", "", {"text": address}, at=at, form=form)


def trust(permit: Permit, said: Trusted, *, at: datetime, form: Form) -> UUID:
    """Write down whom they trust, or trust no more; as with a choice."""
    wrong.refuse(rules.wrong_with_trusted(said))
    item = said.name.casefold()[:LONGEST_ITEM]
    return _keep(permit, "trusted_person", item, asdict(said), at=at, form=form)


def keep_name_back(permit: Permit, name: str, *, holds: bool, form: Form) -> UUID:
    """Write down that a name of before is shown to nobody, or may be again; it is told to nobody else.

    `name` as `Banner.other_names` has it. Raises: NotFound where sources give them no such name.
    """
    shown = people_queries.banner(permit).other_names().get(name)
    if shown is None:
        raise NotFound
    said = {"holds": holds, "name": shown}
    return _keep(permit, "kept_name", name, said, at=permit.at, form=form, only_for=(permit.person_id,))


def read_minimum(permit: Permit, codes: Sequence[str], *, form: Form) -> UUID:
    """Write down that this worker's service has read these things of the minimum safety set, as they stood
    when the form was opened. The same form sent twice makes one entry.

    Raises: Refused for nothing of the set.
    """
    if not codes:
        raise Refused("Nothing of what keeps them safe is for your service and shared with you.")
    now = new_id()
    draft = Draft(
        identity_id=own.identity(permit),
        kind="minimum_read",
        item=str(permit.organisation_id),
        happened_at=permit.at,
        dated_by="time",
        as_at=permit.at,
        body={"codes": list(codes), "shown": min(form.opened or now, now)},
    )
    return record.keep(permit, draft, form)


def _keep(
    permit: Permit,
    kind: str,
    item: str,
    said: Mapping[str, Any],
    *,
    at: datetime,
    form: Form,
    only_for: tuple[UUID, ...] = (),
) -> UUID:
    with transaction.atomic():
        people.hold(permit, [permit.person_id])  # what follows is made of all that was said: one at a time
        draft = Draft(
            identity_id=own.identity(permit),
            kind=kind,
            item=item,
            happened_at=at,
            dated_by="time",
            as_at=permit.at,
            body=said,
            only_for=only_for,
        )
        entry_id = record.keep_last_word(permit, draft, form)
        derived.refresh(permit, [permit.person_id])
    return entry_id
