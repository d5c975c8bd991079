"""The roles every table grants to, and the function every append-only trigger calls."""

from django.db import migrations

ROLES_EXIST = """
DO $$
DECLARE missing text;
BEGIN
    SELECT string_agg(wanted, ', ') INTO missing
    FROM unnest(ARRAY['tg_web', 'tg_worker', 'tg_reports']) AS wanted
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'These database roles are missing: %. See docs/how-to/run-on-your-own-database.md', missing;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO tg_web, tg_worker, tg_reports;
"""

# The one exception is redaction: a function of the owner's sets tg.redacting for its own statement.
# A web or worker role can set the name too, but holds no UPDATE on these tables.
REFUSE_CHANGE = """
CREATE FUNCTION tg_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('tg.redacting', true) = TG_TABLE_NAME THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Rows of % are never changed or removed. Add a row that supersedes.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(ROLES_EXIST, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE_CHANGE, "DROP FUNCTION tg_refuse_change()"),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
    ]
