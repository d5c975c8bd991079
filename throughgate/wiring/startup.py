"""What must hold before anything is served or imported: the database's own guards must bind us."""

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from throughgate.foundation.errors import Refused
from throughgate.wiring.postgres import FLOOR

ROLE = """
    SELECT current_user, bool_or(rolsuper), bool_or(rolbypassrls)
    FROM pg_roles
    WHERE pg_has_role(current_user, oid, 'MEMBER')
"""
OWNED = """
    SELECT count(*)
    FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
      AND pg_has_role(current_user, relowner, 'MEMBER')
"""


class UnsafeDatabase(Refused):
    """The database would let this program do what it must not be able to do."""


def refuse_unsafe(connection: BaseDatabaseWrapper) -> None:
    """Raises: UnsafeDatabase, with a sentence for whoever runs the server."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise UnsafeDatabase(f"The database does not answer: {str(error).strip()}") from error
    version = connection.pg_version // 10000  # type: ignore[attr-defined] # PostgreSQL's wrapper has it
    if version < FLOOR:
        raise UnsafeDatabase(f"This is PostgreSQL {version}. Throughgate needs {FLOOR} or newer.")
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        name, is_superuser, bypasses = cursor.fetchone()
        cursor.execute(OWNED)
        (owned,) = cursor.fetchone()
    if is_superuser or bypasses or owned:
        why = "is a superuser" if is_superuser else "bypasses row security" if bypasses else "owns the tables"
        raise UnsafeDatabase(
            f"The database role {name} {why}, so neither the append-only guards nor the walls between "
            "organisations would hold. Connect as tg_web, or as tg_worker for imports and jobs; "
            "throughgate/wiring/roles.sql makes both."
        )
