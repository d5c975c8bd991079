from django.db import migrations

from throughgate.record.guards import IS_READ

# Of the body tables there are; those that come later have it from the first.
REPLACED = """
DO $$
DECLARE body regclass;
BEGIN
    FOR body IN SELECT polrelid::regclass FROM pg_policy WHERE polname = 'read_with_its_entry' LOOP
        EXECUTE format('ALTER POLICY read_with_its_entry ON %s USING ({is_read})', body);
    END LOOP;
END $$;
DROP FUNCTION tg_reads_entry(uuid);
"""
BY_FUNCTION = """
CREATE FUNCTION tg_reads_entry(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM record_entry WHERE id = wanted);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0010_forms_of_the_person")]
    operations = [migrations.RunSQL(REPLACED.format(is_read=IS_READ.replace("'", "''")), BY_FUNCTION)]
