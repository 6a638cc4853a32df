"""Ending an office before its term."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, User
from portal.refusals import Refused


@transaction.atomic
def revoke(appointment: Appointment, *, by: User) -> Appointment:
    """End an office at once; the row stays. Raises ``Refused`` for an office of one's own."""
    if appointment.user_id == by.pk:
        raise Refused(_("Your own office is ended by someone else."))
    Appointment.objects.filter(pk=appointment.pk, revoked_at=None).update(revoked_at=timezone.now())
    appointment.refresh_from_db()
    return appointment
