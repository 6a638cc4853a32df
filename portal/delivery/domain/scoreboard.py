"""How the departments answer: open, due, late, in time, accepted, rated; never a ranking.

Only public proposals count, each for the department that is in charge of it now. The figures are
sums of tallies, which ``tallies`` keeps: they cost the same with a thousand proposals or a million.
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

KEPT_SECONDS = 60
PERCENT = 100

# Months lie wholly in or outside a span; what is owed stands under the day on which it is due.
# The median is read from how many answers took how many days, so it is exact.
TABLE = """
WITH span AS (
  SELECT * FROM unnest(%(keys)s::text[], %(starts)s::date[], %(ends)s::date[])
    AS span (key, starts, ends)),
placed AS (
  SELECT span.key, tally.* FROM delivery_tally tally
    JOIN span ON day >= starts AND day < ends WHERE n <> 0),
counted AS (
  SELECT key, department_id,
         sum(n) FILTER (WHERE measure IN ('due', 'open', 'stopped')) AS due,
         sum(n) FILTER (WHERE measure = 'due'
           OR (measure IN ('open', 'stopped') AND day < %(today)s)) AS came_due,
         sum(n) FILTER (WHERE measure = 'in_time') AS in_time,
         sum(n) FILTER (WHERE measure = 'answered') AS answered,
         sum(n) FILTER (WHERE measure = 'decided') AS decided,
         sum(n) FILTER (WHERE measure = 'accepted') AS accepted,
         sum(n) FILTER (WHERE measure = 'reopened') AS reopened,
         sum(n) FILTER (WHERE measure = 'marks') AS marks,
         sum(n) FILTER (WHERE measure = 'marked') AS marked
    FROM placed GROUP BY GROUPING SETS ((key, department_id), (key))),
spread AS (
  SELECT key, department_id, took,
         sum(sum(n)) OVER (PARTITION BY key, department_id ORDER BY took) AS upto,
         sum(sum(n)) OVER (PARTITION BY key, department_id) AS many
    FROM placed WHERE measure = 'took'
   GROUP BY GROUPING SETS ((key, department_id, took), (key, took))),
middle AS (
  SELECT key, department_id,
         (min(took) FILTER (WHERE 2 * upto >= many) + min(took) FILTER (WHERE 2 * upto > many))
           / 2.0 AS median_days
    FROM spread GROUP BY key, department_id),
owed AS (
  SELECT department_id, sum(n) AS open,
         sum(n) FILTER (WHERE measure = 'open' AND day < %(today)s) AS overdue
    FROM delivery_tally WHERE measure IN ('open', 'stopped') AND n <> 0
   GROUP BY GROUPING SETS ((department_id), ())),
rows AS (
  SELECT key, department_id FROM counted
  UNION SELECT key, department_id FROM owed CROSS JOIN span WHERE open > 0)
SELECT r.key, coalesce(d.code, ''), coalesce(d.name_ko, ''), coalesce(d.name_en, ''),
       coalesce(o.open, 0)::bigint, coalesce(o.overdue, 0)::bigint, coalesce(c.due, 0)::bigint,
       coalesce(c.came_due, 0)::bigint, coalesce(c.in_time, 0)::bigint,
       coalesce(c.answered, 0)::bigint, m.median_days::float, coalesce(c.decided, 0)::bigint,
       coalesce(c.accepted, 0)::bigint, coalesce(c.reopened, 0)::bigint,
       coalesce(c.marks, 0)::bigint, coalesce(c.marked, 0)::bigint
  FROM rows r
  LEFT JOIN accounts_department d ON d.id = r.department_id
  LEFT JOIN counted c ON c.key = r.key AND c.department_id IS NOT DISTINCT FROM r.department_id
  LEFT JOIN middle m ON m.key = r.key AND m.department_id IS NOT DISTINCT FROM r.department_id
  LEFT JOIN owed o ON o.department_id IS NOT DISTINCT FROM r.department_id
 ORDER BY d.code NULLS LAST, r.key
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
