"""What moderators did, half-year by half-year: counts, times, appeals. It names nobody."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import groupby
from statistics import median

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.bilingual import local
from portal.talk.models import Case, CaseState, Report, Rule

MOST_HALVES = 10
HIDING = {CaseState.HIDDEN, CaseState.APPEALED, CaseState.RESTORED, CaseState.UPHELD}
HEAD = (
    "year",
    "half",
    "reports",
    "cases",
    "hidden",
    "kept",
    "held_automatically",
    "holds_ended_undecided",
    "median_hours_to_decision",
    "appeals",
    "appeals_decided",
    "appeals_granted",
    "median_hours_to_appeal_decision",
    *(f"hidden_{rule}" for rule in Rule.values),
)


@dataclass(frozen=True)
class Half:
    """The figures of the cases opened in one half of a year."""

    year: int
    half: int
    reports: int
    cases: int
    hidden: int
    kept: int
    held: int
    holds_ended: int
    hours: float | None
    appeals: int
    appeals_decided: int
    granted: int
    appeal_hours: float | None
    by_rule: dict[str, int]

    @property
    def rules(self) -> list[tuple[str, int]]:
        """Each rule in words with the number of hidings by it."""
        return [(str(Rule(rule).label), n) for rule, n in self.by_rule.items()]

    @property
    def title(self) -> str:
        words = _("{year}, first half") if self.half == 1 else _("{year}, second half")
        return str(words).format(year=self.year)

    @property
    def granted_share(self) -> int | None:
        """Appeals granted of those decided, in per cent; nothing where none was decided."""
        return round(100 * self.granted / self.appeals_decided) if self.appeals_decided else None


def half_years() -> list[Half]:
    """The last ten half-years with cases, the newest first; the running one is among them."""
    today = timezone.localdate()
    since = date(today.year - MOST_HALVES // 2, 1, 1)
    found = Case.objects.filter(opened_at__date__gte=since).order_by("opened_at")
    reports = Report.objects.filter(case__opened_at__date__gte=since).values_list("case", flat=True)
    by_case: dict[int, int] = {}
    for case_id in reports:
        by_case[case_id] = by_case.get(case_id, 0) + 1
    halves = [
        _sum(year, half, list(cases), by_case)
        for (year, half), cases in groupby(found, key=_half_of)
    ]
    return halves[::-1][:MOST_HALVES]


def as_csv() -> str:
    """The figures as CSV with one line per half-year; headings are names for programs."""
    kept = StringIO()
    writer = csv.writer(kept)
    writer.writerow(HEAD)
    writer.writerows(rows())
    return kept.getvalue()


def rows() -> Iterable[tuple[object, ...]]:
    """The figures in the order of ``HEAD``."""
    for h in half_years():
        yield (
            *(h.year, h.half, h.reports, h.cases, h.hidden, h.kept, h.held, h.holds_ended),
            *(h.hours, h.appeals, h.appeals_decided, h.granted, h.appeal_hours),
            *h.by_rule.values(),
        )


def _half_of(case: Case) -> tuple[int, int]:
    day = local(case.opened_at)
    return day.year, 1 if day.month <= 6 else 2  # noqa: PLR2004  June ends the first half


def _sum(year: int, half: int, cases: list[Case], reports: dict[int, int]) -> Half:
    hidden = [c for c in cases if c.state in HIDING]
    return Half(
        year=year,
        half=half,
        reports=sum(reports.get(c.pk, 0) for c in cases),
        cases=len(cases),
        hidden=len(hidden),
        kept=sum(c.state == CaseState.KEPT for c in cases),
        held=sum(c.held_at is not None for c in cases),
        holds_ended=sum(c.hold_ended_at is not None for c in cases),
        hours=_hours((c.opened_at, c.decided_at) for c in cases),
        appeals=sum(c.appealed_at is not None for c in cases),
        appeals_decided=sum(c.appeal_decided_at is not None for c in cases),
        granted=sum(c.state == CaseState.RESTORED for c in cases),
        appeal_hours=_hours((c.appealed_at, c.appeal_decided_at) for c in cases),
        by_rule={rule: sum(c.rule == rule for c in hidden) for rule in Rule.values},
    )


def _hours(spans: Iterable[tuple[object, object]]) -> float | None:
    """The median length of the spans that have ended, in hours."""
    lengths = [(b - a).total_seconds() / 3600 for a, b in spans if a and b]  # type: ignore[operator]
    return round(median(lengths), 1) if lengths else None
