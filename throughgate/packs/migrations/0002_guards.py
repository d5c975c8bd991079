from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("packs", "0001_tables")]
    operations = append_only(
        "packs_pack",
        "packs_agreed",
        "packs_given",
        "packs_revoked",
        "packs_batch",
        "packs_batchperson",
        "packs_batchoutcome",
    )
