from django.db import migrations

from throughgate.foundation.append_only import append_only

BODIES = (
    *("membership", "lead", "task", "taskword", "message", "goal", "goalword"),
    *("disagreement", "contentnote", "pressure", "supportwish"),
)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("team", "0001_tables")]
    operations = append_only(*(f"team_{name}" for name in (*BODIES, "opened")))
