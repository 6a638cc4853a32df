"""Making somebody a verified resident, ending that, and the ways that lead to it.

Whichever way is taken, the same facts give the same keyed hash, so that one person counts once
whether they came by the register, by a code, through another authority or on paper.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import registry
from portal.accounts.models import User
from portal.audit.domain import log
from portal.identity import rules
from portal.identity.domain import districts, hashes, register, tries
from portal.identity.domain.hashes import Facts
from portal.identity.models import Ending, RegisterEntry, Verification
from portal.refusals import Refused

REGISTER, CODE, COUNTER, PAPER, EXTERNAL = "register", "code", "counter", "paper", "external"


@transaction.atomic
def grant(
    user: User,
    *,
    provider: str,
    person_hash: bytes,
    district: str = "",
    by: User | None = None,
) -> Verification:
    """Make ``user`` a verified resident from now on; an earlier verification is renewed.

    ``by`` is the clerk who saw the person; ``None`` where a machine compared what was typed.
    """
    now = timezone.now()
    # The key stays free: what others write about the person does not wait for this.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    for earlier in Verification.objects.filter(user=user, ended_at=None):
        _end(earlier, Ending.RENEWED, by=by)
    made = Verification.objects.create(
        user=user,
        provider=provider,
        person_hash=person_hash,
        district=district,
        verified_at=now,
        expires_at=now + timedelta(days=settings.IDENTITY_DAYS),
        by=by,
    )
    log.record("verified", made, by=by or user, linked=False)
    rules.forget(user)
    for follow_up in registry.after_verification:
        follow_up(user)
    return made


@transaction.atomic
def revoke(verification: Verification, *, by: User, reason: str) -> Verification:
    """End a verification that should not be. Raises ``Refused`` without a reason."""
    if not reason.strip():
        raise Refused(_("Say why: the person reads it."))
    _end(verification, Ending.REVOKED, by=by, reason=reason)
    rules.forget(verification.user)
    return verification


@transaction.atomic
def hand_over(verification: Verification, *, by: User) -> Verification:
    """End the verification of an account that the person's own account takes over."""
    _end(verification, Ending.TAKEN_OVER, by=by)
    return verification


def _end(verification: Verification, ending: str, *, by: User | None, reason: str = "") -> None:
    """End a verification once. Raises ``Refused`` where it has ended already."""
    still = Verification.objects.filter(pk=verification.pk, ended_at=None)
    changes = {"ended_at": timezone.now(), "ending": ending, "reason": reason}
    if not still.update(**changes):
        raise Refused(_("This verification has ended already."))
    said: dict[str, Any] = {"reason": reason} if reason else {}
    log.record(ending, verification, by=by, linked=False, **said)
    verification.refresh_from_db()


def verify_by_register(user: User, *, by: User, facts: Facts) -> Verification:
    """Compare what ``user`` typed with the city's register.

    Raises ``Refused`` where it is not there, and for a while after five wrong tries.
    """
    tries.charge(user)
    person_hash = hashes.person(facts)
    if not RegisterEntry.objects.filter(person_hash=person_hash).exists():
        raise Refused(
            _(
                "Nobody with this name, birth date and district is in the register. Check each, or "
                "come to the counter: a clerk can verify you there."
            )
        )
    tries.clear(user)
    return grant(user, provider=REGISTER, person_hash=person_hash, district=facts.district)


def holder_of(person_hash: bytes) -> User | None:
    """The account of this person that is verified now, of several the one verified first."""
    found = (
        Verification.objects.in_force()
        .filter(person_hash=person_hash)
        .select_related("user")
        .order_by("-user__is_active", "verified_at")
        .first()
    )
    return found.user if found else None


def verify_by_claims(user: User, *, by: User, claims: Mapping[str, Any]) -> Verification:
    """Verify ``user`` by what another authority tells: name, birthdate and address.

    The district is the first of locality, region and the words of the whole address that this
    city knows. Raises ``Refused`` where something is missing or the address is elsewhere.
    """
    address = claims.get("address")
    places = address if isinstance(address, Mapping) else {"formatted": str(address or "")}
    words = [
        str(places.get("locality", "")),
        str(places.get("region", "")),
        *str(places.get("formatted", "")).split(),
    ]
    district = next((code for word in words if (code := districts.code_of(word))), None)
    if district is None:
        raise Refused(_("The identity service says that you live elsewhere, or not where."))
    born = register.birth_date(str(claims.get("birthdate", "")))
    facts = Facts(str(claims.get("name", "")), born, district)
    return grant(user, provider=EXTERNAL, person_hash=hashes.person(facts), district=district)
