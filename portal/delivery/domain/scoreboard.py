"""How the departments answer: open, due, late, in time, accepted, rated; never a ranking.

Only public proposals count, each for the department that is in charge of it now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.bilingual import in_korean
from portal.delivery.domain.marks import mean_of
from portal.delivery.domain.spans import Span
from portal.keeping import kept
from portal.proposals.models import DECIDED_STATES, WAITING_STATES, ProposalState

KEPT_SECONDS = 60
PERCENT = 100

# A referral answers too: the department has done its part on the day on which it refers.
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
   WHERE p.visibility = 'public'
   GROUP BY GROUPING SETS ((span.key, p.department_id), (span.key)))
SELECT c.key, coalesce(d.code, ''), coalesce(d.name_ko, ''), coalesce(d.name_en, ''),
       c.open, c.overdue, c.due, c.came_due, c.in_time, c.answered, c.median_days,
       c.decided, c.accepted, coalesce(r.n, 0), c.marks, c.marked
  FROM counted c
  LEFT JOIN accounts_department d ON d.id = c.department_id
  LEFT JOIN reopened r ON r.key = c.key AND r.department_id IS NOT DISTINCT FROM c.department_id
 ORDER BY d.code NULLS LAST, c.key
"""


@dataclass(frozen=True)
class Share:
    """So many of so many; the percentage only where there are enough of them to tell it."""

    n: int
    of: int

    @property
    def percent(self) -> int | None:
        if self.of < settings.FEWEST_FOR_A_SHARE:
            return None
        return round(PERCENT * self.n / self.of)


@dataclass(frozen=True)
class Figures:
    """One department in one span; without a code: the whole city."""

    key: str
    code: str
    name_ko: str
    name_en: str
    open: int = 0
    overdue: int = 0
    due: int = 0
    came_due: int = 0
    in_time_count: int = 0
    answered: int = 0
    exact_median: float | None = None
    decided: int = 0
    accepted_count: int = 0
    reopened: int = 0
    marks: int = 0
    marked: int = 0

    @property
    def name(self) -> str:
        return self.name_ko if in_korean() or not self.name_en else self.name_en

    @property
    def in_time(self) -> Share:
        return Share(self.in_time_count, self.came_due)

    @property
    def accepted(self) -> Share:
        return Share(self.accepted_count, self.decided)

    @property
    def median_days(self) -> float | None:
        """Days, to one decimal, where enough answers were given to tell a median."""
        enough = self.answered >= settings.FEWEST_FOR_A_SHARE
        return round(self.exact_median, 1) if enough and self.exact_median is not None else None

    @property
    def satisfaction(self) -> float | None:
        return mean_of(self.marked, self.marks)


@dataclass(frozen=True)
class Line:
    """A row of the scoreboard: a department now and in the span before."""

    now: Figures
    before: Figures


@kept(KEPT_SECONDS, by=lambda span: span.key)
def of(span: Span) -> list[Line]:
    """The lines of the departments that have figures, by their code, the whole city last."""
    earlier = span.previous()
    found = {(row.code, row.key): row for row in figures([span, earlier])}
    names = {row.code: row for row in found.values()}
    return [
        Line(
            found.get((code, span.key)) or _nothing(row, span),
            found.get((code, earlier.key)) or _nothing(row, earlier),
        )
        for code, row in names.items()
    ]


def figures(spans: Sequence[Span]) -> list[Figures]:
    """The figures of every department and of the city in each span: one query."""
    given: dict[str, Any] = {
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


def _nothing(row: Figures, span: Span) -> Figures:
    return Figures(span.key, row.code, row.name_ko, row.name_en)
