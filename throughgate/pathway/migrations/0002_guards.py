from django.db import migrations

from throughgate.foundation.append_only import append_only, mutable


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("pathway", "0001_tables")]
    operations = [*append_only("pathway_ready"), *mutable("pathway_plan")]
