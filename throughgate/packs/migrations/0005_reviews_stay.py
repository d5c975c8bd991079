from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("packs", "0004_reviews")]
    operations = append_only("packs_review")
