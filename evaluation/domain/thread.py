"""What the evaluation adds to the thread of a proposal: what its labs came to, and the reports."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluation.models import Measurement
from governance.models import Motion
from portal.audit.domain import log
from portal.proposals.domain.traces import lacks
from portal.registry import Subject, ThreadSource, Upcoming
from portal.reports import periods
from portal.reports.models import Run

MOST = 100
REPORT = "monitoring-month"


def subjects(proposal: Any) -> dict[str, Subject]:
    """Name the measurements of the labs of ``proposal``."""
    if lacks(proposal, Motion):
        return {}
    found = Measurement.objects.of_proposal(proposal).select_related("indicator").order_by("pk")
    return {
        log.subject_key(measurement): Subject(
            _("Indicator: {name}").format(name=measurement.indicator.name),
            measurement.get_absolute_url(),
            group="measurements",
        )
        for measurement in found[:MOST]
    }


def upcoming(proposal: Any) -> list[Upcoming]:
    """Say how many measurements wait for verification."""
    if lacks(proposal, Motion):
        return []
    waiting = Measurement.objects.of_proposal(proposal).unverified().count()
    if not waiting:
        return []
    words = _("Verification of measurements by somebody independent: {n} to go")
    return [Upcoming(words.format(n=waiting))]


def reports(proposal: Any) -> dict[str, Subject]:
    """Name the monthly reports on the months in which something was recorded or verified."""
    if lacks(proposal, Motion):
        return {}
    months = [month.start for month in _months(proposal)]
    found = Run.objects.of_kind(REPORT).done().filter(period_start__in=months).defer("snapshot")
    return {
        log.subject_key(run): Subject(f"{run.title}, {run.span.label}", run.get_absolute_url())
        for run in found
    }


def coming_report(proposal: Any) -> list[Upcoming]:
    """Say from when on a report tells what was measured this month."""
    if lacks(proposal, Motion):
        return []
    now = periods.containing(timezone.localdate(), periods.MONTH)
    if now not in _months(proposal):
        return []
    words = _("The monthly monitoring report tells what was measured")
    return [Upcoming(words, now.end, reverse("reports:list"))]


def _months(proposal: Any) -> set[periods.Period]:
    found = Measurement.objects.of_proposal(proposal).order_by("pk")
    moments = found.values_list("recorded_at", "verified_at")[:MOST]
    days = {timezone.localdate(moment) for pair in moments for moment in pair if moment}
    return {periods.containing(day, periods.MONTH) for day in days}


SOURCES = [
    ThreadSource(
        key="evaluation",
        subjects=subjects,
        upcoming=upcoming,
        order=60,
        stage=pgettext_lazy("stage of the street", "Results"),
    ),
    ThreadSource(
        key="evaluation-reports",
        subjects=reports,
        upcoming=coming_report,
        order=70,
        stage=gettext_lazy("Reported"),
    ),
]
