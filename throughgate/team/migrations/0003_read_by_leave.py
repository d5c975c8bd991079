from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("team", "0002_guards"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries(
        "team_contentnote",
        "team_disagreement",
        "team_goal",
        "team_goalword",
        "team_lead",
        "team_membership",
        "team_message",
        "team_pressure",
        "team_supportwish",
        "team_task",
        "team_taskword",
    )
