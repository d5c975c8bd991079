from django.db import migrations

# Each (SELECT ...) is made ready once for each mention of an entry in a query, asked or not: of ten, the three
# that are asked of every row are left. The rest is asked of rows that are restricted, withheld or kept for some.
READ_BY_LEAVE = """
ALTER POLICY read_by_leave ON record_entry USING (
    CASE (SELECT tg_setting('reach'))
    WHEN 'all' THEN true
    WHEN 'record' THEN
        identity_id = ANY ((SELECT tg_identities())::uuid[])
        AND category = ANY ((SELECT tg_words('reads'))::text[])
        AND (NOT restricted OR {restricted} = 'yes')
        AND NOT (withheld AND {own} = 'yes')
        AND (only_for IS NULL OR {sealed} = 'yes' OR only_for && ARRAY[{worker}, {organisation}])
    WHEN 'rule' THEN
        (NOT restricted OR {restricted} = 'yes')
        AND tg_rule_reads(identity_id, category, only_for)
    ELSE false END);
"""
ASKED = {
    "restricted": "tg_setting('restricted')",
    "own": "tg_setting('own')",
    "sealed": "tg_setting('sealed')",
    "worker": "tg_id('worker')",
    "organisation": "tg_id('organisation')",
}
MADE_READY = {name: f"(SELECT {asked})" for name, asked in ASKED.items()}


class Migration(migrations.Migration):
    dependencies = [("record", "0013_drafts_of_the_person")]
    operations = [migrations.RunSQL(READ_BY_LEAVE.format(**ASKED), READ_BY_LEAVE.format(**MADE_READY))]
