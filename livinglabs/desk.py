"""The work lists of those who run labs."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models import Motion, MotionState
from livinglabs.models import Lab, LabState
from livinglabs.models.lab import LabQuerySet
from portal.accounts.models import Role, User
from portal.registry import DeskItem, DeskQueue


def answers_for_labs(person: User) -> bool:
    return person.holds(Role.OFFICIAL, Role.APPROVER)


def is_an_official(person: User) -> bool:
    return person.holds(Role.OFFICIAL)


def ready(person: User) -> LabQuerySet:
    return Lab.objects.running().managed_by(person).with_open_gate()


def waiting(person: User) -> LabQuerySet:
    return Lab.objects.running().managed_by(person).with_closed_gate()


def late(person: User) -> LabQuerySet:
    return Lab.objects.past_their_end().managed_by(person)


def to_start(person: User) -> LabQuerySet:
    """Prepared ones whose motion has been carried."""
    prepared = Lab.objects.filter(state=LabState.PREPARED, mandate__state=MotionState.CARRIED)
    return prepared.managed_by(person)


def without_lab(_person: User) -> QuerySet[Motion]:
    """Carried motions that nobody has prepared a lab for."""
    return Motion.objects.filter(state=MotionState.CARRIED, labs=None)


def motion_items(person: User, most: int) -> list[DeskItem]:
    """Lead from each of those motions to the form that prepares a lab."""
    return [
        DeskItem(
            title=motion.title,
            url=reverse("livinglabs:prepare", args=[motion.pk]),
            since=motion.closed_at,
        )
        for motion in without_lab(person).order_by("closed_at", "pk")[:most]
    ]


def queue(key: str, title: Any, empty: Any, found: Any, *, order: int) -> DeskQueue:
    """Make a work list of labs, soonest to end first."""
    return DeskQueue(
        key=key,
        title=title,
        empty=empty,
        concerns=answers_for_labs,
        count=lambda person: found(person).count(),
        items=lambda person, most: [
            DeskItem(
                title=lab.title,
                url=lab.get_absolute_url(),
                due=lab.ends_on,
                note=lab.stage.name,
                since=lab.state_since,
            )
            for lab in found(person).select_related("stage").order_by("ends_on", "pk")[:most]
        ],
        order=order,
    )


QUEUES = [
    DeskQueue(
        key="labs-to-prepare",
        title=_("Carried motions without a lab"),
        empty=_("Every carried motion has its lab."),
        concerns=is_an_official,
        count=lambda person: without_lab(person).count(),
        items=motion_items,
        order=45,
    ),
    queue("labs-late", _("Labs past their last day"), _("No lab is late."), late, order=50),
    queue(
        "labs-to-start",
        _("Labs that can start"),
        _("No lab waits for its start."),
        to_start,
        order=55,
    ),
    queue("labs-ready", _("Gates ready to pass"), _("No gate is ready."), ready, order=60),
    queue(
        "labs-waiting",
        _("Gates that wait for evidence"),
        _("No gate waits for evidence."),
        waiting,
        order=65,
    ),
]
