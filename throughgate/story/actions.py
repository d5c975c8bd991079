"""What the person says of themself, each in place of what they said of it before; both are kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.linkage import queries as linkage
from throughgate.record import actions as record
from throughgate.record import queries as entries
from throughgate.record.rules import Draft, Form
from throughgate.story import pictures, queries, rules
from throughgate.story.limits import limits
from throughgate.story.queries import ATTACHED
from throughgate.story.rules import (
    CHANGED,
    EVERYBODY,
    ContactSaid,
    FileSaid,
    HelpSaid,
    NotKept,
    Readers,
    TriggerSaid,
    Why,
    WordsSaid,
)

SAID_ANEW = "Said anew by whoever said it"
LONGEST_ITEM = 120  # characters: what the spine holds of it


def write_words(permit: Permit, said: WordsSaid, *, readers: Readers = EVERYBODY, form: Form) -> UUID:
    """What the person says about one thing, in place of what they said of it before.

    The same form sent twice makes one entry. Raises: NotKept for no words, or too many, or no reader;
    Overtaken when it was written of the same since the form was opened.
    """
    rules.check_said(said.text, choice=said.topic in code_set("own_words"), name=said.supported_by)
    body = {name: told for name, told in said._asdict().items() if name != "topic"}
    return _say(permit, f"own_{said.topic}", "", body, form, _chosen(permit, readers))


def attach(permit: Permit, said: FileSaid, *, readers: Readers = EVERYBODY, form: Form) -> UUID:
    """A recording of theirs, whole, or a picture without what its file tells of where it was taken.

    As `write_words`. Raises: NotKept for what is neither.
    """
    held = len(queries.said(permit, ATTACHED))
    known = said.topic in code_set("own_words")
    found = rules.check_file(said, choice=known, held=held, limits=limits())
    content = pictures.alone(said.content, found)
    body = said._asdict() | {
        "content": content,
        "type": found,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return _say(permit, ATTACHED, form.key, body, form, _chosen(permit, readers))


def take_away(permit: Permit, entry_id: UUID, *, form: Form) -> UUID:
    """A recording or a picture stands no more among what they say. Raises: NotFound where none stands."""
    for (_kind, item), said in queries.said(permit, ATTACHED).items():
        if said.entry.id == entry_id:
            body = said.line._asdict() | {"holds": False}
            return _say(permit, ATTACHED, item, body, form, tuple(said.entry.only_for))
    raise NotFound


def name_help(permit: Permit, said: HelpSaid, *, readers: Readers = EVERYBODY, form: Form) -> UUID:
    """Somebody or something that helps, or does no more. As `write_words`."""
    choice = not said.what or said.what in code_set("helps_what")
    rules.check_said(said.name, choice=choice, name=f"{said.name}{said.reach}")
    return _say(permit, "helps", _item(said.name), said._asdict(), form, _chosen(permit, readers))


def name_trigger(permit: Permit, said: TriggerSaid, *, readers: Readers = EVERYBODY, form: Form) -> UUID:
    """What makes it hard, or does no more. As `write_words`."""
    rules.check_said(said.name, choice=said.what in code_set("trigger_what"), name=said.name)
    rules.check_said(f"{said.name}{said.signs}{said.text}", choice=True)
    return _say(permit, "trigger", _item(said.name), said._asdict(), form, _chosen(permit, readers))


def say_contact(permit: Permit, said: ContactSaid, *, form: Form) -> UUID:
    """How to reach them safely, or how never to. As `write_words`."""
    rules.check_said(said.reach, choice=said.way in code_set("safe_ways"), name=said.reach)
    body = {name: told for name, told in said._asdict().items() if name != "way"}
    return _say(permit, f"reach_{said.way}", "", body, form, ())


def consent(permit: Permit, *, allowed: bool, form: Form) -> UUID:
    """Whether what changed for them, as it stands now, may be read by those who plan services.

    Raises: NotKept where they have said nothing of it that could be read.
    """
    words = queries.said(permit, *CHANGED)
    if allowed and not words:
        raise NotKept(Why.NOTHING_SAID)
    body = {"allowed": allowed, "entries": [str(said.entry.id) for said in words.values()]}
    return _say(permit, "story_consent", "", body, form, ())


def _say(
    permit: Permit, kind: str, item: str, body: Mapping[str, Any], form: Form, only_for: tuple[UUID, ...]
) -> UUID:
    rules.check_own(is_own=permit.own)
    found = entries.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({kind}))
    before = next((each.id for each in found if each.item == item), None)
    draft = Draft(
        identity_id=own.identity(permit),
        kind=kind,
        item=item,
        happened_at=permit.at,
        dated_by="time",
        as_at=permit.at,
        body=body,
        only_for=only_for,
    )
    anew = replace(form, corrects=before, reason=SAID_ANEW if before else "")
    return record.keep_together(permit, [(draft, anew)])


def _chosen(permit: Permit, readers: Readers) -> tuple[UUID, ...]:
    offered = queries.readers(permit) if readers.chosen else ()
    return rules.only_for(readers, offered=offered, person_id=permit.person_id)


def _item(name: str) -> str:
    return name.casefold()[:LONGEST_ITEM]
