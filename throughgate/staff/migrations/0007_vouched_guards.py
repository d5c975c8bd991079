from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [("staff", "0006_vouched")]
    operations = [*mutable("staff_vouched")]
