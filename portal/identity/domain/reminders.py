"""Telling people in time that their verification ends, so that nothing they do is cut off."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.identity.models import Verification
from portal.notifications.domain import notes

AT_ONCE = 500


def remind() -> int:
    """Leave a note for everybody whose verification ends soon, once; return how many.

    Each of them is told ``IDENTITY_REMINDER_DAYS`` before the end at the earliest.
    """
    told = 0
    while some := _remind_some():
        told += some
    return told


@transaction.atomic
def _remind_some() -> int:
    soon = Verification.objects.ending_soon().filter(user__is_active=True).order_by("pk")
    found = list(
        soon.select_related("user").select_for_update(of=["self"], skip_locked=True)[:AT_ONCE]
    )
    for verification in found:
        notes.leave(
            verification.user,
            "verification_ends",
            url=reverse("identity:overview"),
            until=timezone.localdate(verification.expires_at),
        )
    Verification.objects.filter(pk__in=[one.pk for one in found]).update(reminded_at=timezone.now())
    return len(found)
