"""The database and its roles, made by a superuser: ``python -m tools.roles``.

Reads ``DATABASE_SUPERUSER_URL``, makes that database if it is missing, and runs ops/roles.sql
in it. Safe to run again.
"""

import os

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import parse_dsn

from tools.places import ROOT


def prepare(url: str) -> None:
    """Make the database of ``url`` where it is missing, then the portal's roles and extensions."""
    parts = parse_dsn(url)
    _make_database(parts["dbname"], {**parts, "dbname": "postgres"})
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute((ROOT / "ops" / "roles.sql").read_text())
    connection.close()


def _make_database(name: str, server: dict[str, str]) -> None:
    connection = psycopg2.connect(**server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    connection.close()


if __name__ == "__main__":
    prepare(os.environ["DATABASE_SUPERUSER_URL"])
