"""Which of the values behind an act somebody may read.

Everyone reads what a decision needs to be understood: the reason, the state
before and after, of the acts that are told in words. Acts on accounts are the
account holder's business. Auditors read all values, and that is an act itself.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal import registry
from portal.accounts.models import User
from portal.audit.domain import log
from portal.audit.domain.trail import values_of
from portal.audit.models import Act, ActPrivate

PUBLIC_FIELDS = frozenset({"reason", "before", "after"})
PRIVATE_APPS = frozenset({"accounts"})
PURPOSE = "audit"


@dataclass(frozen=True)
class Shown:
    """One value of an act for one reader: its commitment, and the text or why there is none."""

    field: str
    commitment: str
    text: str | None
    is_erased: bool


def shown_to(user: Any, act: Act) -> list[Shown]:
    """Give the values of ``act`` as ``user`` may read them; what only an auditor may is logged."""
    values = values_of([act]).get(act.uid, {})
    sees_all = user.has_perm("audit.see_values")
    if sees_all and set(values) - public_fields(act):
        log.record_reads(_people_behind(act).exclude(pk=user.pk), by=user, purpose=PURPOSE)
        log.record_read(act, by=user, purpose=PURPOSE)
    allowed = set(values) if sees_all else public_fields(act)
    return [
        Shown(field, promise, values.get(field) if field in allowed else None, field not in values)
        for field, promise in sorted(act.data.get("c", {}).items())
    ]


def _people_behind(act: Act) -> QuerySet[User]:
    """The person whose values the act keeps; they see who read them."""
    known = ActPrivate.objects.filter(act_uid=act.uid).values("person_ref")
    return User.objects.filter(uuid__in=known)


def public_fields(act: Act) -> frozenset[str]:
    """Name the values of ``act`` that everyone may read."""
    is_told = act.verb in registry.verbs
    is_private = act.subject.partition(".")[0] in PRIVATE_APPS
    return PUBLIC_FIELDS if is_told and not is_private else frozenset()
