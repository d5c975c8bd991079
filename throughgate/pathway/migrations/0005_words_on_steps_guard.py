from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("pathway", "0004_words_on_steps")]
    operations = append_only("pathway_stepword")
