"""Who is on a team and leads what, and what has to be said before anything of it is kept. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.record.rules import tells_more
from throughgate.team.rules import said
from throughgate.team.rules.said import LONGEST

WHOLE = "whole"  # who leads it all, beside the domains of need


@dataclass(frozen=True, kw_only=True)
class MemberWord:
    """That somebody joined the team, or left it."""

    post_id: UUID
    is_joining: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who could be meant by a name."""

    called: str  # as it would be written to mean nobody else: name, team, organisation
    reads_plans: bool  # their role is shown plans and appointments


Span = tuple[UUID, date, date | None]  # whose post, the first day, the first day it no longer holds


def on_team(words: Iterable[MemberWord]) -> frozenset[UUID]:
    """The posts on the team, by the last word about each; the words in their order."""
    last = {word.post_id: word.is_joining for word in words}
    return frozenset(post_id for post_id, is_joining in last.items() if is_joining)


def spans(
    words: Sequence[MemberWord], *, day_of: Callable[[datetime], date], closes_on: Callable[[date], date]
) -> list[Span]:
    """From when to when each post was on the team. To join twice is to have joined the first time."""
    opened: dict[UUID, date] = {}
    found: list[Span] = []
    for word in words:
        if word.is_joining:
            opened.setdefault(word.post_id, day_of(word.at))
        elif word.post_id in opened:
            found.append((word.post_id, opened.pop(word.post_id), closes_on(day_of(word.at))))
    return [*found, *((post_id, first, None) for post_id, first in opened.items())]


def until(span: Span, ends_on: date | None) -> Span:
    """No longer than the post itself was held; `ends_on` is the last day worked."""
    post_id, first, closes = span
    if ends_on is None:
        return span
    over = max(first, ends_on + timedelta(days=1))
    return post_id, first, over if closes is None else min(closes, over)


def leads(told: Mapping[str, UUID], members: Collection[UUID]) -> dict[str, UUID]:
    """Who leads what; whoever has left the team leads nothing any more."""
    return {domain: post_id for domain, post_id in told.items() if post_id in members}


def wrong_with_joining(found: Sequence[Candidate], *, why: str, agreed: str) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when they can join."""
    sentences = {
        "who": _wrong_with_candidates(found),
        "why": said.wordless(why, "Say what they are on the team for."),
        "agreed": said.wrong_with_agreement(agreed),
    }
    return wrong.parts(sentences)


def wrong_with_leaving(*, is_member: bool, why: str, agreed: str) -> dict[str, str]:
    """A sentence for each part that has to be put right before somebody leaves the team.

    They may have to leave without the person having been asked.
    """
    sentences = {
        "post": "" if is_member else "Choose who leaves.",
        "why": said.wordless(why, "Say why they leave."),
        "agreed": said.wrong_with_agreement(agreed) if agreed else "",
    }
    return wrong.parts(sentences)


def wrong_with_lead(*, domain: str, is_member: bool, agreed: str, text: str) -> dict[str, str]:
    """A sentence for each part of who leads what that has to be put right."""
    sentences = {
        "domain": "" if domain == WHOLE or domain in code_set("need_domains") else "Choose what is led.",
        "post": "" if is_member else "Choose who leads it.",
        "agreed": said.wrong_with_agreement(agreed),
        "text": wrong.too_long(text),
    }
    return wrong.parts(sentences)


def wrong_with_message(*, kind: str, kinds: Collection[str], is_receiver: bool, text: str) -> dict[str, str]:
    """A sentence for each part of a message that has to be put right; `kinds` are those this role writes."""
    sentences = {
        "kind": "" if kind in kinds else "Choose what the message is about.",
        "post": "" if is_receiver else "Choose for whom it is.",
        "text": said.wordless(text, "Write the message first."),
    }
    return wrong.parts(sentences)


def wrong_with_disagreement(*, whose: str, text: str) -> dict[str, str]:
    """A sentence for each part of a disagreement with an entry that has to be put right."""
    sentences = {
        "whose": said.wrong_with_voice(whose),
        "text": said.wordless(text, "Say what you, or they, see otherwise."),
    }
    return wrong.parts(sentences)


def wrong_with_content(about: Collection[str]) -> dict[str, str]:
    """A sentence where a note of what may be hard to read has to be put right."""
    is_known = bool(about) and all(code in code_set("content_notes") for code in about)
    return wrong.parts({"about": "" if is_known else "Choose what it speaks of."})


def wrong_with_pressure(*, is_receiver: bool, text: str, plan: str) -> dict[str, str]:
    """A sentence for each part of debt or pressure, told to one worker, that has to be put right."""
    sentences = {
        "post": "" if is_receiver else "Choose whom they want to know.",
        "text": said.wordless(text, "Write what they said, in their words."),
        "plan": wrong.too_long(plan, LONGEST),
    }
    return wrong.parts(sentences)


def wrong_with_readers(
    readers: Collection[UUID], *, before: Collection[UUID], by: UUID | None
) -> dict[str, str]:
    """A sentence where a correction would be told to somebody who did not read what it corrects.

    `before` are those to whom that was told, `by` is whoever corrects it.
    """
    if not tells_more(readers, before=before, by=by):
        return {}
    return {
        "post": "This was told to somebody else, and a correction tells it to nobody more. Write it once more"
        " for whom they choose now."
    }


def wrong_with_wish(*, sign: str, text: str) -> dict[str, str]:
    """A sentence for each part of what they ask for, when a sign shows, that has to be put right."""
    sentences = {
        "sign": "" if sign in code_set("support_signs") else "Choose what shows.",
        "text": said.wordless(text, "Write what they ask for, in their words."),
    }
    return wrong.parts(sentences)


def _wrong_with_candidates(found: Sequence[Candidate]) -> str:
    if not found:
        return (
            "Nobody who works with throughgate is called that. Write the name as they sign in with it,"
            " or their e-mail address."
        )
    if len(found) > 1:
        called = "; ".join(each.called for each in found)
        return f"Several answer to that. Write one of these: {called}."
    if not found[0].reads_plans:
        return "Their role is not shown plans and appointments, so they cannot be on the team in it."
    return ""
