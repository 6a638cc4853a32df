"""Whether the database still refuses what it must refuse.

Triggers and rights are what makes the trail append-only; whoever owns the tables
can take them away. This looks every day whether they are all there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.audit import migrations
from portal.audit.domain import log
from portal.audit.governed import TRIGGER, GovernTable

SUBJECT = "audit.head:shape"
SQL_FILES = Path(migrations.__file__).parent / "sql"

TABLES = ("act", "leaf", "node", "head")
TRIGGERS = {
    **{f"{table}_00_row": table for table in TABLES},
    **{f"{table}_00_statement": table for table in (*TABLES, "act_private")},
    "act_10_derive": "act",
    "act_20_queue": "act",
}
FORBIDDEN = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")

STATE_OF_TRIGGERS = """
SELECT tgname, relname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND (relnamespace = 'audit'::regnamespace OR tgname = %s)
"""
OWNED = """
SELECT relname FROM pg_class WHERE relnamespace = 'audit'::regnamespace
AND pg_has_role(current_user, relowner, 'USAGE') AND relkind = 'r'
"""
POWERFUL = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper"
RIGHT = "SELECT has_table_privilege(%s, %s)"
SOURCES = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'audit'::regnamespace"


def record_faults() -> int:
    """Look for faults, write an act if there are any, and give their number."""
    faults = list(find_faults())
    if faults:
        log.record("shape_is_wrong", SUBJECT, faults="\n".join(faults))
    return len(faults)


def find_faults() -> Iterator[str]:
    """Name what is missing or too much, one sentence each."""
    yield from _triggers()
    yield from _rights()
    yield from _functions()


def _triggers() -> Iterator[str]:
    found = {(name, table): enabled for name, table, enabled in _rows(STATE_OF_TRIGGERS, [TRIGGER])}
    wanted = [*TRIGGERS.items(), *((TRIGGER, table) for table in governed_tables())]
    for name, table in wanted:
        # A: fires always, also under session_replication_role = replica.
        if found.get((name, table)) != "A":
            yield f"trigger {name} on {table} is missing or does not fire always"


def _rights() -> Iterator[str]:
    for (role,) in _rows(POWERFUL):
        yield f"the portal runs as {role}, a superuser"
    for (table,) in _rows(OWNED):
        yield f"the portal's role may act as the owner of audit.{table}"
    for table in TABLES:
        for right in FORBIDDEN:
            if _rows(RIGHT, [f"audit.{table}", right])[0][0]:
                yield f"the portal's role has {right} on audit.{table}"


def _functions() -> Iterator[str]:
    """Compare the functions with the migrations that made them."""
    known = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SQL_FILES.glob("*.sql")))
    for name, source in _rows(SOURCES):
        if source not in known:
            yield f"function audit.{name} is not the one that the migrations made"


def governed_tables() -> list[str]:
    """Give the tables that the migrations have governed."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return sorted(
        operation.table
        for migration in loader.disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, GovernTable)
    )


def _rows(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
