from django.db import migrations

# As in 0009, and of what was said about one case the answer that began last.
ANSWER = """
CREATE OR REPLACE FUNCTION tg_answer(whose uuid, about text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT choice.answer FROM access_choice choice
        WHERE choice.person_id = whose AND choice.topic IN ('', about)
          AND (choice.organisation_id IS NULL OR choice.organisation_id = tg_id('organisation'))
          AND choice.purpose IN ('', tg_setting('purpose'))
          AND (choice.from_on IS NULL OR choice.from_on <= tg_setting('on_day')::date)
          AND (choice.expires_on IS NULL OR choice.expires_on > tg_setting('on_day')::date)
        ORDER BY choice.organisation_id IS NOT NULL DESC, choice.topic <> '' DESC, choice.purpose <> '' DESC,
                 choice.from_on DESC NULLS LAST
        LIMIT 1);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_answers_that_wait"), ("record", "0011_bodies_are_read_at_once")]
    operations = [migrations.RunSQL(ANSWER, migrations.RunSQL.noop)]
