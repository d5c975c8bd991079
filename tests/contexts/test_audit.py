"""The audit: sealed by the database's own transaction numbers, and a change shows at its seal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections, transaction

from tests import story
from tests.content import rows
from tests.database import SuiteDatabase
from throughgate.audit import actions as audit
from throughgate.audit import sealing
from throughgate.audit.actions import Logged
from throughgate.foundation.ids import new_id

# A seal waits for every transaction of the server, those of the tests beside it too.
pytestmark = pytest.mark.alone

WHO = UUID(int=7)


def look(person_id: UUID = WHO) -> Logged:
    return Logged(at=story.NOON, action="open record", actor_kind="worker", person_id=person_id)


# Writing


@pytest.mark.django_db
def test_every_column_is_written_whether_one_row_or_many() -> None:
    whole = Logged(
        at=story.NOON,
        action="open record",
        outcome="allowed",
        actor_kind="worker",
        actor_id=new_id(),
        post_id=new_id(),
        organisation_id=new_id(),
        role="prison_officer",
        purpose="supervision",
        person_id=new_id(),
        permit_id=new_id(),
        rows=3,
        detail={"why": "relationship_holds"},
    )
    audit.log(whole)
    audit.log_many([whole, whole])
    audit.log_many([])
    names = ", ".join("detail::json" if name == "detail" else name for name in Logged.__slots__)
    found = rows(f"SELECT {names} FROM audit_event")
    assert found == [tuple(getattr(whole, name) for name in Logged.__slots__)] * 3


@pytest.mark.django_db
def test_nothing_of_a_record_stands_in_the_audit() -> None:
    """Everything a prison says of somebody holds a word that is found nowhere in the audit."""
    canary = "CANARYWORD"
    story.bring_in(
        story.document(
            lastName=canary, cellLocation=canary, aliases=[{"firstName": canary}], dateOfBirth=canary
        )
    )
    story.opens(story.worker(), story.person())
    assert len(rows("SELECT FROM audit_event")) >= 3
    assert rows("SELECT FROM audit_event event WHERE event::text ILIKE %s", f"%{canary}%") == []


# Sealing. These commit, because a seal covers what is finished.


@pytest.fixture
def sealed(transactional_db: None) -> None:
    """Three seals over two rows each."""
    for _ in range(3):
        audit.log(look())
        audit.log(look())
        sealing.seal(at=story.NOON)


@pytest.mark.usefixtures("sealed")
def test_what_was_sealed_holds() -> None:
    audit.log(look())
    found = sealing.verify()
    assert (found.broken_seal, found.why) == (None, "")
    assert (found.seals, found.rows, found.unsealed) == (3, 6, 1)


@pytest.mark.django_db(transaction=True)
def test_with_nothing_new_nothing_is_sealed() -> None:
    assert sealing.seal(at=story.NOON) == 0
    audit.log(look())
    assert sealing.seal(at=story.NOON) == 1
    assert sealing.seal(at=story.NOON) == 0
    assert sealing.verify().seals == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_whose_transaction_goes_on_is_left_to_the_next_seal(suite_database: SuiteDatabase) -> None:
    with another_session(suite_database) as other:
        other.execute("BEGIN")
        other.execute(
            "INSERT INTO audit_event (at, action, outcome, actor_kind, role, purpose, rows, detail)"
            " VALUES (now(), 'slow', 'done', 'worker', '', '', 0, '{}')"
        )
        audit.log(look())
        assert sealing.seal(at=story.NOON) == 0
        assert sealing.verify().unsealed == 1
        other.execute("COMMIT")
    assert sealing.seal(at=story.NOON) == 2
    assert sealing.verify().rows == 2


SECOND = "(SELECT id FROM audit_seal ORDER BY from_txid OFFSET 1 LIMIT 1)"
UNDER_IT = f"""(
    SELECT min(event.id) FROM audit_event event JOIN audit_seal seal ON seal.id = {SECOND}
    WHERE event.txid >= seal.from_txid AND event.txid < seal.to_txid)"""
ADD_LIKE_IT = f"""
INSERT INTO audit_event (at, action, outcome, actor_kind, role, purpose, rows, detail, txid)
SELECT at, action, outcome, actor_kind, role, purpose, rows, detail, txid
FROM audit_event WHERE id = {UNDER_IT}"""
TAMPERING = {
    "a row was changed": f"UPDATE audit_event SET person_id = gen_random_uuid() WHERE id = {UNDER_IT}",
    "its transaction number was changed": f"UPDATE audit_event SET txid = 1 WHERE id = {UNDER_IT}",
    "a row was removed": f"DELETE FROM audit_event WHERE id = {UNDER_IT}",
    "a row was added": ADD_LIKE_IT,
    "the seal was changed": f"UPDATE audit_seal SET chained = sha256('x') WHERE id = {SECOND}",
    "its root was changed": f"UPDATE audit_seal SET root = sha256('x') WHERE id = {SECOND}",
    "the seal was removed": f"DELETE FROM audit_seal WHERE id = {SECOND}",
}
WHYS = {
    "a row was changed": "a row was changed",
    "its transaction number was changed": "rows were added or removed",
    "a row was removed": "rows were added or removed",
    "a row was added": "rows were added or removed",
    "the seal was changed": "the seal itself was changed",
    "its root was changed": "a row was changed",
    "the seal was removed": "a seal is missing before it",
}


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("what", TAMPERING)
def test_what_a_superuser_changes_is_found_at_its_seal(what: str, suite_database: SuiteDatabase) -> None:
    seals = [seal_id for (seal_id,) in rows("SELECT id FROM audit_seal ORDER BY from_txid")]
    with another_session(suite_database) as superuser:
        superuser.execute("SET session_replication_role = replica")  # no trigger is called
        superuser.execute(TAMPERING[what])
    found = sealing.verify()
    first_or_second = {"its transaction number was changed": seals[0], "the seal was removed": seals[2]}
    assert found.broken_seal == first_or_second.get(what, seals[1])
    assert found.why == WHYS[what]


@pytest.mark.usefixtures("sealed")
def test_all_of_it_can_be_forged_only_by_changing_every_later_seal(suite_database: SuiteDatabase) -> None:
    """Who keeps the last link of the chain elsewhere finds even that."""
    (kept,) = rows("SELECT chained FROM audit_seal ORDER BY from_txid DESC LIMIT 1")
    with another_session(suite_database) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(TAMPERING["a row was changed"])
        superuser.execute("DELETE FROM audit_seal")
    sealing.seal(at=story.NOON)
    assert sealing.verify().broken_seal is None
    assert rows("SELECT chained FROM audit_seal ORDER BY from_txid DESC LIMIT 1") != [kept]


@pytest.mark.usefixtures("sealed")
def test_checking_reads_a_page_of_rows_at_a_time() -> None:
    """A cursor of the database's own, so that years of rows need little memory."""
    with transaction.atomic(), connection.execute_wrapper(refuse_whole_tables):
        assert sealing.verify().rows == 6


def refuse_whole_tables(execute: Callable[..., object], sql: str, *rest: object) -> object:
    assert "FROM audit_event WHERE txid >= %s AND txid <" not in sql, "read by an ordinary cursor"
    return execute(sql, *rest)


@contextmanager
def another_session(suite_database: SuiteDatabase) -> Iterator[psycopg.Connection]:
    """Somebody who may do anything, beside the session of the test."""
    with suite_database.server.superuser(suite_database.name) as other:
        yield other
    connections.close_all()
