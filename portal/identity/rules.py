"""Who has reached which level, and who keeps the city's register.

Levels belong to actions, not to people: each action asks for one (``IDENTITY_LEVEL_…``), and
a predicate says whether somebody has reached it.
"""

from datetime import datetime

import rules
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.accounts.rules import is_citizen, is_clerk, is_operator
from portal.identity.models import Action, Level, Verification

KEPT = "identity_in_force"


def in_force(user: User | AnonymousUser) -> Verification | None:
    """The verification of ``user`` that holds now, asked for once per request."""
    if not user.is_authenticated:
        return None
    if KEPT not in user.__dict__:
        user.__dict__[KEPT] = Verification.objects.in_force().filter(user_id=user.pk).first()
    return user.__dict__[KEPT]


def forget(user: User) -> None:
    """Ask the database again where the level of ``user`` is needed next."""
    user.__dict__.pop(KEPT, None)


def level_of(user: User | AnonymousUser) -> Level:
    """How sure the portal is of ``user`` now.

    Nobody signs in without having confirmed an e-mail address, so an active account has that
    level at the least.
    """
    if not (user.is_authenticated and user.is_active):
        return Level.NONE
    found = in_force(user)
    return Level(found.level) if found else Level.EMAIL


def level_for(action: str) -> Level:
    """The level that ``action`` asks for in this city."""
    return Level(settings.IDENTITY_LEVELS[action])


def levels_for(action: str) -> list[str]:
    """The levels that suffice for ``action``."""
    return [level.value for level in Level if level.place >= level_for(action).place]


def has_reached(user: User | AnonymousUser, action: str) -> bool:
    """Whether ``user`` may ``action`` as far as identity goes.

    Whoever holds an office is known to the city by the appointment and may vote with it:
    an expert of a council need not live here.
    """
    asked = level_for(action)
    if asked == Level.NONE:
        return True
    if not (user.is_authenticated and user.is_active):
        return False
    if asked == Level.EMAIL or (action == Action.VOTE and user.current_appointments):
        return True
    return level_of(user).place >= asked.place


def until(user: User | AnonymousUser) -> datetime | None:
    """Until when the level of ``user`` holds, where it ends."""
    found = in_force(user)
    return found.expires_at if found else None


def reaches(action: str) -> rules.Predicate:
    """Make a predicate: the person has reached the level that ``action`` asks for."""
    return rules.predicate(f"reaches:{action}")(lambda user, *_args: has_reached(user, action))


@rules.predicate
def ends_within_reach(_user: User, verification: Verification | None) -> bool:
    return verification is not None and verification.ended_at is None


@rules.predicate
def is_own(user: User, verification: Verification | None) -> bool:
    return verification is not None and verification.user_id == user.pk


rules.add_perm("identity.verify_oneself", is_citizen)
rules.add_perm("identity.load_register", is_operator)
rules.add_perm("identity.issue_code", is_clerk)
rules.add_perm("identity.verify_other", is_clerk)
rules.add_perm("identity.revoke_verification", is_operator & ends_within_reach & ~is_own)
rules.add_perm("identity.revoke", is_operator)
