"""Conflicts of a lab: named in public, mediated, resolved."""

from django.db import transaction

from livinglabs.domain.openness import refuse_ended
from livinglabs.models import Conflict, ConflictState, ConflictType, Lab
from portal.accounts.models import User
from portal.audit.domain import log


@transaction.atomic
def name(lab: Lab, *, by: User, type: ConflictType, description: str) -> Conflict:  # noqa: A002  the column's name
    """Enter a conflict that came up. Raises ``Refused`` after the end of the lab."""
    refuse_ended(lab)
    conflict = Conflict.objects.create(lab=lab, type=type, description=description)
    log.record("named", conflict, by=by, type=type.code)
    return conflict


@transaction.atomic
def mediate(conflict: Conflict, *, by: User, done: str) -> Conflict:
    """Note what is being done about it. Raises ``Refused`` where it is resolved."""
    return _settle(conflict, ConflictState.MEDIATED, by=by, done=done)


@transaction.atomic
def resolve(conflict: Conflict, *, by: User, done: str) -> Conflict:
    """Close it with what was done, and what got better through it."""
    return _settle(conflict, ConflictState.RESOLVED, by=by, done=done)


@transaction.atomic
def reopen(conflict: Conflict, *, by: User, done: str) -> Conflict:
    """Open a mediated conflict again, with why the mediation did not hold."""
    return _settle(conflict, ConflictState.OPEN, by=by, done=done)


def _settle(conflict: Conflict, state: str, *, by: User, done: str) -> Conflict:
    refuse_ended(conflict.lab)
    return conflict.move(state, by=by, also={"done": done}, reason=done)
