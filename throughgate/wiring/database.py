"""Which database, and as which role: DATABASE_URL, else an embedded PostgreSQL, else the machine's own.

`DATABASE_URL` is for the web role. Migrations run as the owner (`TG_OWNER_DATABASE_URL`), imports and jobs as
the worker role (`TG_WORKER_DATABASE_URL`). The settings module takes the role from `TG_DB_ROLE`.
"""

import os
from collections.abc import Callable
from typing import Any

from throughgate.foundation.errors import Refused

ROLES = ("owner", "web", "worker", "reports")
WHAT_FOR = {
    "owner": "Migrations run as the role that owns the tables (tg_owner), which is not the one that serves",
    "worker": "Imports and jobs run as a role of their own (tg_worker)",
    "reports": "Reports are read by a role of their own (tg_reports)",
}
ENGINE = "throughgate.wiring.engine"  # PostgreSQL
KEPT_OPEN_SECONDS = 600
ASKED_BEFORE_KEPT = 5  # times a connection is asked the same before the statement is kept prepared
# Planned once for whatever values: planning anew, for lists of ids above all, took half of what a page cost
# the database.
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
VARIABLES = ("DATABASE_URL", *(f"TG_{role.upper()}_DATABASE_URL" for role in ROLES))


def database_settings(role: str) -> dict[str, Any]:
    """An entry of Django's DATABASES.

    Raises: Refused when a database is configured, but not for this role.
    """
    url = os.environ.get(variable(role)) or (os.environ.get("DATABASE_URL") if role == "web" else None)
    if url:
        return parsed(url)
    if "DATABASE_URL" in os.environ:
        raise Refused(
            f"{variable(role)} is not set. {WHAT_FOR[role]}: give the same database as in DATABASE_URL, "
            "with that role. throughgate/wiring/roles.sql makes the roles."
        )
    if os.environ.get("TG_MODE") == "test":  # the suite fills it in when the first test wants a database
        return {"ENGINE": ENGINE, "HOST": "/nowhere", "NAME": "none yet"}
    return {"ENGINE": "django.db.backends.dummy"}  # checks that need no database


def variable(role: str) -> str:
    return f"TG_{role.upper()}_DATABASE_URL"


def urls(url: Callable[[str, str], str], name: str) -> dict[str, str]:
    """The environment that makes settings use the database of that name; `url` tells where, for a role."""
    return {variable(role): url(f"tg_{role}", name) for role in ROLES}


def parsed(url: str) -> dict[str, Any]:
    """Read by PostgreSQL's own client library, so that whatever it understands is understood."""
    from psycopg import ProgrammingError  # noqa: PLC0415 - not there until installed
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        # Not the URL itself: it may hold a password.
        raise Refused("A database URL cannot be read. It looks like postgresql://role@host/name") from error
    return {
        "ENGINE": ENGINE,
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # Parameters go beside the statement, and one asked for again is kept.
        "OPTIONS": {
            **parts,
            "options": f"{parts.get('options', '')} {PLANNED_ONCE}".strip(),
            "server_side_binding": True,
            "prepare_threshold": ASKED_BEFORE_KEPT,
        },
        "CONN_MAX_AGE": KEPT_OPEN_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
