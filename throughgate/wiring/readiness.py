"""Whether a real installation is ready to serve: every answer is a sentence that says what to do."""

import os

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from throughgate.staff import queries as staff
from throughgate.wiring.database import variable


def problems() -> list[str]:
    """What stands in the way; empty when nothing does. Django is set up as the web role."""
    pending = _pending_migrations()
    if pending:
        return [f"The tables are not those of this version ({pending} migrations to go). Run ./tg migrate."]
    return [*_missing_worker_role(), *_nobody_to_serve()]


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _missing_worker_role() -> list[str]:
    name = variable("worker")
    if name in os.environ:
        return []
    return [f"{name} is not set. Imports, sealing and nightly work run as tg_worker: give its URL."]


def _nobody_to_serve() -> list[str]:
    return (
        [] if staff.anyone() else ["Nobody can sign in yet. Add somebody: ./tg worker add --help says how."]
    )
