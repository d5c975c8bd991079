from django.db import migrations

from throughgate.foundation.append_only import append_only

# The number of the writing transaction: sealing waits until every earlier one has finished. A text cast is the
# only way from xid8 to a number; 63 bits outlast any installation.
TRANSACTION_NUMBER = """
ALTER TABLE audit_event ADD COLUMN txid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint;
CREATE INDEX audit_by_transaction ON audit_event (txid, id);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("audit", "0001_tables")]
    operations = [
        migrations.RunSQL(TRANSACTION_NUMBER, "ALTER TABLE audit_event DROP COLUMN txid"),
        *append_only("audit_event", "audit_seal"),
    ]
