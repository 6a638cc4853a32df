"""Who may do what about steps, duties, panels, rule changes and merges."""

import rules
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.accounts.rules import is_approver, is_citizen, is_official, is_operator
from portal.lifecycle import may_become
from portal.proposals.models import Proposal, Visibility
from portal.thresholds.models import (
    Candidate,
    ChangeState,
    Duty,
    Effect,
    Merge,
    MergeState,
    Panel,
    PanelState,
    RuleChange,
)
from portal.thresholds.scopes import Scope


@rules.predicate
def is_owed_by_mine(user: User | AnonymousUser, duty: Duty | None) -> bool:
    """Whether the person acts for the department that owes the duty."""
    return user.is_authenticated and duty is not None and duty.department_id in user.departments


@rules.predicate
def is_owed(_user: User | AnonymousUser, duty: Duty | None) -> bool:
    return duty is not None and duty.done_at is None


@rules.predicate
def is_an_answer(_user: User | AnonymousUser, duty: Duty | None) -> bool:
    return duty is not None and duty.step.effect == Effect.ANSWER


@rules.predicate
def wrote_the_proposal(user: User | AnonymousUser, duty: Duty | None) -> bool:
    return duty is not None and duty.proposal.author_id == user.pk


rules.add_perm(
    "thresholds.fulfil_duty",
    (is_official | is_approver) & is_owed_by_mine & is_owed & ~is_an_answer & ~wrote_the_proposal,
)


@rules.predicate
def proposed_either(user: User | AnonymousUser, merge: Merge | None) -> bool:
    """Whether one of the two proposals is the person's own."""
    return merge is not None and user.pk in {merge.later.author_id, merge.earlier.author_id}


@rules.predicate
def is_in_charge_of_either(user: User | AnonymousUser, merge: Merge | None) -> bool:
    """Whether the person's department answers for one of the two proposals."""
    return merge is not None and (
        answers_for(user, merge.later) or answers_for(user, merge.earlier)
    )


@rules.predicate
def wrote_it(user: User | AnonymousUser, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.author_id == user.pk


@rules.predicate
def answers_for(user: User | AnonymousUser, proposal: Proposal | None) -> bool:
    """Whether the person's department is in charge, or will be: the one of the area answers."""
    if proposal is None or not user.is_authenticated:
        return False
    area = proposal.area
    return (proposal.department_id or (area and area.department_id)) in user.departments


@rules.predicate
def may_merge(_user: User | AnonymousUser, proposal: Proposal | None) -> bool:
    """Whether everyone sees it and it is still open; which of two leads, their dates decide."""
    return proposal is not None and proposal.is_open and proposal.visibility == Visibility.PUBLIC


answers_for_the_city = is_official | is_approver
in_charge_of_either = answers_for_the_city & is_in_charge_of_either & ~proposed_either

rules.add_perm(
    "thresholds.propose_merge", answers_for_the_city & answers_for & ~wrote_it & may_merge
)
rules.add_perm("thresholds.call_off_merge", in_charge_of_either & may_become(MergeState.CALLED_OFF))
rules.add_perm("thresholds.split_merge", in_charge_of_either & may_become(MergeState.SPLIT))


@rules.predicate
def proposed_it(user: User | AnonymousUser, change: RuleChange | None) -> bool:
    return change is not None and change.proposed_by_id == user.pk


@rules.predicate
def runs_the_call(user: User | AnonymousUser, scope: Scope | None) -> bool:
    """Whether the steps are no call's, or those of a call of the person's department."""
    return scope is None or scope.is_run_by(user)


rules.add_perm("thresholds.simulate", answers_for_the_city | is_operator)
rules.add_perm("thresholds.propose_change", (answers_for_the_city | is_operator) & runs_the_call)
rules.add_perm(
    "thresholds.decide_change",
    (is_approver | is_operator) & ~proposed_it & may_become(ChangeState.APPROVED),
)


@rules.predicate
def sits_on(user: User | AnonymousUser, panel: Panel | None) -> bool:
    """Whether the person accepted a seat on the panel and it is still at work."""
    if panel is None or not user.is_authenticated or not panel.takes_marks:
        return False
    return panel.candidates.filter(person=user, state=Candidate.State.ACCEPTED).exists()


rules.add_perm("thresholds.consent_to_panels", is_citizen)
rules.add_perm("thresholds.announce_panel", is_operator)
rules.add_perm("thresholds.draw_panel", is_operator & may_become(PanelState.DRAWN))
rules.add_perm("thresholds.mark_items", sits_on)
