from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("treatment", "0004_naloxone")]
    operations = append_only("treatment_naloxone")
