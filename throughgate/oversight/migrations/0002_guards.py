from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("oversight", "0001_tables")]
    operations = append_only("oversight_outcome")
