"""A migration operation for body tables: what an entry says is read by whoever may read the entry."""

from django.db.migrations import RunSQL

# Written out and not in a function, which would work out anew for each row what the leave is. A value and not
# EXISTS, which the planner might answer by reading every entry there is.
IS_READ = """CASE (SELECT tg_setting('reach')) WHEN 'all' THEN true
    ELSE (SELECT true FROM record_entry WHERE record_entry.id = entry_id) END"""
READ_WITH_ITS_ENTRY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY written_by_the_door ON {table} FOR INSERT TO tg_web, tg_worker WITH CHECK (true);
CREATE POLICY read_by_jobs ON {table} FOR SELECT TO tg_worker USING (true);
CREATE POLICY read_with_its_entry ON {table} FOR SELECT TO tg_web USING ({is_read});
"""
READ_BY_ALL = """
DROP POLICY read_with_its_entry ON {table};
DROP POLICY read_by_jobs ON {table};
DROP POLICY written_by_the_door ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


def read_with_their_entries(*tables: str) -> list[RunSQL]:
    """Row-level security for these body tables, after that of entries."""
    return [
        RunSQL(READ_WITH_ITS_ENTRY.format(table=table, is_read=IS_READ), READ_BY_ALL.format(table=table))
        for table in tables
    ]
