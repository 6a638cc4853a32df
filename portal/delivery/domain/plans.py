"""The life of a plan: made after a yes, kept in public, ended with evidence or with a reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.delivery.domain import papers
from portal.delivery.models import Milestone, Plan, PlanState
from portal.delivery.models.plans import WHOLE
from portal.proposals.domain import proposals
from portal.proposals.models import Proposal
from portal.refusals import Refused


@transaction.atomic
def begin(
    proposal: Proposal, *, by: User, summary: str, milestones: Sequence[Mapping[str, Any]]
) -> Plan:
    """Say how and until when an accepted proposal is carried out.

    ``milestones`` are mappings of ``title``, ``weight`` (a share; together 100) and ``due_on``
    (Regulation on Citizens' Proposals, article 10(2): the planned time of what is adopted).
    Raises ``Refused`` where there is a plan already or the weights do not make 100.
    """
    # Of two who begin at once, the second waits here and meets the plan of the first.
    Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if Plan.objects.filter(proposal=proposal).exists():
        raise Refused(_("There is a plan for this proposal already."))
    plan = Plan.objects.create(proposal=proposal, summary=summary)
    for step in milestones:
        _add(plan, step)
    _refuse_crooked(plan)
    log.record("begun", plan, by=by, reason=summary, milestones=len(milestones))
    _refresh(plan)
    proposals.tell(proposal, "plan_begun", due=last_day(plan), summary=summary)
    return plan


@transaction.atomic
def rework(plan: Plan, *, by: User, reason: str, milestones: Sequence[Mapping[str, Any]]) -> Plan:
    """Change the steps of a plan: titles, weights, steps more and steps fewer.

    A mapping with ``milestone`` changes that one's title and weight; its date only slips. A
    milestone that is not among them goes, if nothing of it is done yet.
    """
    _refuse_ended(plan)
    _refuse_blank(reason)
    kept = {step["milestone"].pk for step in milestones if step.get("milestone")}
    _drop(plan, kept)
    for step in milestones:
        if known := step.get("milestone"):
            Milestone.objects.filter(pk=known.pk, plan=plan).update(
                title=step["title"], weight=step["weight"]
            )
        else:
            _add(plan, step)
    _refuse_crooked(plan)
    log.record("reworked", plan, by=by, reason=reason, milestones=len(milestones))
    _refresh(plan)
    return plan


@transaction.atomic
def complete(plan: Plan, *, by: User, outcome: str, evidence: Mapping[str, Any]) -> Plan:
    """End a plan with what came of it and the evidence: ``title`` and a ``file`` or a ``url``.

    Raises ``Refused`` while a milestone is still to be reached.
    """
    _refuse_blank(outcome)
    waiting = plan.milestones.filter(done_on=None).values_list("title", flat=True)
    if waiting:
        raise Refused(
            _("Still to be reached: {milestones}. Enter them as reached first.").format(
                milestones=", ".join(waiting)
            )
        )
    papers.show(plan, by=by, **evidence)
    return _end(plan, PlanState.COMPLETED, by=by, outcome=outcome, kind="plan_completed")


@transaction.atomic
def give_up(plan: Plan, *, by: User, reason: str) -> Plan:
    """Say that the city cannot carry out what it promised, and why."""
    _refuse_blank(reason)
    return _end(plan, PlanState.GIVEN_UP, by=by, outcome=reason, kind="plan_given_up")


def last_day(plan: Plan) -> Any:
    """The day of the last milestone."""
    return plan.milestones.order_by("-due_on").values_list("due_on", flat=True).first()


def _end(plan: Plan, state: str, *, by: User, outcome: str, kind: str) -> Plan:
    also = {"ended_at": timezone.now(), "outcome": outcome}
    plan.move(state, by=by, also=also, reason=outcome)
    _refresh(plan)
    proposals.tell(plan.proposal, kind, reason=outcome)
    return plan


def _add(plan: Plan, step: Mapping[str, Any]) -> None:
    Milestone.objects.create(
        plan=plan,
        title=step["title"],
        weight=step["weight"],
        planned_on=step["due_on"],
        due_on=step["due_on"],
    )


def _drop(plan: Plan, kept: set[int]) -> None:
    gone = plan.milestones.exclude(pk__in=kept)
    if gone.exclude(percent=0).exists() or plan.slips.exclude(milestone__in=kept).exists():
        raise Refused(_("A milestone on which work has begun, or that has slipped, stays."))
    if plan.evidence.exclude(milestone=None).exclude(milestone__in=kept).exists():
        raise Refused(_("A milestone with evidence stays."))
    gone.delete()


def _refuse_crooked(plan: Plan) -> None:
    total = sum(plan.milestones.values_list("weight", flat=True))
    if total != WHOLE:
        raise Refused(
            _("The shares of the milestones make {total} together; they must make 100.").format(
                total=total
            )
        )


def _refuse_ended(plan: Plan) -> None:
    if not Plan.objects.running().filter(pk=plan.pk).exists():
        raise Refused(_("This plan has ended."))


def _refuse_blank(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))


def _refresh(plan: Plan) -> None:
    """Let the pages that show the proposal be written anew, and read its milestones again."""
    plan.__dict__.pop("_prefetched_objects_cache", None)
    proposals.forget_kept_pages()
