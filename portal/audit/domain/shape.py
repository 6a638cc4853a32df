"""Whether the database still refuses what it must refuse.

Triggers and rights are what makes the trail append-only; whoever owns the tables
can take them away. This looks every day whether they are all there.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.audit import migrations
from portal.audit.domain import log
from portal.audit.governed import TRIGGER, GovernTable

logger = logging.getLogger(__name__)

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
# Where nobody but the sealer puts rows in, and the columns that an act derives from its text.
WRITTEN_BY_OTHERS = ("leaf", "node", "head", "pending", "subject_head")

FUNCTIONS = {"act_10_derive": "act_before_insert", "act_20_queue": "act_after_insert"}
FUNCTIONS |= {TRIGGER: "require_act"}
# A trigger with a condition may be one that never fires.
STATE_OF_TRIGGERS = """
SELECT tgname, relname,
       CASE WHEN tgqual IS NULL THEN tgenabled::text ELSE 'conditional' END, proname
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND (relnamespace = 'audit'::regnamespace OR tgname = %s)
"""
# What could turn a statement into another, or hide rows: nothing in the trail uses either.
REWRITTEN = """
SELECT relname, rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
WHERE relnamespace = 'audit'::regnamespace AND relkind IN ('r', 'p')
UNION ALL SELECT relname, 'row security' FROM pg_class
WHERE relnamespace = 'audit'::regnamespace AND relrowsecurity
"""
OWNED = """
SELECT relname FROM pg_class WHERE relnamespace = 'audit'::regnamespace
AND pg_has_role(current_user, relowner, 'USAGE') AND relkind = 'r'
"""
POWERFUL = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper"
RIGHT = "SELECT has_table_privilege(%s, %s)"
SOURCES = """
SELECT proname, prosrc, coalesce(proconfig, '{}') FROM pg_proc
WHERE pronamespace = 'audit'::regnamespace
"""
MADE = re.compile(r"CREATE(?: OR REPLACE)? FUNCTION audit\.(\w+)\(.*?AS \$\$(.*?)\$\$", re.DOTALL)
# The caller's temporary schema comes last, or a type in it would stand in for the catalogue's.
LOOKS_UP = ["search_path=pg_catalog, pg_temp"]


def record_faults() -> int:
    """Look for faults, write an act if there are any, and give their number."""
    faults = list(find_faults())
    if faults:
        # Said twice, for a damaged trail may not take the act.
        logger.error("the trail lacks safeguards: %s", "; ".join(faults))
        log.record("shape_is_wrong", SUBJECT, faults="\n".join(faults))
    return len(faults)


def find_faults() -> Iterator[str]:
    """Name what is missing or too much, one sentence each."""
    yield from _triggers()
    yield from _rights()
    yield from _functions()


def _triggers() -> Iterator[str]:
    rows = _rows(STATE_OF_TRIGGERS, [TRIGGER])
    found = {(name, table): (state, function) for name, table, state, function in rows}
    wanted = {*TRIGGERS.items(), *((TRIGGER, table) for table in governed_tables())}
    for name, table in sorted(wanted):
        # A: fires always, also under session_replication_role = replica.
        if found.get((name, table)) != ("A", FUNCTIONS.get(name, "refuse")):
            yield f"trigger {name} on {table} is missing or does not fire always as it should"
    for name, table in sorted(found.keys() - wanted):
        yield f"trigger {name} on {table} was put there by nobody's migration"
    for table, rule in _rows(REWRITTEN):
        yield f"{rule} on audit.{table} changes what statements do"


def _rights() -> Iterator[str]:
    for (role,) in _rows(POWERFUL):
        yield f"the portal runs as {role}, a superuser"
    for (table,) in _rows(OWNED):
        yield f"the portal's role may act as the owner of audit.{table}"
    refused = [(table, right) for table in (*TABLES, *WRITTEN_BY_OTHERS) for right in FORBIDDEN]
    refused += [(table, "INSERT") for table in ("act", *WRITTEN_BY_OTHERS)]
    refused += [("act_private", right) for right in FORBIDDEN]
    for table, right in dict.fromkeys(refused):
        if _rows(RIGHT, [f"audit.{table}", right])[0][0]:
            yield f"the portal's role has {right} on audit.{table}"


def _functions() -> Iterator[str]:
    """Compare the functions with the migrations that made them."""
    known: dict[str, str] = {}
    for path in sorted(SQL_FILES.glob("*.sql")):
        known |= dict(MADE.findall(path.read_text(encoding="utf-8")))
    for name, source, settings in _rows(SOURCES):
        if known.get(name) != source or settings != LOOKS_UP:
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
