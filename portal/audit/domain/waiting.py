"""Acts that are committed and not sealed yet: how many, and whether one waits too long."""

from datetime import timedelta

from django.utils import timezone

from portal.audit.models import Act, Pending

# A seal comes every few seconds; after this time something is wrong with the sealer.
SEALED_WITHIN = timedelta(seconds=60)


def count() -> int:
    return Pending.objects.count()


def is_too_long() -> bool:
    """Whether the oldest act in the queue should have been sealed by now."""
    oldest = Act.objects.oldest_waiting().first()
    return bool(oldest and oldest.recorded_at < timezone.now() - SEALED_WITHIN)
