"""Who holds which office. Rules of the apps are made of these predicates."""

import rules

from portal.accounts.models import STAFF_ROLES, Role, User


def holds(*roles: str) -> rules.Predicate:
    """Make a predicate: the person holds one of ``roles`` today."""
    return rules.predicate(f"holds:{'|'.join(roles)}")(
        lambda user, *_args: user.is_authenticated and user.is_active and user.holds(*roles)
    )


@rules.predicate
def is_citizen(user: User) -> bool:
    """Whether the person has an account that is active."""
    return user.is_authenticated and user.is_active


is_official = holds(Role.OFFICIAL)
is_approver = holds(Role.APPROVER)
is_clerk = holds(Role.CLERK)
is_secretary = holds(Role.SECRETARY)
is_auditor = holds(Role.AUDITOR)
is_expert = holds(Role.EXPERT)
is_operator = holds(Role.OPERATOR)
# Of two who decide about the same words, one may be the operator.
is_moderator = holds(Role.MODERATOR, Role.OPERATOR)
is_staff_member = holds(*STAFF_ROLES)

rules.add_perm("accounts.appoint", is_operator)
