from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [("staff", "0008_shared_as_one")]
    operations = mutable("staff_membership")
