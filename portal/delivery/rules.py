"""Who may carry out, keep and judge what the city promised."""

import rules

from portal.accounts.models import User
from portal.accounts.rules import is_citizen
from portal.delivery.models import Plan, PlanState, promises
from portal.proposals.models import Proposal
from portal.proposals.rules import is_author, is_in_charge


@rules.predicate
def is_promised(user: User, proposal: Proposal | None) -> bool:
    """Whether the answer says that something is done."""
    return proposal is not None and promises(proposal)


@rules.predicate
def keeps(user: User, plan: Plan | None) -> bool:
    """Whether the person acts for the department of the plan, on somebody else's proposal."""
    return (
        user.is_authenticated
        and plan is not None
        and plan.proposal.author_id != user.pk
        and plan.proposal.department_id in user.departments
    )


@rules.predicate
def is_running(user: User, plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.RUNNING


rules.add_perm("delivery.begin_plan", is_in_charge & ~is_author & is_promised)
rules.add_perm("delivery.keep_plan", keeps & is_running)
rules.add_perm("delivery.view_plan", rules.always_allow)


@rules.predicate
def takes_part(user: User, proposal: Proposal | None) -> bool:
    """Whether the person wrote or supported the proposal."""
    return proposal is not None and (
        proposal.author_id == user.pk or proposal.supports.filter(person_id=user.pk).exists()
    )


@rules.predicate
def is_answered(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.is_decided


@rules.predicate
def is_carried_out(user: User, proposal: Proposal | None) -> bool:
    plan = getattr(proposal, "plan", None)
    return plan is not None and plan.state == PlanState.COMPLETED


judges = is_citizen & ~is_in_charge & takes_part

rules.add_perm("delivery.rate_answer", is_answered & judges)
rules.add_perm("delivery.rate_result", is_carried_out & judges)
rules.add_perm("delivery.read_ratings", is_in_charge & ~is_author)
