"""The tallies of the scoreboard: moved when a proposal moves, and counted anew every night.

The database notes each proposal of which something moves that the scoreboard counts
(``TallyWait``). A worker takes these notes, takes away what the proposal added so far
(``TallyPart``) and adds what it adds now. Nobody who writes waits for the tallies, and they are
whole numbers that can be counted anew at any time: ``check`` does, and mends what differs.
"""

import logging
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from portal.proposals.models import DECIDED_STATES, WAITING_STATES, ProposalState

logger = logging.getLogger(__name__)

LOCK = 0x7A111E5
MOST_AT_ONCE = 5_000
SHOWN = 20

# What each proposal adds. Only public ones count, each for the department in charge of it now; a
# referral answers too: the department has done its part on the day on which it refers.
COUNTED = """
SELECT p.id AS proposal_id, p.department_id,
       CASE WHEN NOT counts.it THEN '' WHEN p.state = %(stopped)s THEN 'stopped'
            WHEN p.state = ANY(%(waiting)s) THEN 'open' ELSE 'answered' END AS standing,
       CASE WHEN counts.it THEN p.due_on END AS due_on,
       answered.day AS answered_on, answered.day - p.clock_started_on AS took,
       p.state = ANY(%(decided)s) AS is_decided, p.state = %(adopted)s AS is_accepted,
       coalesce(m.n, 0) AS marks, coalesce(m.total, 0) AS marked, again.days AS reopened_on
  FROM proposals_proposal p
 CROSS JOIN LATERAL (SELECT p.due_on IS NOT NULL AND p.state = ANY(%(counted)s) AS it) counts
  LEFT JOIN proposals_answer a
    ON a.proposal_id = p.id AND a.round = p.round AND a.state = 'published'
  LEFT JOIN delivery_marksum m ON m.proposal_id = p.id AND m.kind = 'answer'
 CROSS JOIN LATERAL (SELECT CASE WHEN counts.it AND p.state <> ALL(%(waiting)s) THEN
       (coalesce(a.published_at,
                 CASE WHEN p.state = %(referred)s THEN p.state_since ELSE p.decided_at END)
        AT TIME ZONE %(zone)s)::date END AS day) answered
 CROSS JOIN LATERAL (
       SELECT coalesce(array_agg((r.asked_at AT TIME ZONE %(zone)s)::date ORDER BY r.asked_at),
                       '{}') AS days
         FROM proposals_reexamination r WHERE r.proposal_id = p.id) again
 WHERE p.visibility = 'public' AND p.department_id IS NOT NULL
   AND (counts.it OR cardinality(again.days) > 0)
"""
OF_THESE = " AND p.id = ANY(%(moved)s)"

# From what proposals add to rows of tallies.
ADDED = """
SELECT score.day, part.department_id, score.measure, score.took, sum(score.n) AS n
  FROM delivery_tallypart part CROSS JOIN LATERAL (
    SELECT standing, due_on, 0, 1 WHERE standing IN ('open', 'stopped')
    UNION ALL SELECT 'reopened', date_trunc('month', day)::date, 0, 1 FROM unnest(reopened_on) day
    UNION ALL SELECT measure, date_trunc('month', day)::date, took, n FROM (VALUES
      ('due', due_on, 0, 1), ('in_time', due_on, 0, (answered_on <= due_on)::int),
      ('answered', answered_on, 0, 1), ('took', answered_on, part.took, 1),
      ('decided', answered_on, 0, is_decided::int), ('accepted', answered_on, 0, is_accepted::int),
      ('marks', answered_on, 0, marks), ('marked', answered_on, 0, marked)
    ) AS kinds (measure, day, took, n)
     WHERE standing = 'answered' AND day IS NOT NULL AND took IS NOT NULL AND n <> 0
  ) AS score (measure, day, took, n)
"""
SAME_ROW = "GROUP BY 1, 2, 3, 4"

TAKE = """
DELETE FROM delivery_tallywait WHERE ctid = ANY(ARRAY(
  SELECT ctid FROM delivery_tallywait LIMIT %s)) RETURNING proposal_id
"""
MOVE = f"""
INSERT INTO delivery_tally (day, department_id, measure, took, n)
SELECT day, department_id, measure, took, %(sign)s * n
  FROM ({ADDED} WHERE part.proposal_id = ANY(%(moved)s) {SAME_ROW}) added
    ON CONFLICT (day, department_id, measure, took) DO UPDATE SET n = delivery_tally.n + excluded.n
"""  # noqa: S608  made of constants alone
FORGET = "DELETE FROM delivery_tallypart WHERE proposal_id = ANY(%(moved)s)"
KEEP = f"INSERT INTO delivery_tallypart {COUNTED} {OF_THESE}"

# What has moved and still waits differs rightly: one snapshot shows both.
STRAYED = f"""
WITH counted AS ({COUNTED})
SELECT DISTINCT proposal_id FROM (
  (SELECT * FROM counted EXCEPT SELECT * FROM delivery_tallypart)
  UNION ALL (SELECT * FROM delivery_tallypart EXCEPT SELECT * FROM counted)) differing
 WHERE proposal_id NOT IN (SELECT proposal_id FROM delivery_tallywait) ORDER BY 1
"""  # noqa: S608  made of constants alone
MEND = f"""
WITH differing AS (
  SELECT day, department_id, measure, took, coalesce(added.n, 0) AS n
    FROM delivery_tally kept
    FULL JOIN ({ADDED} {SAME_ROW}) added USING (day, department_id, measure, took)
   WHERE coalesce(kept.n, 0) <> coalesce(added.n, 0)),
mended AS (
  INSERT INTO delivery_tally (day, department_id, measure, took, n) SELECT * FROM differing
      ON CONFLICT (day, department_id, measure, took) DO UPDATE SET n = excluded.n)
SELECT count(*) FROM differing
"""  # noqa: S608  made of constants alone
SWEEP = "DELETE FROM delivery_tally WHERE n = 0"


class Drift(NamedTuple):
    """What a check has found and mended: proposals counted wrongly, and tallies that were off."""

    proposals: list[int]
    tallies: int

    @property
    def found(self) -> int:
        return len(self.proposals) + self.tallies

    def __str__(self) -> str:
        shown = ", ".join(map(str, self.proposals[:SHOWN]))
        more = ", …" if len(self.proposals) > SHOWN else ""
        return f"{self.tallies} tallies, {len(self.proposals)} proposals ({shown}{more})"


def follow() -> int:
    """Count what has moved into the tallies; return how many proposals that were.

    One worker at a time; another one finds nothing to do.
    """
    followed = 0
    while moved := _follow_some():
        followed += moved
    return followed


@transaction.atomic
def check() -> Drift:
    """Count everything anew, mend what differs from it and tell of it in the log.

    Reads all proposals once: some seconds for a million. Those that moved meanwhile are left to
    ``follow``. Nobody who writes waits for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(MEND)
        tallies = cursor.fetchone()[0]
        cursor.execute(STRAYED, _facts())
        drift = Drift([row[0] for row in cursor.fetchall()], tallies)
        _count(cursor, drift.proposals)
        cursor.execute(SWEEP)
    if drift.found:
        logger.error("the scoreboard's tallies had drifted and were mended: %s", drift)
    return drift


@transaction.atomic
def _follow_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(TAKE, [MOST_AT_ONCE])
        moved = sorted({row[0] for row in cursor.fetchall()})
        _count(cursor, moved)
        return len(moved)


def _count(cursor: Any, moved: list[int]) -> None:
    """Take away what these proposals added, and add what they add now."""
    if not moved:
        return
    facts = _facts() | {"moved": moved}
    for statement, sign in ((MOVE, -1), (FORGET, 0), (KEEP, 0), (MOVE, 1)):
        cursor.execute(statement, facts | {"sign": sign})


def _facts() -> dict[str, Any]:
    return {
        "waiting": list(WAITING_STATES),
        "decided": list(DECIDED_STATES),
        "counted": [*WAITING_STATES, *DECIDED_STATES, ProposalState.REFERRED],
        "referred": ProposalState.REFERRED,
        "stopped": ProposalState.SUPPLEMENT,
        "adopted": ProposalState.ADOPTED,
        "zone": settings.TIME_ZONE,
    }
