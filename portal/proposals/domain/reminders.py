"""Reminding in time, and telling those above and the audit office of what is late.

Each reminder goes out once for each due date, whatever day the task missed and however often
it runs.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import DateField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Value

from portal.proposals.domain import clocks, notices
from portal.proposals.models import (
    OpinionRequest,
    Proposal,
    ProposalState,
    Reminder,
)

Kind = Reminder.Kind
AT_ONCE = 1_000
SOON = timedelta(3)
TOMORROW = timedelta(1)


class Stage(NamedTuple):
    """One reminder: of which proposals, and what is done."""

    kind: str
    found: Any
    tell: Callable[[Proposal], None]


@transaction.atomic
def remind(today: date | None = None) -> int:
    """Send what is to be sent today; return how many reminders went out."""
    day = clocks.today_or(today)
    stages = [*_of_answers(day), *_of_supplements(day)]
    return sum(_send(stage) for stage in stages) + _remind_of_opinions(day)


def _of_answers(day: date) -> list[Stage]:
    running = Proposal.objects.clock_running()
    late = running.filter(due_on__lt=day)
    long_late = late.filter(due_on__lt=day - timedelta(settings.ESCALATION_DAYS))
    return [
        Stage(Kind.HALF, _half_way(running, day), _tell("answer_half")),
        Stage(
            Kind.THREE_DAYS,
            running.filter(due_on__gt=day + TOMORROW, due_on__lte=day + SOON),
            _tell("answer_soon"),
        ),
        Stage(
            Kind.ONE_DAY,
            running.filter(due_on__gte=day, due_on__lte=day + TOMORROW),
            _tell("answer_soon"),
        ),
        Stage(Kind.LATE, late, _tell_late),
        Stage(Kind.AUDIT, long_late, _tell_audit),
    ]


def _half_way(running: Any, day: date) -> Any:
    """Those of which half of the time has passed, and more than three days are left."""
    today = Value(day, output_field=DateField())
    passed = ExpressionWrapper(today - F("clock_started_on"), DurationField())
    left = ExpressionWrapper(F("due_on") - today, DurationField())
    timed = running.annotate(passed=passed, left=left)
    return timed.filter(passed__gte=F("left"), due_on__gt=day + SOON)


def _of_supplements(day: date) -> list[Stage]:
    asked = Proposal.objects.filter(state=ProposalState.SUPPLEMENT, pauses__came_on=None)
    dated = asked.annotate(until=F("pauses__due_on"))
    soon = dated.filter(until__gte=day, until__lte=day + SOON)
    return [
        Stage(Kind.SUPPLEMENT, soon, _tell_supplement),
        Stage(Kind.LAPSED, dated.filter(until__lt=day), _tell_lapsed),
    ]


def _send(stage: Stage) -> int:
    """Send one reminder to each of its proposals that has not had it for this due date."""
    until = "until" if stage.kind in {Kind.SUPPLEMENT, Kind.LAPSED} else "due_on"
    sent = Reminder.objects.filter(proposal=OuterRef("pk"), kind=stage.kind, due_on=OuterRef(until))
    fresh = stage.found.exclude(Exists(sent)).select_related(
        "department__parent", "official", "author"
    )
    found = list(fresh.order_by("pk")[:AT_ONCE])
    Reminder.objects.bulk_create(
        [Reminder(proposal=p, kind=stage.kind, due_on=getattr(p, until)) for p in found],
        ignore_conflicts=True,
    )
    for proposal in found:
        stage.tell(proposal)
    return len(found)


def _tell(kind: str) -> Callable[[Proposal], None]:
    return lambda proposal: notices.tell_officials(proposal, kind, due=proposal.due_on)


def _tell_late(proposal: Proposal) -> None:
    notices.tell_officials(proposal, "answer_late", approvers_too=False, due=proposal.due_on)
    notices.tell_approvers(
        proposal, "answer_late_approver", due=proposal.due_on, **notices.contact(proposal)
    )


def _tell_audit(proposal: Proposal) -> None:
    notices.tell_auditors(
        proposal, "answer_late_audit", due=proposal.due_on, **notices.contact(proposal)
    )


def _tell_supplement(proposal: Proposal) -> None:
    until = proposal.until  # type: ignore[attr-defined]  # annotated by the stage
    notices.tell_author(proposal, "supplement_soon", until=until, **notices.contact(proposal))


def _tell_lapsed(proposal: Proposal) -> None:
    until = proposal.until  # type: ignore[attr-defined]  # annotated by the stage
    notices.tell_officials(proposal, "supplement_lapsed", until=until)


def _remind_of_opinions(day: date) -> int:
    """Remind departments of the opinions that they owe within three days, or late."""
    sent = Reminder.objects.filter(
        proposal=OuterRef("proposal"), kind=Kind.OPINION, due_on=OuterRef("due_on")
    )
    awaited = OpinionRequest.objects.awaited().filter(department__isnull=False)
    found = list(
        awaited.filter(due_on__lte=day + SOON)
        .exclude(Exists(sent))
        .select_related("proposal", "department")
        .order_by("pk")[:AT_ONCE]
    )
    for request in found:
        notices.tell_department(
            request.department,
            request.proposal,
            "opinion_soon",
            question=request.question,
            until=request.due_on,
        )
    Reminder.objects.bulk_create(
        [Reminder(proposal=r.proposal, kind=Kind.OPINION, due_on=r.due_on) for r in found],
        ignore_conflicts=True,
    )
    return len(found)


@transaction.atomic
def tell_supporters() -> int:
    """Tell the next supporters of the oldest news that is under way; return how many."""
    news = (
        notices.Announcement.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(done_at=None)
        .select_related("proposal")
        .order_by("made_at")
        .first()
    )
    return notices.tell_supporters(news) if news else 0
