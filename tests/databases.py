"""Databases for tests: one made from the migrations, the others copied from it.

The tests run under the web's own role, which owns nothing, so a privilege that
production would miss is missed here too.
"""

import os
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg2.extensions import make_dsn

ROLES_SQL = Path(__file__).parent.parent / "ops" / "roles.sql"
# Loading the reference data is an act like any other; tests begin with a trail in which only
# what they do themselves is written.
EMPTY_TRAIL = """
DO $$
DECLARE
    guard record;
BEGIN
    FOR guard IN SELECT tgname, tgrelid::regclass AS place FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'audit.%' LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', guard.place, guard.tgname);
    END LOOP;
    TRUNCATE audit.act, audit.act_private, audit.subject_head, audit.pending, audit.leaf,
        audit.node, audit.head RESTART IDENTITY;
    FOR guard IN SELECT tgname, tgrelid::regclass AS place FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'audit.%' LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', guard.place, guard.tgname);
    END LOOP;
END $$
"""
ALIASES = {
    "default": "portal_app",
    "migrator": "portal_migrator",
    "sealer": "portal_sealer",
    "eraser": "portal_eraser",
}


def superuser_dsn(name: str) -> str:
    """Where the administrator of the server connects to database ``name``."""
    url = os.environ.get("DATABASE_SUPERUSER_URL") or os.environ["DATABASE_MIGRATOR_URL"]
    return make_dsn(url, dbname=name)


def superuser(name: str):
    """A connection of the superuser, autocommit on."""
    connection = psycopg2.connect(superuser_dsn(name))
    connection.autocommit = True
    return connection


def execute(name: str, *statements: str) -> None:
    connection = superuser(name)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def point_at(name: str) -> None:
    """Lead every connection of Django to database ``name``, each under its own role."""
    for alias in ALIASES:
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name
    for alias in ("sealer", "eraser"):
        if os.environ.get("DATABASE_SUPERUSER_URL", "").count("host=") and not os.environ.get(
            f"DATABASE_{alias.upper()}_URL"
        ):
            connections[alias].settings_dict["USER"] = ALIASES[alias]


def make_template(name: str) -> None:
    """Make database ``name`` from the migrations and the reference data."""
    execute(
        "postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"'
    )
    execute(name, ROLES_SQL.read_text())
    point_at(name)
    call_command("migrate", database="migrator", verbosity=0, interactive=False)
    call_command("load_reference", verbosity=0)
    execute(name, EMPTY_TRAIL)
    for alias in ALIASES:
        connections[alias].close()


def copy(template: str, name: str) -> None:
    execute(
        "postgres",
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )


def drop(*names: str) -> None:
    execute("postgres", *(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names))


class OwnDatabase:
    """A database that one test has for itself."""

    def __init__(self, name: str) -> None:
        self.name = name

    def superuser(self):
        return superuser(self.name)

    def connect(self, role: str = "portal_app"):
        """A raw connection under ``role``, autocommit off."""
        connection = psycopg2.connect(superuser_dsn(self.name))
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION AUTHORIZATION {role}")
        connection.commit()
        return connection
