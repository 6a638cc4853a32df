"""The work list of the departments that owe what supports obliged them to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.registry import DeskItem, DeskQueue
from portal.thresholds import scopes
from portal.thresholds.models import Duty, RuleChange


def is_official(person: User) -> bool:
    return person.holds(Role.OFFICIAL, Role.APPROVER)


def owed(person: User) -> Any:
    """Open duties of the person's departments; answers have a list of their own."""
    return Duty.objects.open().beside_answers().of_departments(person.departments)


def _items(person: User, most: int) -> list[DeskItem]:
    found = owed(person).titled_for(person).select_related("proposal", "step")[:most]
    return [
        DeskItem(
            title=duty.title,
            url=duty.get_absolute_url(),
            due=duty.owed_on,
            note=duty.step.get_effect_display(),
            since=duty.raised_at,
        )
        for duty in found
    ]


def approves(person: User) -> bool:
    return person.holds(Role.APPROVER, Role.OPERATOR)


def to_approve(person: User) -> Any:
    """Changes of the steps that somebody else proposed."""
    return RuleChange.objects.waiting().exclude(proposed_by=person)


def _changes(person: User, most: int) -> list[DeskItem]:
    waiting = list(to_approve(person)[:most])
    return [
        DeskItem(
            title=change.reason[:80],
            url=change.get_absolute_url(),
            due=change.valid_from,
            note=scope.title,
            since=change.proposed_at,
        )
        for scope, change in zip(scopes.of_each(waiting), waiting, strict=True)
    ]


QUEUES = [
    DeskQueue(
        key="thresholds-duties",
        title=_("Duties that supports have raised"),
        empty=_("No duty is open."),
        concerns=is_official,
        count=lambda person: owed(person).count(),
        items=_items,
        order=25,
    ),
    DeskQueue(
        key="thresholds-changes",
        title=_("Support steps to approve"),
        empty=_("No change of the support steps waits."),
        concerns=approves,
        count=lambda person: to_approve(person).count(),
        items=_changes,
        order=60,
    ),
]
