"""What is kept of a person here: for their download, and to be erased with the account."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.identity.models import Tries, Verification, VerificationCode
from portal.registry import OwnData


def verifications(person: User) -> Iterator[dict[str, Any]]:
    """The verifications of ``person``, oldest first; the keyed hash tells nobody anything."""
    for row in Verification.objects.visible_to(person).order_by("verified_at"):
        yield {
            "level": row.level,
            "way": row.provider,
            "district": row.district,
            "from": row.verified_at,
            "until": row.expires_at,
            "ended": row.ended_at,
            "ending": row.ending,
            "reason": row.reason,
        }


def forget(person: User) -> None:
    """Erase the verifications of a closed account; supports that were given keep counting."""
    for rows in (
        Verification.objects.filter(user=person),
        Tries.objects.filter(user=person),
        VerificationCode.objects.filter(account=person),
    ):
        rows.delete()


DATA = [OwnData("verifications", _("Verifications of who I am"), verifications, order=20)]
