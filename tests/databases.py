"""Databases for tests: one made from the migrations, the others copied from it.

Making it takes longer than hundreds of tests. So whoever comes first on a server makes it, under
a name that tells what it was made of, and every process and every later run copies that one.

The tests run under the web's own role, which owns nothing, so a privilege that
production would miss is missed here too.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg2.extensions import make_dsn

from tools import stamps

ROOT = Path(__file__).parent.parent
ROLES_SQL = ROOT / "ops" / "roles.sql"
MIGRATED = "test_hamkke_migrated_"
# What the migrations, the operations of our own and the programs that run them are written in.
MADE_OF = (
    "*/migrations/**/*.*",
    "portal/*/migrations/**/*.*",
    "portal/audit/governed.py",
    "ops/*.sql",
    "requirements.txt",
)
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
    with one_at_a_time():
        copy(migrated(), name)
    point_at(name)
    call_command("load_reference", verbosity=0)
    execute(name, EMPTY_TRAIL)
    leave()


def migrated() -> str:
    """The database that the migrations make of nothing; made now unless it stands already."""
    made_of = digest()
    name, fresh = MIGRATED + made_of, MIGRATED + "new"
    if name in standing(MIGRATED):
        return name
    drop(*standing(MIGRATED))
    execute("postgres", f'CREATE DATABASE "{fresh}"')
    execute(fresh, ROLES_SQL.read_text())
    point_at(fresh)
    call_command("migrate", database="migrator", verbosity=0, interactive=False)
    leave()
    if digest() != made_of:
        # Somebody wrote in the sources meanwhile: this one is good for this run alone.
        return fresh
    execute("postgres", f'ALTER DATABASE "{fresh}" RENAME TO "{name}"')
    return name


def digest() -> str:
    """What the migrated database is made of, in twelve signs."""
    files = [path for pattern in MADE_OF for path in ROOT.glob(pattern) if path.suffix != ".pyc"]
    return stamps.digest(sorted(files), " ".join(settings.INSTALLED_APPS))[:12]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let nobody else on this server make or copy the migrated database."""
    with closing(superuser("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [MIGRATED])
        yield


def standing(prefix: str) -> list[str]:
    """The databases of this server whose names begin so."""
    with closing(superuser("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [name for (name,) in cursor]


def leave() -> None:
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


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings_test"
    django.setup()
    with one_at_a_time():
        migrated()
