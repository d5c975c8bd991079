from django.db import migrations

from throughgate.foundation.append_only import append_only

# The one exception to never changing: an order of a court, or words about the wrong person. Everything of the
# body that can be blank is blanked; who wrote it, when, and why it was redacted stay. It runs as the owner, who
# alone holds UPDATE here, and names the table to its trigger for the length of its own statements.
REDACT = """
CREATE FUNCTION tg_redact(entry uuid, body_table text, at timestamptz, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE blanks text;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_trigger WHERE tgrelid = body_table::regclass AND tgname = body_table || '_rows_stay'
    ) THEN
        RAISE EXCEPTION '% is not the body of an entry', body_table;
    END IF;
    PERFORM set_config('tg.redacting', 'record_entry', true);
    UPDATE record_entry SET redacted_at = at, item = '', reason = why WHERE id = entry;
    SELECT string_agg(format('%I = %s', column_name, CASE
        WHEN is_nullable = 'YES' THEN 'NULL'
        WHEN data_type = 'jsonb' THEN quote_literal('null') || '::jsonb'
        WHEN data_type = 'boolean' THEN 'false'
        ELSE quote_literal('') END), ', ')
    INTO blanks
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = body_table AND column_name <> 'entry_id'
      AND (is_nullable = 'YES' OR data_type IN ('jsonb', 'boolean', 'text', 'character varying'));
    PERFORM set_config('tg.redacting', body_table, true);
    EXECUTE format('UPDATE %I SET %s WHERE entry_id = $1', body_table, blanks) USING entry;
    PERFORM set_config('tg.redacting', '', true);
END $$;
REVOKE ALL ON FUNCTION tg_redact(uuid, text, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tg_redact(uuid, text, timestamptz, text) TO tg_web;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("record", "0001_tables")]
    operations = [
        *append_only("record_entry", "record_episode"),
        migrations.RunSQL(REDACT, "DROP FUNCTION tg_redact(uuid, text, timestamptz, text)"),
    ]
