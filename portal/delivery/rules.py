"""Who may carry out, keep and judge what the city promised."""

import rules

from portal.accounts.models import User
from portal.accounts.rules import is_citizen
from portal.delivery.models import Plan, PlanState, Wording, promises
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


@rules.predicate
def is_concerned(user: User, proposal: Proposal | None) -> bool:
    """Whether a department of the person is in charge, was asked, or gave an opinion."""
    if proposal is None or not user.is_authenticated or not (mine := user.departments):
        return False
    return (
        proposal.department_id in mine
        or proposal.opinion_requests.filter(department__in=mine).exists()
        or proposal.reviews.filter(department__in=mine).exists()
    )


@rules.predicate
def works_for_a_department(user: User, _thing: object = None) -> bool:
    return user.is_authenticated and bool(user.departments)


@rules.predicate
def is_of_own_department(user: User, wording: Wording | None) -> bool:
    return wording is not None and wording.department_id in user.departments


rules.add_perm("delivery.read_remarks", is_concerned & ~is_author)
rules.add_perm("delivery.write_remark", is_concerned & ~is_author)
rules.add_perm("delivery.see_desk_tools", works_for_a_department)
rules.add_perm("delivery.keep_wording", works_for_a_department & is_of_own_department)
