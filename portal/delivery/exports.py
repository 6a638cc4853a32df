"""The scoreboard as open data: one row for each department and month."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.delivery.domain import scoreboard, spans
from portal.delivery.domain.scoreboard import Figures
from portal.delivery.domain.spans import Span
from portal.registry import Column, OpenDataExport

MONTHS_BACK = 24
COLUMNS = (
    Column("period", "text", _("The period: a month, quarter or year")),
    Column("department_code", "text", _("Code of the department; empty for the whole city")),
    Column("department_ko", "text", _("Its Korean name")),
    Column("department_en", "text", _("Its English name")),
    Column("due", "integer", _("Answers whose due date lies in the period")),
    Column("came_due", "integer", _("Of these: due date passed, or answered")),
    Column("in_time", "integer", _("Of those that came due: answered on the due date or before")),
    Column("answered", "integer", _("Answers given in the period")),
    Column(
        "median_days",
        "number",
        _("Median of calendar days from the start of the clock to the answer; empty below five"),
    ),
    Column("decided", "integer", _("Of the answers given: those that decided")),
    Column("accepted", "integer", _("Of those that decided: adopted, wholly or in part")),
    Column("reopened", "integer", _("Re-examinations asked for in the period")),
    Column("ratings", "integer", _("People who rated the answers given in the period")),
    Column("rating_mean", "number", _("Mean of their ratings from 1 to 5; empty below five")),
)
NOW_COLUMNS = (
    Column("open", "integer", _("Answers owed now")),
    Column("overdue", "integer", _("Of the answers owed now: the due date has passed")),
)


def as_row(row: Figures) -> tuple[Any, ...]:
    """The figures in the order of ``COLUMNS``."""
    return (
        row.key,
        row.code,
        row.name_ko,
        row.name_en,
        row.due,
        row.came_due,
        row.in_time_count,
        row.answered,
        row.median_days,
        row.decided,
        row.accepted_count,
        row.reopened,
        row.marks,
        row.satisfaction,
    )


def as_mapping(row: Figures) -> dict[str, Any]:
    """The figures by the names of their columns, with what is owed now."""
    names = [column.name for column in COLUMNS]
    known = dict(zip(names, as_row(row), strict=True))
    return {**known, "open": row.open, "overdue": row.overdue}


def answer_for(span: Span) -> dict[str, Any]:
    """The figures of ``span`` and of the one before, and the rule of each column."""
    lines = scoreboard.of(span)
    return {
        "period": span.key,
        "from": span.start,
        "until": span.last_day,
        "before": span.previous().key,
        "columns": {column.name: str(column.meaning) for column in (*COLUMNS, *NOW_COLUMNS)},
        "rows": [as_mapping(line.now) for line in lines],
        "rows_before": [as_mapping(line.before) for line in lines],
    }


def rows() -> Iterator[tuple[Any, ...]]:
    """The last two years, month by month; the month that runs is among them."""
    this_month = spans.month_of(timezone.localdate())
    for row in scoreboard.figures(list(spans.back_from(this_month, MONTHS_BACK))):
        yield as_row(row)


EXPORT = OpenDataExport(
    key="scoreboard",
    title=_("How the departments answer"),
    text=_("Answers owed, given, in time and rated, by department and month."),
    columns=COLUMNS,
    rows=rows,
    order=60,
)
