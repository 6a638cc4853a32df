"""Who may do what to a proposal.

A predicate answers one question; a permission combines them. No predicate here
asks the database about the proposal: its facts are already in hand.
"""

import rules

from portal.accounts.models import Role, User
from portal.accounts.rules import is_approver, is_citizen
from portal.identity.models import Action
from portal.identity.rules import reaches
from portal.lifecycle import may_become
from portal.proposals.models import Proposal, ProposalState

S = ProposalState


@rules.predicate
def is_author(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.author_id == user.pk


@rules.predicate
def is_draft(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.state == S.DRAFT


@rules.predicate
def is_in_charge(user: User, proposal: Proposal | None) -> bool:
    """Whether the person acts for the department that owes the answer."""
    return (
        user.is_authenticated
        and proposal is not None
        and proposal.department_id is not None
        and proposal.department_id in user.departments
    )


@rules.predicate
def acts_for_a_department(user: User, proposal: Proposal | None) -> bool:
    return user.is_authenticated and user.holds(Role.OFFICIAL, Role.APPROVER)


@rules.predicate
def is_reviewed(user: User, proposal: Proposal | None) -> bool:
    """Whether the departments concerned have been asked."""
    return proposal is not None and proposal.state == S.DEPT_REVIEW


@rules.predicate
def waits_for_supplement(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.state == S.SUPPLEMENT


@rules.predicate
def is_open(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.is_open


@rules.predicate
def owes_answer(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.clock_runs


in_charge = is_in_charge & ~is_author

rules.add_perm("proposals.view_proposal", rules.always_allow)
rules.add_perm("proposals.write_proposal", is_citizen & reaches(Action.WRITE))
rules.add_perm("proposals.revise_proposal", is_author & is_draft)
rules.add_perm("proposals.publish_proposal", is_author & is_draft & reaches(Action.WRITE))
rules.add_perm("proposals.withdraw_proposal", is_author & ~is_draft & may_become(S.WITHDRAWN))
might_support = is_citizen & ~is_author & is_open
rules.add_perm("proposals.support_proposal", might_support & reaches(Action.SUPPORT))
rules.add_perm("proposals.verify_to_support", might_support & ~reaches(Action.SUPPORT))
rules.add_perm("proposals.follow_proposal", is_citizen & ~is_draft)
rules.add_perm("proposals.ask_supplement", in_charge & owes_answer & may_become(S.SUPPLEMENT))
rules.add_perm("proposals.supply_supplement", is_author & waits_for_supplement)
rules.add_perm("proposals.review_proposal", in_charge & may_become(S.PRELIM_REVIEW) & owes_answer)
rules.add_perm("proposals.ask_departments", in_charge & owes_answer & may_become(S.DEPT_REVIEW))
rules.add_perm("proposals.give_opinion", acts_for_a_department & ~is_author & is_reviewed)
rules.add_perm("proposals.refer_proposal", in_charge & owes_answer & may_become(S.REFERRED))
rules.add_perm("proposals.decide_proposal", in_charge & owes_answer & may_become(S.NOT_ADOPTED))
rules.add_perm("proposals.transfer_proposal", in_charge & owes_answer)
