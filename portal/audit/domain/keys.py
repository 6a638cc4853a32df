"""Changing the key under which heads are signed: an act, and a head that both keys sign."""

from django.db import connections, transaction

from portal.audit import note
from portal.audit.domain import log
from portal.audit.domain.sealer import LOCK, SEALER
from portal.audit.domain.signer import Signer

SUBJECT = "audit.head:key"


@transaction.atomic
def change_key(signer: Signer) -> tuple[note.Key, note.Key]:
    """Give ``signer`` a new key, and both keys, the old one first; that it happened is an act.

    Nobody seals meanwhile. The next head is signed by both keys, and under it lies the act.
    """
    with transaction.atomic(using=SEALER), connections[SEALER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        old, new = signer.change_key()
        log.record("key_changed", SUBJECT, before=str(old), after=str(new))
    return old, new
