"""Which committee gets which report, and when (the report on smart cities, table 5-5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal import registry
from portal.reports import periods
from portal.reports.models import Run

RHYTHMS = {
    periods.WEEK: _("Every week"),
    periods.MONTH: _("Every month"),
    periods.QUARTER: _("Every quarter"),
}


@dataclass(frozen=True)
class Line:
    """One report of the schedule: for whom, how often, when the next one is due, the last one."""

    kind: registry.ReportKind
    rhythm: Any
    due: date
    last: Run | None


def lines(today: date) -> Iterator[Line]:
    """Yield the schedule; one query for the last report of all kinds."""
    newest = Run.objects.done().order_by("kind", "-period_start", "-edition").distinct("kind")
    last = {run.kind: run for run in newest.defer("snapshot")}
    for kind in (kind for kind in registry.report_kinds if not kind.until_now):
        due = periods.containing(today, kind.every).end
        yield Line(kind, RHYTHMS[kind.every], due, last.get(kind.key))
