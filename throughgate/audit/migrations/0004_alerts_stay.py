from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("audit", "0003_alerts")]
    operations = append_only("audit_alert", "audit_exemption")
