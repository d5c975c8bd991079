from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("record", "0006_form_drafts")]
    operations = mutable("record_formdraft")
