from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_places")]
    operations = mutable("directory_place")
