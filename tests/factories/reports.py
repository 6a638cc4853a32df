"""The plainest valid rows of the reports, and a report to make them from."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from portal import registry
from portal.audit.domain import log
from portal.reports import periods
from portal.reports.models import Run, RunState

KIND = "test-month"
TITLE = "시험 보고서 📮 “따옴표”"
EMOJI = "주차장 🅿️📮 늘리기 =1+1"
FIGURES = [
    ["=시민 제안", 1966, Decimal("10.6"), Decimal("-2.50"), date(2026, 10, 3)],
    [EMOJI, 0, None, Decimal("23.7"), None],
    ["세 번째\n줄", 12345678901234567890, Decimal("0.1"), Decimal(100), date(2026, 10, 31)],
]


def snapshot(start, end):
    """Figures of every type, with names that trouble file formats."""
    columns = [
        {"key": "name", "title": "이름", "type": "text"},
        {"key": "count", "title": "건수", "type": "integer", "unit": "건"},
        {"key": "share", "title": "비율", "type": "percent", "unit": "%"},
        {"key": "change", "title": "변화", "type": "decimal"},
        {"key": "day", "title": "날짜", "type": "date"},
    ]
    return {
        "sections": [
            {
                "key": "proposals",
                "title": "제안: 상태별 [전체]",
                "table": {"columns": columns, "rows": FIGURES},
                "note": "표본입니다.",
            },
            {"key": "labs", "title": "리빙랩", "table": {"columns": columns[:2], "rows": []}},
        ]
    }


def kind(**changes):
    """A monthly report that no app of the portal has."""
    values = {
        "key": KIND,
        "title": TITLE,
        "every": periods.MONTH,
        "body": "모니터링 위원회",
        "snapshot": snapshot,
    }
    return registry.ReportKind(**(values | changes))


def this_month():
    """The month that has not ended yet."""
    return periods.containing(timezone.localdate(), periods.MONTH)


def a_run(period="2026-10", state=RunState.QUEUED, **fields):
    """A run in ``state`` (not published: that takes files)."""
    span = periods.parse(period, periods.MONTH)
    values = {
        "kind": KIND,
        "period": span.key,
        "period_start": span.start,
        "period_end": span.end,
        "error": "It did not work." if state == RunState.FAILED else "",
    }
    run = Run.objects.create(state=state, **(values | fields))
    log.record("staged", run, by=None)
    return run
