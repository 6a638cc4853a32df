"""What the doing adds to the thread of a proposal."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.audit.domain import log
from portal.delivery.models import Milestone, Plan, PlanState, promises
from portal.proposals.domain.traces import lacks
from portal.registry import Subject, ThreadSource, Upcoming


def subjects(proposal: Any) -> dict[str, Subject]:
    """Name the plan of ``proposal``."""
    plan = _plan_of(proposal)
    if plan is None:
        return {}
    return {log.subject_key(plan): Subject(_("Carrying out"), plan.get_absolute_url())}


def upcoming(proposal: Any) -> list[Upcoming]:
    """The next milestone of a running plan."""
    if not promises(proposal):
        return []
    step = (
        Milestone.objects.filter(
            plan__proposal=proposal, plan__state=PlanState.RUNNING, done_on=None
        )
        .select_related("plan")
        .first()
    )
    return [Upcoming(step.title, step.due_on, step.plan.get_absolute_url())] if step else []


def _plan_of(proposal: Any) -> Plan | None:
    return None if lacks(proposal, Plan) else Plan.objects.filter(proposal=proposal).first()


SOURCE = ThreadSource(
    key="delivery",
    subjects=subjects,
    upcoming=upcoming,
    order=20,
    stage=gettext_lazy("Carrying out"),
    is_by_the_way=True,
)
