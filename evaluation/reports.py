"""What the monitoring reports contain, and who gets them (table 5-5).

Every figure is a count over rows that anyone can open in the portal; shares stand
beside the counts that they come from.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluation.domain import sections
from evaluation.domain.headlines import at_a_glance
from governance.models import Seat
from portal.accounts.models import Role, User
from portal.registry import ReportKind
from portal.reports.periods import DAY, MONTH, QUARTER, WEEK

Section = Callable[[date, date], dict[str, Any]]

WEEKLY: list[Section] = [
    sections.proposals_by_state,
    sections.answers_by_department,
    sections.labs_by_stage,
    sections.unverified,
]
MONTHLY: list[Section] = [
    sections.proposals_by_state,
    sections.answers_by_department,
    sections.motions_decided,
    sections.labs_by_stage,
    sections.datasets_published,
    sections.measurements,
    sections.printed_otherwise,
    sections.unverified,
    sections.not_reported,
]


def content(parts: list[Section]) -> Callable[[date, date], dict[str, Any]]:
    """Make a report's snapshot of ``parts``, the sums of them first."""

    def taken(start: date, end: date) -> dict[str, Any]:
        found = [part(start, end) for part in parts]
        return {"sections": [at_a_glance(found), *found]}

    return taken


def readers(body: str) -> Callable[[], Iterable[User]]:
    """Who is told: the members who sit in a council of kind ``body``, and the auditors."""

    def found() -> Iterable[User]:
        members = Seat.objects.current().filter(council__body__code=body).values("member")
        auditing = Q(appointments__role=Role.AUDITOR, appointments__revoked_at=None)
        return User.objects.filter(Q(pk__in=members) | auditing, is_active=True).distinct()

    return found


KINDS = [
    ReportKind(
        key="activity-week",
        title=_("Weekly progress report"),
        every=WEEK,
        body=_("Activity committee"),
        snapshot=content(WEEKLY),
        recipients=readers("activity"),
    ),
    ReportKind(
        key="monitoring-month",
        title=_("Monthly monitoring report"),
        every=MONTH,
        body=_("Monitoring committee"),
        snapshot=content(MONTHLY),
        recipients=readers("monitoring"),
    ),
    ReportKind(
        key="monitoring-day",
        title=_("Monitoring report on a day until its making"),
        every=DAY,
        body=_("Monitoring committee"),
        snapshot=content(MONTHLY),
        until_now=True,
    ),
    ReportKind(
        key="executive-quarter",
        title=_("Quarterly report to the executive committee"),
        every=QUARTER,
        body=_("Executive committee"),
        snapshot=content(MONTHLY),
        recipients=readers("executive"),
    ),
]
