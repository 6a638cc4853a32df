"""The scoreboard counted from the proposals themselves: what the tallies must give."""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.delivery.domain.scoreboard import Figures
from portal.proposals.models import DECIDED_STATES, WAITING_STATES, ProposalState

TABLE = """
WITH duty AS MATERIALIZED (
  SELECT p.department_id, p.state, p.due_on, p.clock_started_on,
         p.state = ANY(%(waiting)s) AS is_open,
         CASE WHEN p.state <> ALL(%(waiting)s) THEN
           (coalesce(a.published_at,
                     CASE WHEN p.state = %(referred)s THEN p.state_since ELSE p.decided_at END)
            AT TIME ZONE %(zone)s)::date END AS answered_on,
         coalesce(m.n, 0) AS marks, coalesce(m.total, 0) AS marked
    FROM proposals_proposal p
    LEFT JOIN proposals_answer a
      ON a.proposal_id = p.id AND a.round = p.round AND a.state = 'published'
    LEFT JOIN delivery_marksum m ON m.proposal_id = p.id AND m.kind = 'answer'
   WHERE p.visibility = 'public' AND p.department_id IS NOT NULL AND p.due_on IS NOT NULL
     AND p.state = ANY(%(counted)s)),
span AS (
  SELECT * FROM unnest(%(keys)s::text[], %(starts)s::date[], %(ends)s::date[])
    AS span (key, starts, ends)),
placed AS (
  SELECT duty.*, span.key,
         due_on >= starts AND due_on < ends AS falls_due,
         coalesce(answered_on >= starts AND answered_on < ends, false) AS is_answered
    FROM duty JOIN span
      ON is_open OR (due_on >= starts AND due_on < ends)
         OR (answered_on >= starts AND answered_on < ends)),
counted AS (
  SELECT key, department_id,
         count(*) FILTER (WHERE is_open) AS open,
         count(*) FILTER (WHERE is_open AND state <> %(stopped)s AND due_on < %(today)s) AS overdue,
         count(*) FILTER (WHERE falls_due) AS due,
         count(*) FILTER (WHERE falls_due AND (NOT is_open OR due_on < %(today)s)) AS came_due,
         count(*) FILTER (WHERE falls_due AND answered_on <= due_on) AS in_time,
         count(*) FILTER (WHERE is_answered) AS answered,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_on - clock_started_on)
           FILTER (WHERE is_answered) AS median_days,
         count(*) FILTER (WHERE is_answered AND state = ANY(%(decided)s)) AS decided,
         count(*) FILTER (WHERE is_answered AND state = %(adopted)s) AS accepted,
         coalesce(sum(marks) FILTER (WHERE is_answered), 0) AS marks,
         coalesce(sum(marked) FILTER (WHERE is_answered), 0) AS marked
    FROM placed GROUP BY GROUPING SETS ((key, department_id), (key))),
reopened AS (
  SELECT span.key, p.department_id, count(*) AS n
    FROM proposals_reexamination r JOIN proposals_proposal p ON p.id = r.proposal_id
    JOIN span ON (r.asked_at AT TIME ZONE %(zone)s)::date >= starts
             AND (r.asked_at AT TIME ZONE %(zone)s)::date < ends
   WHERE p.visibility = 'public' AND p.department_id IS NOT NULL
   GROUP BY GROUPING SETS ((span.key, p.department_id), (span.key)))
SELECT c.key, coalesce(d.code, ''), coalesce(d.name_ko, ''), coalesce(d.name_en, ''),
       c.open, c.overdue, c.due, c.came_due, c.in_time, c.answered, c.median_days,
       c.decided, c.accepted, coalesce(r.n, 0), c.marks, c.marked
  FROM counted c
  LEFT JOIN accounts_department d ON d.id = c.department_id
  LEFT JOIN reopened r ON r.key = c.key AND r.department_id IS NOT DISTINCT FROM c.department_id
 ORDER BY d.code NULLS LAST, c.key
"""


def figures(spans):
    """The figures of ``scoreboard.figures``, without a tally."""
    given = {
        "waiting": list(WAITING_STATES),
        "decided": list(DECIDED_STATES),
        "counted": [*WAITING_STATES, *DECIDED_STATES, ProposalState.REFERRED],
        "referred": ProposalState.REFERRED,
        "stopped": ProposalState.SUPPLEMENT,
        "adopted": ProposalState.ADOPTED,
        "zone": settings.TIME_ZONE,
        "today": timezone.localdate(),
        "keys": [span.key for span in spans],
        "starts": [span.start for span in spans],
        "ends": [span.end for span in spans],
    }
    with connection.cursor() as cursor:
        cursor.execute(TABLE, given)
        return [Figures(*row) for row in cursor.fetchall()]
