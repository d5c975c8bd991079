"""What stands in every table of ours, to see that nothing was written."""

from django.apps import apps

from tests.content import rows

OURS = [config for config in apps.get_app_configs() if config.name.startswith("throughgate.")]
# The audit grows with every look.
NEVER_THE_SAME = {"audit_event"}


IDS = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# What is drawn by chance each time: of these it is known how many there are.
BY_CHANCE = {
    "staff_session",
    "staff_cardcode",
    "staff_invitation",
    "staff_tries",
    "book_slip",
    "book_visit",
    "book_code",
}


def effect() -> dict[str, str]:
    """By table, whatever ids were made: of two ways to the same words it is the same."""
    each = [
        f"SELECT '{table}', md5(coalesce(string_agg(said, '' ORDER BY said), ''))"
        f" FROM (SELECT regexp_replace(row::text, '{IDS}', '', 'g') AS said FROM {table} row) words"
        for table in sorted(_tables() - NEVER_THE_SAME - BY_CHANCE)
    ]
    return dict(rows(" UNION ALL ".join(each)))


def state() -> dict[str, str]:
    """By table."""
    each = [
        f"SELECT '{table}', coalesce(md5(string_agg(row::text, '' ORDER BY row::text)), '') FROM {table} row"
        for table in sorted(_tables() - NEVER_THE_SAME)
    ]
    return dict(rows(" UNION ALL ".join(each)))


def _tables() -> set[str]:
    return {model._meta.db_table for config in OURS for model in config.get_models(include_auto_created=True)}
