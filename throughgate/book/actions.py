"""Giving and stopping what opens a book, opening it, going further with a word or a worker, and leaving."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import hashers
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from throughgate.access import queries as access
from throughgate.book import passkeys, queries, rules
from throughgate.book.limits import limits, roles_that
from throughgate.book.models import Code, CodeStopped, Passkey, PasskeyStopped, Try, Visit, Word
from throughgate.book.rules import Level, NotDone, Tries, Why
from throughgate.foundation import clock, paper_codes
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.people import queries as people
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form
from throughgate.staff import queries as staff
from throughgate.story import rules as story

A_WHILE = timedelta(minutes=15)
EVER = datetime.min.replace(tzinfo=clock.LONDON)
UNUSABLE = hashers.make_password(None)  # stands for no word: to be wrong takes as long
HOLDS = "last_on >= %(on)s AND NOT EXISTS (SELECT FROM book_codestopped WHERE code_id = book_code.id)"
OPENS = f"""
SELECT id, identity_id FROM book_code
WHERE key = %(key)s AND dates @> jsonb_build_array(%(proof)s::text) AND {HOLDS}
"""
IN_FORCE = f"""
SELECT book_code.id FROM book_code JOIN people_identity identity ON identity.id = book_code.identity_id
WHERE identity.person_id = %(person)s AND {HOLDS}
"""
TRIES = """
SELECT count(*) FILTER (WHERE key = %(key)s),
       count(*) FILTER (WHERE place = %(place)s AND at > %(lately)s)
FROM book_try WHERE NOT was_right AND (key = %(key)s OR place = %(place)s AND at > %(lately)s)
"""
WORD = """
SELECT word.hashed, word.chosen_at FROM book_word word
JOIN people_identity identity ON identity.id = word.identity_id
WHERE identity.person_id = %s ORDER BY word.chosen_at DESC, word.id DESC LIMIT 1
"""
NAMED = """
SELECT id, identity_id, public FROM book_passkey
WHERE key = %s AND NOT EXISTS (SELECT FROM book_passkeystopped WHERE passkey_id = book_passkey.id)
"""
WRONG_SINCE = """
SELECT count(*) FROM book_try
WHERE key = %(key)s AND at >= %(since)s AND NOT was_right
  AND id > coalesce((SELECT max(id) FROM book_try WHERE key = %(key)s AND was_right), 0)
"""
VISIT = """
SELECT visit.id, identity.person_id, visit.level, visit.beside, visit.began_at, visit.seen_at,
       visit.ended_at IS NOT NULL OR person.death = 'confirmed' OR coalesce(code.last_on < %(on)s, false)
       OR coalesce(NOT worker.is_active, false)
       OR EXISTS (SELECT FROM book_codestopped WHERE code_id = visit.code_id)
       OR EXISTS (SELECT FROM book_passkeystopped WHERE passkey_id = visit.passkey_id)
FROM book_visit visit
JOIN people_identity identity ON identity.id = visit.identity_id
JOIN people_person person ON person.id = identity.person_id
LEFT JOIN book_code code ON code.id = visit.code_id
LEFT JOIN staff_worker worker ON worker.id = visit.beside
WHERE visit.key = %(key)s
"""


class Given(NamedTuple):
    """A code as it goes on paper, this once: nobody can read it again."""

    code: str
    birth_dates: tuple[date, ...]  # any of them goes with it
    last_on: date


class Named(NamedTuple):
    """A passkey that says which it is."""

    id: UUID
    identity_id: UUID
    public: bytes


# What workers do ------------------------------------------------------------------------------------------


def give_code(permit: Permit) -> Given:
    """A code for the permit's person, in place of any they had.

    Raises: Refused for a role that gives none, and where no birth date is recorded.
    """
    who = people.banner(permit)
    told = {known.birth_date for known in who.known_as} | {who.birth_date}
    birth_dates = tuple(sorted(each for each in told if each))
    rules.check_giving(permit.role, birth_dates, givers=roles_that("gives"))
    code = paper_codes.code_of([secrets.randbelow(23) for _ in range(paper_codes.LENGTH - 1)])
    last_on = clock.day_of(permit.at) + timedelta(days=limits()["code_lasts"])
    with transaction.atomic():
        _stop(permit, _in_force(permit))
        Code.objects.create(
            identity_id=own.identity(permit),
            key=_keyed(code),
            dates=[_proof(code, each) for each in birth_dates],
            given_at=permit.at,
            given_by=permit.worker_id,
            last_on=last_on,
            permit_id=permit.id,
        )
        record.add(permit, _draft(permit, "book_code_given", last_on=last_on))
    return Given(paper_codes.written(code), birth_dates, last_on)


def stop_code(permit: Permit) -> None:
    """The code of the permit's person holds no more, and what it opened shuts at once.

    To ask again changes nothing. Raises: Refused for a role that gives none.
    """
    with transaction.atomic():
        if found := _in_force(permit):
            _stop(permit, found)
            record.add(permit, _draft(permit, "book_code_stopped"))


def stop_passkeys(permit: Permit) -> None:
    """No telephone and no computer of the permit's person opens their book any more, from this moment.

    To ask again changes nothing. Raises: Refused for a role that gives no codes.
    """
    _check_stopping(permit)
    with transaction.atomic():
        for each in queries.passkeys(permit):
            _stop_passkey(permit, each.id)


def open_beside(permit: Permit) -> str:
    """What the browser is to hold, for a book that a worker opens while they sit with the person.

    Raises: Refused for a role that does not sit beside people.
    """
    rules.check_sitting(permit.role, sitters=roles_that("sits"))
    with transaction.atomic():
        record.add(permit, _draft(permit, "book_beside"))
        return _begin(own.identity(permit), Level.BESIDE, at=permit.at, beside=permit.worker_id)


# What the person does -------------------------------------------------------------------------------------


def open_with_code(typed: str, born_on: date, *, place: str, at: datetime) -> str:
    """What the browser is to hold, for a code and a birth date that go together.

    A code that there is none of is told and tried like a wrong birth date. Raises: NotDone.
    """
    code = paper_codes.read(typed)
    if not code:
        raise NotDone(Why.NOT_A_CODE)
    key, here = _keyed(code), _keyed(place)
    with transaction.atomic():
        _alone(key)
        rules.check_tries(_tries(key, here, at=at), limits())
        found = _opened_by(key, _proof(code, born_on), on=clock.day_of(at))
        Try.objects.create(key=key, place=here, at=at, was_right=found is not None)
    if found is None:
        raise NotDone(Why.WRONG)
    code_id, identity_id = found
    return _begin(identity_id, Level.PAPER, at=at, code_id=code_id)


def open_with_passkey(
    answer: Any, *, asked: passkeys.State | None, host: str, place: str, at: datetime
) -> str:
    """What the browser is to hold, for the answer of a telephone or a computer that was added.

    `asked` is good once. One that was never added is told and tried like a wrong answer. Raises: NotDone.
    """
    key, here = _keyed_name(passkeys.name(answer)), _keyed(place)
    with transaction.atomic():
        _alone(key)
        rules.check_from_here(_tries(key, here, at=at).from_here, limits())
        rules.check_in_a_row(_wrong_since(key, EVER), limits(), why=Why.PASSKEY_LOCKED)
        found = _named(key)
        is_right = found is not None and passkeys.is_right(answer, found.public, asked=asked, host=host)
        Try.objects.create(key=key, place=here, at=at, was_right=is_right)
    if found is None or not is_right:
        raise NotDone(Why.PASSKEY_WRONG)
    return _begin(found.identity_id, Level.PASSKEY, at=at, passkey_id=found.id)


def visit(held: str, *, at: datetime) -> rules.Visit | None:
    """The visit that a browser holds, which goes on by being asked for; None where none is open."""
    with connection.cursor() as cursor:
        cursor.execute(VISIT, {"key": _keyed(held), "on": clock.day_of(at)})
        row = cursor.fetchone()
    if row is None:
        return None
    visit_id, person_id, level, *rest = row
    found = rules.Visit(visit_id, person_id, Level(level), *rest)
    if not rules.is_open(found, at=at, limits=limits()) or not _is_still_beside(found, at=at):
        return None
    Visit.objects.filter(id=found.id).update(seen_at=at)
    return found


def say_word(permit: Permit, visit: rules.Visit, word: str, *, place: str) -> str:
    """What the browser is to hold instead, once the word is right: the book is open further.

    Where no word was ever chosen, the answer takes as long. Raises: NotDone.
    """
    key = f"word {permit.person_id}"
    with transaction.atomic():
        _alone(key)
        hashed, chosen_at = _word(permit)
        rules.check_in_a_row(_wrong_since(key, chosen_at), limits(), why=Why.WORD_LOCKED)
        is_right = hashers.check_password(rules.folded(word), hashed)
        Try.objects.create(key=key, place=_keyed(place), at=permit.at, was_right=is_right)
    if not is_right:
        raise NotDone(Why.WRONG_WORD)
    held = secrets.token_urlsafe(32)
    Visit.objects.filter(id=visit.id).update(key=_keyed(held), level=Level.WORD)
    return held


def choose_word(permit: Permit, visit: rules.Visit, word: str) -> None:
    """The word to remember from now on. Raises: Refused at paper level, or for a word soon guessed."""
    said = rules.folded(word)
    rules.check_word(said, level=visit.level, is_usual=_is_usual(said), limits=limits())
    Word.objects.create(
        identity_id=own.identity(permit),
        hashed=hashers.make_password(said),
        chosen_at=permit.at,
        permit_id=permit.id,
    )


def ask_for_passkey(permit: Permit, visit: rules.Visit, *, host: str, name: str) -> passkeys.Asked:
    """What a telephone or a computer is asked that is to open the book. `name` stands in its own list.

    Beside a worker it is never that worker's computer. Raises: NotDone.
    """
    held = queries.passkeys(permit)
    rules.check_adding_a_passkey(visit.level, held=len(held), limits=limits())
    is_elsewhere = visit.level is Level.BESIDE
    return passkeys.ask_new([each.public for each in held], host=host, name=name, is_elsewhere=is_elsewhere)


def add_passkey(
    permit: Permit,
    visit: rules.Visit,
    answer: Any,
    *,
    asked: passkeys.State | None,
    host: str,
    device: str,
) -> None:
    """From now on what answered opens the book, by itself. Raises: NotDone."""
    held = queries.passkeys(permit)
    rules.check_adding_a_passkey(visit.level, held=len(held), limits=limits())
    made = passkeys.made(answer, asked=asked, host=host)
    key = _keyed_name(made.name)
    if Passkey.objects.filter(key=key).exists():
        raise NotDone(Why.PASSKEY_WRONG)
    with transaction.atomic():
        Passkey.objects.create(
            identity_id=own.identity(permit),
            key=key,
            public=made.public,
            device=device,
            added_at=permit.at,
            permit_id=permit.id,
        )
        record.add(permit, _draft(permit, "book_passkey_added"))


def stop_passkey(permit: Permit, passkey_id: UUID) -> None:
    """That one opens nothing any more, and what it opened shuts; one of nobody's, or of another's, stays."""
    if passkey_id in {each.id for each in queries.passkeys(permit)}:
        with transaction.atomic():
            _stop_passkey(permit, passkey_id)


def hide(held: str) -> None:
    """Somebody is with them: the book shuts as far as a word or a worker had opened it."""
    Visit.objects.filter(key=_keyed(held)).update(level=Level.PAPER)


def leave(held: str, *, at: datetime) -> None:
    """The visit that a browser holds is over."""
    Visit.objects.filter(key=_keyed(held), ended_at=None).update(ended_at=at)


# What the person tells ------------------------------------------------------------------------------------


def tell(permit: Permit, *, what: str, text: str, to: UUID | None, with_helper: bool, form: Form) -> UUID:
    """What the person tells one worker or service of their choice, and nobody else.

    The same form sent twice makes one entry. Raises: NotKept for no choice, or too many words.
    """
    heard = to in {each.id for each in queries.listeners(permit)}
    row = code_set("told_what").get(what)
    story.check_said(text or what, choice=heard and row is not None)
    said = {"what": what, "text": text, "with_helper": with_helper}
    draft = _draft(permit, "told", item=form.key, **said)
    return record.keep_last_word(permit, replace(draft, only_for=(to,) if to else ()), form)


def answer(permit: Permit, entry_id: UUID, *, text: str, form: Form) -> UUID:
    """What is answered to that, read by the same and by the person.

    Raises: NotFound for what was not told to this worker; NotKept for no words.
    """
    told = next((each for each in queries.tellings(permit) if each.entry.id == entry_id), None)
    if told is None:
        raise NotFound
    story.check_said(text, choice=True)
    draft = _draft(permit, "told_answered", item=str(entry_id), text=text)
    return record.keep(permit, replace(draft, only_for=tuple(told.entry.only_for)), form)


# ----------------------------------------------------------------------------------------------------------


def _draft(permit: Permit, kind: str, *, item: str = "", **said: Any) -> Draft:
    return Draft(
        identity_id=own.identity(permit),
        kind=kind,
        item=item,
        happened_at=permit.at,
        dated_by="time",
        as_at=permit.at,
        body=said,
    )


def _keyed(text: str) -> str:
    """A hash that nobody can make who lacks the server's secret."""
    return salted_hmac("throughgate.book", text, algorithm="sha256").hexdigest()


def _keyed_name(name: bytes) -> str:
    return _keyed(f"passkey {name.hex()}")


def _proof(code: str, born_on: date) -> str:
    return _keyed(f"{code} {born_on.isoformat()}")


def _alone(name: str) -> None:
    """Waits for whoever tries the same at this moment, so that tries are counted one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _tries(key: str, place: str, *, at: datetime) -> Tries:
    with connection.cursor() as cursor:
        cursor.execute(TRIES, {"key": key, "place": place, "lately": at - A_WHILE})
        of_it, from_here = cursor.fetchone()
    return Tries(of_it=of_it, from_here=from_here)


def _opened_by(key: str, proof: str, *, on: date) -> tuple[UUID, UUID] | None:
    """The code, and whose it is."""
    with connection.cursor() as cursor:
        cursor.execute(OPENS, {"key": key, "proof": proof, "on": on})
        row: tuple[UUID, UUID] | None = cursor.fetchone()
        return row


def _named(key: str) -> Named | None:
    """The passkey of that name that still opens a book."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [key])
        row = cursor.fetchone()
    return Named(row[0], row[1], bytes(row[2])) if row else None


def _begin(identity_id: UUID, level: Level, *, at: datetime, **opened_by: UUID | None) -> str:
    """`opened_by` is the code, the passkey, or the worker beside them."""
    held = secrets.token_urlsafe(32)
    Visit.objects.create(
        id=new_id(),
        key=_keyed(held),
        identity_id=identity_id,
        level=level,
        **opened_by,
        began_at=at,
        seen_at=at,
    )
    return held


def _in_force(permit: Permit) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, {"person": permit.person_id, "on": clock.day_of(permit.at)})
        return [code_id for (code_id,) in cursor.fetchall()]


def _check_stopping(permit: Permit) -> None:
    if permit.role not in roles_that("gives"):
        raise Refused("Your role does not give out codes, nor stop them. Ask a colleague whose role does.")


def _stop_passkey(permit: Permit, passkey_id: UUID) -> None:
    PasskeyStopped.objects.create(passkey_id=passkey_id, at=permit.at, permit_id=permit.id)
    record.add(permit, _draft(permit, "book_passkey_stopped"))


def _stop(permit: Permit, code_ids: Collection[UUID]) -> None:
    _check_stopping(permit)
    CodeStopped.objects.bulk_create(
        CodeStopped(code_id=code_id, at=permit.at, permit_id=permit.id) for code_id in code_ids
    )


def _is_still_beside(visit: rules.Visit, *, at: datetime) -> bool:
    """Whether the worker who opened it, if one did, could open that record now: what ended shuts it."""
    if visit.level is not Level.BESIDE or visit.beside is None:
        return True
    hats = staff.hats_of(visit.beside, on=clock.day_of(at))
    sitting = [hat for hat in hats if hat.role in roles_that("sits")]
    return any(access.may_open(hat, visit.person_id, at=at) for hat in sitting)


def _word(permit: Permit) -> tuple[str, datetime]:
    """Its hash and when it was chosen; a hash of nothing where none ever was."""
    with connection.cursor() as cursor:
        cursor.execute(WORD, [permit.person_id])
        return cursor.fetchone() or (UNUSABLE, EVER)


def _wrong_since(key: str, chosen_at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRONG_SINCE, {"key": key, "since": chosen_at})
        return int(cursor.fetchone()[0])


def _is_usual(word: str) -> bool:
    try:
        CommonPasswordValidator().validate(word.replace(" ", ""))
    except ValidationError:
        return True
    return False
