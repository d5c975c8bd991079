from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_near_and_passed_on")]
    operations = append_only("oversight_declaration", "oversight_passedon")
