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
from portal.proposals.models import (
    Answer,
    FieldVisit,
    OpinionRequest,
    Proposal,
    ProposalState,
    Visibility,
)

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
def decided_before(user: User, proposal: Proposal | None) -> bool:
    """Whether the person drafted or approved an earlier answer: others examine it again."""
    return proposal is not None and user.pk in {proposal.answered_by_id, proposal.approved_by_id}


@rules.predicate
def may_ask_others(user: User, proposal: Proposal | None) -> bool:
    """Whether it is at a stage at which the opinions of others are asked for."""
    return proposal is not None and proposal.state in {S.PRELIM_REVIEW, S.DEPT_REVIEW}


@rules.predicate
def is_examined_first(user: User, proposal: Proposal | None) -> bool:
    """Whether it was not decided before: what was decided as a proposal is one."""
    return proposal is not None and proposal.round == 1


@rules.predicate
def is_received(user: User, proposal: Proposal | None) -> bool:
    """Whether its review has not begun yet."""
    return proposal is not None and proposal.state in {S.ANSWER_DUE, S.SUPPLEMENT}


@rules.predicate
def is_refused(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.was_refused


@rules.predicate
def is_asked(user: User, request: OpinionRequest | None) -> bool:
    """Whether the question waits for the person's own department."""
    return (
        user.is_authenticated
        and request is not None
        and request.answered_on is None
        and request.department_id in user.departments
    )


@rules.predicate
def asked_outside(user: User, request: OpinionRequest | None) -> bool:
    """Whether the person is in charge of a proposal on which others outside were asked."""
    return (
        request is not None
        and request.answered_on is None
        and request.stops_clock
        and is_in_charge(user, request.proposal)
    )


@rules.predicate
def is_of_own_proposal(user: User, thing: OpinionRequest | FieldVisit | Answer | None) -> bool:
    return thing is not None and thing.proposal.author_id == user.pk


@rules.predicate
def still_owes(user: User, thing: OpinionRequest | FieldVisit | None) -> bool:
    """Whether the proposal that it belongs to still waits for its answer."""
    return thing is not None and thing.proposal.clock_runs


@rules.predicate
def visited(user: User, visit: FieldVisit | None) -> bool:
    """Whether the person is in charge of a visit that was made and is not told of yet."""
    return (
        visit is not None
        and visit.is_over
        and visit.found_at is None
        and is_in_charge(user, visit.proposal)
    )


@rules.predicate
def approves_for(user: User, answer: Answer | None) -> bool:
    """Whether the person approves for the department that answers, or for the one above it."""
    if answer is None or not user.is_authenticated or answer.proposal.department is None:
        return False
    department = answer.proposal.department
    held = {a.department_id for a in user.current_appointments if a.role == Role.APPROVER}
    return bool(held & {department.pk, department.parent_id} - {None})


@rules.predicate
def is_before_approver(user: User, answer: Answer | None) -> bool:
    return answer is not None and answer.is_before_approver


@rules.predicate
def drafted(user: User, answer: Answer | None) -> bool:
    """Whether the answer is the person's own work: four eyes are two people."""
    return answer is not None and answer.drafted_by_id == user.pk


@rules.predicate
def answered_before(user: User, answer: Answer | None) -> bool:
    return answer is not None and decided_before(user, answer.proposal)


@rules.predicate
def waits_for_supplement(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.state == S.SUPPLEMENT


@rules.predicate
def takes_supports(user: User, proposal: Proposal | None) -> bool:
    """Whether it is open, and everyone sees what they would support."""
    return proposal is not None and proposal.is_open and proposal.visibility == Visibility.PUBLIC


@rules.predicate
def owes_answer(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.clock_runs


in_charge = is_in_charge & ~is_author

rules.add_perm("proposals.view_proposal", rules.always_allow)
rules.add_perm("proposals.write_proposal", is_citizen & reaches(Action.WRITE))
rules.add_perm("proposals.revise_proposal", is_author & is_draft)
rules.add_perm("proposals.publish_proposal", is_author & is_draft & reaches(Action.WRITE))
rules.add_perm("proposals.withdraw_proposal", is_author & ~is_draft & may_become(S.WITHDRAWN))
might_support = is_citizen & ~is_author & takes_supports
rules.add_perm("proposals.support_proposal", might_support & reaches(Action.SUPPORT))
rules.add_perm("proposals.verify_to_support", might_support & ~reaches(Action.SUPPORT))
rules.add_perm("proposals.follow_proposal", is_citizen & ~is_draft)
# To stop is open at every stage, also while nobody is shown the proposal.
rules.add_perm("proposals.unfollow_proposal", is_citizen & ~is_draft)
rules.add_perm("proposals.take_back_support", is_citizen & ~is_draft)
rules.add_perm("proposals.ask_supplement", in_charge & owes_answer & may_become(S.SUPPLEMENT))
rules.add_perm("proposals.supply_supplement", is_author & waits_for_supplement)
rules.add_perm("proposals.put_off_supplement", is_author & waits_for_supplement)
rules.add_perm("proposals.close_lapsed", in_charge & waits_for_supplement)
rules.add_perm("proposals.assign_proposal", in_charge & (owes_answer | waits_for_supplement))
rules.add_perm("proposals.transfer_proposal", in_charge & owes_answer)
rules.add_perm("proposals.convert_proposal", in_charge & is_received & is_examined_first)
rules.add_perm(
    "proposals.review_proposal",
    in_charge & owes_answer & may_become(S.PRELIM_REVIEW) & ~decided_before,
)
rules.add_perm("proposals.ask_departments", in_charge & owes_answer & may_ask_others)
rules.add_perm("proposals.plan_visit", in_charge & owes_answer)
rules.add_perm("proposals.reply_meanwhile", in_charge & owes_answer)
rules.add_perm("proposals.extend_proposal", in_charge & owes_answer)
rules.add_perm("proposals.draft_answer", in_charge & owes_answer & ~decided_before)
rules.add_perm("proposals.ask_reexamination", is_author & is_refused)

rules.add_perm(
    "proposals.give_opinion", (is_asked | asked_outside) & still_owes & ~is_of_own_proposal
)
rules.add_perm("proposals.tell_finding", visited & still_owes & ~is_of_own_proposal)
rules.add_perm(
    "proposals.approve_answer",
    approves_for & is_before_approver & ~drafted & ~answered_before & ~is_of_own_proposal,
)
rules.add_perm("proposals.see_approvals", is_approver)
