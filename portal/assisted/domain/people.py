"""For whom a clerk acts: the person's own account, or one that waits for them.

Whoever is known by name, birth date and district has one account, made once: an inactive one
under the keyed hash, until the person makes an account of their own and takes it over.
"""

import uuid

from django.db import connection
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.identity.domain import hashes, verifications
from portal.identity.domain.hashes import Facts
from portal.identity.models import Verification
from portal.refusals import Refused

HOST = "counter.invalid"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def account_for(facts: Facts, *, by: User, provider: str, name: str = "") -> User:
    """The account of the person of ``facts``: their own, or the one that waits for them.

    Raises ``Refused`` where the clerk would act for themself.
    """
    person_hash = hashes.person(facts)
    hold(person_hash)
    found = verifications.holder_of(person_hash) or _waiting(person_hash, facts, by, provider)
    if found.pk == by.pk:
        raise Refused(_("Another clerk enters what concerns yourself."))
    if name and not found.name:
        found.name = name
        found.save(update_fields=["name"])
    return found


def unknown_person(name: str) -> User:
    """An account for somebody who showed nothing: it is nobody's and stays that."""
    return User.objects.create_user(f"{uuid.uuid4()}@{HOST}", name=name, is_active=False)


def hold(person_hash: bytes) -> None:
    """Let nobody else look for or take over this person's account until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [person_hash.hex()])


def waiting_for(person_hash: bytes) -> list[Verification]:
    """The accounts that wait for this person, as their verifications."""
    waits = Verification.objects.filter(
        person_hash=person_hash,
        ended_at=None,
        user__is_active=False,
        user__email__endswith=f"@{HOST}",
    )
    return list(waits.select_related("user"))


def _waiting(person_hash: bytes, facts: Facts, by: User, provider: str) -> User:
    email = f"{person_hash.hex()[:40]}@{HOST}"
    account = User.objects.filter(email=email).first()
    account = account or User.objects.create_user(email, is_active=False)
    verifications.grant(
        account, provider=provider, person_hash=person_hash, district=facts.district, by=by
    )
    return account
