"""Codes that verify a person: handed over at the counter or sent by post, used once.

Kept is a keyed hash. A code is bound to its purpose, where it was made for an account to that
account, and it expires.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.identity.domain import hashes, tries, verifications
from portal.identity.domain.hashes import Facts
from portal.identity.models import Verification, VerificationCode
from portal.refusals import Refused

PURPOSE = "verify"


@transaction.atomic
def issue(
    facts: Facts, *, by: User, way: str, account: User | None = None
) -> tuple[VerificationCode, str]:
    """Make a code for the person of ``facts``; return its record and, this once, its words.

    ``account``: only this account may use it.
    """
    words = hashes.fresh_code()
    made = VerificationCode.objects.create(
        way=way,
        account=account,
        code_hash=hashes.code(PURPOSE, words),
        person_hash=hashes.person(facts),
        district=facts.district,
        issued_by=by,
        expires_at=timezone.now() + timedelta(days=settings.IDENTITY_CODE_DAYS),
    )
    log.record("issued", made, by=by, way=way)
    return made, words


def redeem(user: User, *, by: User, typed: str) -> Verification:
    """Verify ``user`` by the code that they typed.

    Raises ``Refused`` for a code that is unknown, made for something else or for someone else,
    used or expired (one sentence for all that a stranger should not tell apart), and for a
    while after five wrong tries.
    """
    tries.charge(user)
    found = VerificationCode.objects.filter(code_hash=hashes.code(PURPOSE, typed)).first()
    if found is None or found.account_id not in {None, user.pk}:
        raise Refused(_("This code is not known. Check each letter and digit."))
    if found.used_at is None and found.expires_at <= timezone.now():
        raise Refused(_("This code has expired. Ask at the counter for a new one."))
    made = _use(found, user)
    tries.clear(user)
    return made


@transaction.atomic
def _use(code: VerificationCode, user: User) -> Verification:
    unused = VerificationCode.objects.filter(pk=code.pk, used_at=None)
    if not unused.update(used_at=timezone.now(), used_by=user):
        raise Refused(_("This code has been used already. Ask at the counter for a new one."))
    log.record("used", code, by=user)
    person_hash = bytes(code.person_hash)
    return verifications.grant(
        user, provider=verifications.CODE, person_hash=person_hash, district=code.district
    )
