"""Who may do what about steps, duties, panels, rule changes and merges."""

import rules
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.accounts.rules import is_approver, is_official
from portal.thresholds.models import Duty, Effect


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
