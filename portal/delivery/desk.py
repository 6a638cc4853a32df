"""The work lists of those who carry out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.delivery.models import Milestone
from portal.proposals.models import Proposal, ProposalState
from portal.registry import DeskItem, DeskQueue


def is_official(person: User) -> bool:
    return person.holds(Role.OFFICIAL, Role.APPROVER)


def without_plan(person: User) -> Any:
    """What the person's departments promised without saying how and until when."""
    promised = Proposal.objects.filter(state=ProposalState.ADOPTED, plan=None)
    return promised.of_departments(person.departments).exclude(author=person)


def to_reach(person: User) -> Any:
    return Milestone.objects.open().of_departments(person.departments)


def _promised(person: User, most: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=proposal.title,
            url=proposal.get_absolute_url(),
            note=proposal.get_state_display(),
            since=proposal.decided_at,
        )
        for proposal in without_plan(person).order_by("decided_at", "pk")[:most]
    ]


def _milestones(person: User, most: int) -> list[DeskItem]:
    found = to_reach(person).select_related("plan__proposal").order_by("due_on", "pk")[:most]
    return [
        DeskItem(
            title=f"{step.plan.proposal.title}: {step.title}",
            url=step.plan.get_absolute_url(),
            due=step.due_on,
            note=f"{step.percent}%",
        )
        for step in found
    ]


QUEUES = [
    DeskQueue(
        key="delivery-milestones",
        title=_("Milestones to reach"),
        empty=_("No milestone is to be reached."),
        concerns=is_official,
        count=lambda person: to_reach(person).count(),
        items=_milestones,
        order=45,
    ),
    DeskQueue(
        key="delivery-without-plan",
        title=_("Accepted, without a plan yet"),
        empty=_("Everything that was accepted has a plan."),
        concerns=is_official,
        count=lambda person: without_plan(person).count(),
        items=_promised,
        order=46,
    ),
]
