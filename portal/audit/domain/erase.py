"""Forgetting a person: what the trail can say about them is erased, the trail stays whole.

The leaves keep commitments, which say nothing without their salts. Copies in
backups and in the database's own journal live until those have rotated.
"""

from uuid import UUID

from django.db import connections, transaction

from portal.accounts.models import PersonKey, User
from portal.audit.domain import log

ERASER = "eraser"
ERASE = "DELETE FROM audit.act_private WHERE person_ref = %s"


@transaction.atomic
def forget(person: UUID, *, by: User | None, reason: str = "") -> int:
    """Erase the values of the acts of ``person`` and the key of their pseudonyms.

    Gives the number of values erased; a second call finds none. That there was an
    erasure is an act itself. The values go with the eraser's connection, for no
    other role may delete them; it commits first, so that after a failure the call
    can simply be made again.
    """
    holder = User.objects.get(uuid=person)
    # Who asks to be forgotten must not be named by the act of forgetting.
    log.record("forgotten", holder, by=None if by == holder else by, reason=reason)
    PersonKey.objects.filter(user=holder).delete()
    with connections[ERASER].cursor() as cursor:
        cursor.execute(ERASE, [person])
        return cursor.rowcount
