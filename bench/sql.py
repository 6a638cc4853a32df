"""The database alone: pages by keyset, counts, and supports under pgbench."""

import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

SECONDS = 4
ROUNDS = 3
CLIENTS = 8
PAGE = """
SELECT p.id, p.title, s.support_count FROM proposals_proposalstat s
  JOIN proposals_proposal p ON p.id = s.proposal_id JOIN accounts_user u ON u.id = p.author_id
 WHERE (s.published_at, s.proposal_id) < (%s, %s)
 ORDER BY s.published_at DESC, s.proposal_id DESC LIMIT 21
"""
LIVE = """
SELECT district_id, area_id, state, count(*) FROM proposals_proposalstat
 GROUP BY GROUPING SETS ((district_id), (area_id), (state), ())
"""
KEPT = """
SELECT district_id, area_id, state, sum(n) FROM proposals_proposalcount
 GROUP BY GROUPING SETS ((district_id), (area_id), (state), ())
"""
BARE = "INSERT INTO {table} (proposal_id, person_id) VALUES (:proposal, :person) ON CONFLICT DO NOTHING;\n"
CLICK = """
WITH found AS MATERIALIZED (
  SELECT proposal_id, state FROM proposals_proposalstat WHERE proposal_id = :proposal),
known AS MATERIALIZED (
  SELECT level, person_hash FROM identity_verification
   WHERE user_id = :person AND ended_at IS NULL AND expires_at > now()),
added AS (
  INSERT INTO {table} (proposal_id, person_id, level, person_hash, channel)
  SELECT found.proposal_id, :person, coalesce(known.level, 'email'), known.person_hash, 'web'
    FROM found LEFT JOIN known ON true
   WHERE found.state = ANY('{{submitted,answer_due,adopted,not_adopted}}')
     AND coalesce(known.level, 'email') = ANY('{{resident}}')
  ON CONFLICT DO NOTHING RETURNING proposal_id, person_id)
INSERT INTO proposals_supportclick (proposal_id, person_id, change)
SELECT proposal_id, person_id, 1 FROM added;
"""
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


def p50(connection: Any, sql: str, parameters: Any = (), *, times: int = 60) -> float:
    """The median time of a query, in milliseconds."""
    found = []
    with connection.cursor() as cursor:
        for _time in range(times):
            began = time.perf_counter()
            cursor.execute(sql, parameters)
            cursor.fetchall()
            found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


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
