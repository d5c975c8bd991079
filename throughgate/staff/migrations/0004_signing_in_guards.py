from django.db import migrations

from throughgate.foundation.append_only import mutable

# The table that Django's cache in the database wants: tries at signing in, and codes that were used.
TRIES = """
CREATE TABLE staff_tries (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX staff_tries_expires ON staff_tries (expires);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_roles_and_refusal"),
        ("staff", "0003_signing_in"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.RunSQL(TRIES, "DROP TABLE staff_tries"),
        *mutable("staff_session", "staff_signinrule", "staff_invitation", "staff_codecard", "staff_cardcode"),
        *mutable("staff_tries", "mfa_authenticator"),
    ]
