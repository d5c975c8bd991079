from django.db import migrations

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_roles_and_refusal"),
        ("staff", "0001_tables"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        *mutable("staff_worker", "staff_team", "staff_team_works_in", "staff_post"),
        *mutable("account_emailaddress", "account_emailconfirmation"),
        *mutable("django_content_type", "auth_permission", "auth_group", "auth_group_permissions"),
    ]
