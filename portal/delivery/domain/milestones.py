"""Milestones on their way: how far, put off with a reason, reminded of, and late in public."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.delivery.domain import officials
from portal.delivery.models import Milestone, Plan, PlanState, Slip
from portal.delivery.models.plans import WHOLE
from portal.proposals.domain import proposals
from portal.refusals import Refused


@transaction.atomic
def advance(
    milestone: Milestone, *, by: User, percent: int, done_on: date | None = None
) -> Milestone:
    """Say how far a milestone is; at 100 it was reached on ``done_on`` (today)."""
    _refuse_ended(milestone)
    today = timezone.localdate()
    if done_on and done_on > today:
        raise Refused(_("A milestone cannot have been reached in the future."))
    if done_on and percent < WHOLE:
        raise Refused(_("A milestone is reached when all of it is done."))
    before = milestone.percent
    milestone.percent = percent
    milestone.done_on = (done_on or today) if percent == WHOLE else None
    milestone.save(update_fields=["percent", "done_on"])
    verb = "milestone_reached" if milestone.is_done else "progressed"
    log.record(
        verb,
        milestone.plan,
        by=by,
        milestone=milestone.title,
        before=before,
        percent=percent,
        done_on=str(milestone.done_on or ""),
    )
    proposals.forget_kept_pages()
    if milestone.is_done:
        proposals.tell(milestone.plan.proposal, "milestone_reached", milestone=milestone.title)
    return milestone


@transaction.atomic
def slip(milestone: Milestone, *, by: User, until: date, reason: str) -> Slip:
    """Put a milestone off to a later day, with a reason that followers are told.

    (Regulation on Citizens' Proposals, article 11: the reason and the new date, without delay.)
    """
    _refuse_ended(milestone)
    if milestone.is_done:
        raise Refused(_("This milestone has been reached."))
    if until <= milestone.due_on or until < timezone.localdate():
        raise Refused(_("The new date must be later than the old one, and not in the past."))
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    was = milestone.due_on
    found = Slip.objects.create(
        plan=milestone.plan,
        milestone=milestone,
        was_due_on=was,
        due_on=until,
        reason=reason,
        by=by,
    )
    milestone.due_on, milestone.late_since = until, None
    milestone.save(update_fields=["due_on", "late_since"])
    log.record(
        "slipped",
        milestone.plan,
        by=by,
        reason=reason,
        milestone=milestone.title,
        before=was.isoformat(),
        after=until.isoformat(),
    )
    proposals.forget_kept_pages()
    proposals.tell(
        milestone.plan.proposal,
        "plan_slipped",
        milestone=milestone.title,
        was=was,
        until=until,
        reason=reason,
    )
    return found


def watch(today: date | None = None) -> int:
    """Remind officials of milestones due today, and mark in public those whose day has passed."""
    day = today or timezone.localdate()
    waiting = Milestone.objects.open().select_related("plan__proposal__department")
    for milestone in (due := list(waiting.filter(due_on=day))):
        _tell_officials(milestone, "milestone_due")
    for milestone in (late := list(waiting.filter(due_on__lt=day, late_since=None))):
        _mark_late(milestone, day)
    return len(due) + len(late)


@transaction.atomic
def _mark_late(milestone: Milestone, day: date) -> None:
    marked = Milestone.objects.filter(pk=milestone.pk, late_since=None).update(late_since=day)
    if not marked:
        return
    log.record(
        "milestone_late",
        milestone.plan,
        by=None,
        milestone=milestone.title,
        due=milestone.due_on.isoformat(),
    )
    proposals.forget_kept_pages()
    _tell_officials(milestone, "milestone_late")
    proposals.tell(
        milestone.plan.proposal,
        "milestone_late",
        milestone=milestone.title,
        due=milestone.due_on,
    )


def _tell_officials(milestone: Milestone, kind: str) -> None:
    proposal = milestone.plan.proposal
    officials.tell(
        proposal.department,
        kind,
        url=milestone.plan.get_absolute_url(),
        title=proposal.title,
        milestone=milestone.title,
        due=milestone.due_on,
    )


def _refuse_ended(milestone: Milestone) -> None:
    """Refuse where the plan has ended, and let nobody else end it meanwhile."""
    plan = Plan.objects.select_for_update().get(pk=milestone.plan_id)
    if plan.state != PlanState.RUNNING:
        raise Refused(_("This plan has ended."))
