from django.db import migrations

from throughgate.foundation.append_only import append_only, mutable


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("custody", "0001_tables")]
    operations = [
        *append_only(
            "custody_movement",
            "custody_legalstatus",
            "custody_expecteddate",
            "custody_location",
            "custody_alert",
            "custody_careneed",
            "custody_unread",
            "custody_death",
        ),
        *mutable("custody_stay", "custody_standing"),
    ]
