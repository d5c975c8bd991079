from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("access", "0001_tables")]
    operations = mutable("access_relationship")
