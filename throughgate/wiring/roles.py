"""The roles of the database: who owns, who serves, who imports, who reports."""

from pathlib import Path

import psycopg

NAMES = ("tg_owner", "tg_web", "tg_worker", "tg_reports")
OWNER = "tg_owner"
SUITE = "tg_suite"  # of test clusters only: signs in, and is nothing until it becomes one of the others
SQL = Path(__file__).with_name("roles.sql")


def ensure(connection: psycopg.Connection) -> None:
    """Makes those that are missing."""
    connection.execute(SQL.read_bytes())


def ensure_suite(connection: psycopg.Connection) -> None:
    """Makes the role that tests sign in as, so that one connection can be the web role or the worker role."""
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SUITE]).fetchone():
        connection.execute(
            f"CREATE ROLE {SUITE} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
        )
    connection.execute(f"GRANT {', '.join(NAMES)} TO {SUITE}")
