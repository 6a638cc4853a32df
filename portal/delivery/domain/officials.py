"""Whom of a department a matter is told."""

from typing import Any

from portal.accounts.models import Appointment, Department, Role, User
from portal.notifications.domain import notes


def of(department: Department | None) -> Any:
    """The officials and approvers of ``department`` today."""
    held = Appointment.objects.current().filter(
        role__in=[Role.OFFICIAL, Role.APPROVER], department=department
    )
    return User.objects.filter(appointments__in=held, is_active=True).distinct()


def tell(department: Department | None, kind: str, *, url: str, **context: Any) -> None:
    """Leave a note for all officials of ``department``."""
    notes.leave_for_all(of(department), kind, url=url, **context)
