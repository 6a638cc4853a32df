"""The database alone: pages by keyset, counts, and supports under pgbench."""

import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

SECONDS = 4
ROUNDS = 13
CLIENTS = 8
PAGE = """
PREPARE page (timestamptz, bigint) AS
SELECT p.id, p.title, s.support_count FROM proposals_proposalstat s
  JOIN proposals_proposal p ON p.id = s.proposal_id JOIN accounts_user u ON u.id = p.author_id
 WHERE (s.published_at, s.proposal_id) < ($1, $2)
 ORDER BY s.published_at DESC, s.proposal_id DESC LIMIT 21
"""
TURN_PAGE = "EXECUTE page (%s, %s)"
LIVE = """
SELECT district_id, area_id, state, count(*) FROM proposals_proposalstat
 GROUP BY GROUPING SETS ((district_id), (area_id), (state), ())
"""
KEPT = """
SELECT district_id, area_id, state, sum(n) FROM proposals_proposalcount
 GROUP BY GROUPING SETS ((district_id), (area_id), (state), ())
"""
BARE = "INSERT INTO {table} (proposal_id, person_id) VALUES (:proposal, :person) ON CONFLICT DO NOTHING;\n"
# What the portal fills in for the parts of its own statement that are the same for all.
FILLED_IN = {
    "proposal": ":proposal",
    "person": ":person",
    "channel": "'web'",
    "open": "'{submitted,answer_due,adopted,not_adopted}'",
    "levels": "'{resident}'",
}
# Each client has people of its own, so that every click is a new support; when they are used up,
# all go on to the next proposal.
HOT = """\\set u :u + 1
\\set share :people / 8
\\set person :first + :client_id * :share + :u % :share
\\set proposal :hot + :u / :share
"""
SPREAD = """\\set person :first + random(0, :people - 1)
\\set proposal :hot + random(1, :many)
"""


def click(statement: str) -> str:
    """The portal's own click for pgbench."""
    return f"{' '.join((statement % FILLED_IN).split())};\n"


def p50(connection: Any, sql: str, parameters: Any = (), *, times: int = 60) -> float:
    """The median time of a query, in milliseconds."""
    return p50_in_turn(connection, [(sql, parameters)], times=times)[0]


def p50_in_turn(connection: Any, asked: list[tuple[str, Any]], *, times: int = 1000) -> list[float]:
    """The median time of each of some queries that take turns, in milliseconds."""
    found: list[list[float]] = [[] for _query in asked]
    with connection.cursor() as cursor:
        for _time in range(times):
            for times_of_one, (sql, parameters) in zip(found, asked, strict=True):
                began = time.perf_counter()
                cursor.execute(sql, parameters)
                cursor.fetchall()
                times_of_one.append((time.perf_counter() - began) * 1000)
    return [statistics.median(times_of_one) for times_of_one in found]


def place_at(connection: Any, depth: int) -> tuple[Any, Any]:
    """The key of the row at ``depth`` in the newest-first order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT published_at, proposal_id FROM proposals_proposalstat "
            "ORDER BY published_at DESC, proposal_id DESC OFFSET %s LIMIT 1",
            [depth],
        )
        return cursor.fetchone()


def pgbench(pgbench_program: str, dsn: str, script: str, facts: dict[str, int]) -> float:
    """Transactions per second of ``script`` under eight clients."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql", delete=False) as file:
        file.write(script)
    defines = [word for name, value in facts.items() for word in ("-D", f"{name}={value}")]
    done = subprocess.run(
        [
            pgbench_program,
            "-n",
            "-M",
            "prepared",
            "-c",
            str(CLIENTS),
            "-j",
            "2",
            "-T",
            str(SECONDS),
            "-f",
            file.name,
            *defines,
            "-D",
            "u=0",
            dsn,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(file.name).unlink()
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])
