"""How long each kind of row is kept: read from the table, never from the code."""

from datetime import timedelta

from portal.rights.models import Period


def length_of(code: str) -> timedelta:
    """The period of one kind. Raises ``Period.DoesNotExist`` where reference data lack it."""
    days = Period.objects.values_list("days", flat=True).get(code=code, days__isnull=False)
    return timedelta(days=days or 0)
