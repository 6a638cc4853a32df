"""The city's days off: the decree's, and those that its own table adds."""

from portal.accounts.models import Holiday
from portal.deadlines import Calendar, calendar_from


def city_calendar() -> Calendar:
    """The Korean calendar with the extraordinary and local holidays of the city."""
    return calendar_from(Holiday.objects.values_list("date", flat=True))
