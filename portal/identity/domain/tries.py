"""Typing what proves a person: each try is counted before it is looked at.

From the fifth wrong try in a row an account waits 2^tries minutes (32, 64, 128 …), at most
about three days; a right one clears the count. Counting first means that a hundred tries at
once are a hundred tries.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.bilingual import moment
from portal.identity.models import Tries
from portal.refusals import Refused

FREE_TRIES = 5
LONGEST = 12


@transaction.atomic
def charge(user: User) -> None:
    """Count one try of ``user``. Raises ``Refused`` with the time while the account waits."""
    Tries.objects.get_or_create(user=user)
    tries = Tries.objects.select_for_update().get(user=user)
    if tries.locked_until and tries.locked_until > timezone.now():
        raise Refused(
            _("Too many wrong tries. You may try again from {time}.").format(
                time=moment(tries.locked_until)
            )
        )
    tries.failed += 1
    if tries.failed >= FREE_TRIES:
        tries.locked_until = timezone.now() + timedelta(minutes=2 ** min(tries.failed, LONGEST))
    tries.save()


def clear(user: User) -> None:
    """Forget the wrong tries of ``user``."""
    Tries.objects.filter(user=user).delete()
