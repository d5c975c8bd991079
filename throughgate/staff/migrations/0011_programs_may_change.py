from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [("staff", "0010_programs")]
    operations = mutable("staff_program", "staff_token", "staff_assertion")
