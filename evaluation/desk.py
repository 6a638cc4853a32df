"""The work lists of those who verify, and of those whose figures were questioned."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluation.models import Measurement
from portal.accounts.models import Role, User
from portal.registry import DeskItem, DeskQueue


def to_verify(person: User) -> Any:
    return Measurement.objects.waiting_for(person)


def questioned(person: User) -> Any:
    return Measurement.objects.questioned_of(person)


def queue(key: str, title: Any, empty: Any, found: Any, *, order: int) -> DeskQueue:
    """Make a work list of measurements, the longest waiting first."""
    return DeskQueue(
        key=key,
        title=title,
        empty=empty,
        concerns=lambda person: person.holds(Role.OFFICIAL, Role.AUDITOR),
        count=lambda person: found(person).count(),
        items=lambda person, most: [
            DeskItem(
                title=measurement.indicator.name,
                url=measurement.get_absolute_url(),
                note=measurement.question or measurement.about,
                since=measurement.state_since,
            )
            for measurement in found(person).with_indicator().order_by("state_since", "pk")[:most]
        ],
        order=order,
    )


QUEUES = [
    queue(
        "measurements-questioned",
        _("Questions about your measurements"),
        _("Nobody has asked about your measurements."),
        questioned,
        order=70,
    ),
    queue(
        "measurements-to-verify",
        _("Measurements to verify"),
        _("No measurement waits for you."),
        to_verify,
        order=75,
    ),
]
