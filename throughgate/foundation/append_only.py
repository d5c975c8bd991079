"""Migration operations that let the database itself refuse to change or lose what was written."""

from django.db.migrations import RunSQL

# The reports role is granted nothing here: it reads what is published, and no table about a person is.
ROLES_MAY_NOT_CHANGE = "GRANT SELECT, INSERT ON {table} TO tg_web, tg_worker"
ROLES_MAY_CHANGE = "GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO tg_web, tg_worker"
REFUSE = """
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION tg_refuse_change();
CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION tg_refuse_change();
"""
ALLOW_AGAIN = """
DROP TRIGGER {table}_rows_stay ON {table};
DROP TRIGGER {table}_is_never_emptied ON {table};
"""


def append_only(*tables: str) -> list[RunSQL]:
    """Rows may be read and added; update, delete and truncate are refused, whoever asks."""
    return [
        RunSQL(
            REFUSE.format(table=table) + ROLES_MAY_NOT_CHANGE.format(table=table),
            ALLOW_AGAIN.format(table=table),
        )
        for table in tables
    ]


def mutable(*tables: str) -> list[RunSQL]:
    """Tables that change on purpose: directory, staff, drafts, and everything that is derived."""
    return [RunSQL(ROLES_MAY_CHANGE.format(table=table), RunSQL.noop) for table in tables]
