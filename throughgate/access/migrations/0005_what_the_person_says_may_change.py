from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [("access", "0004_what_the_person_says")]
    operations = mutable("access_bar", "access_limit", "access_choice", "access_emergency")
