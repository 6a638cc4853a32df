"""The work lists of moderators: reports to look at, and appeals against others' decisions."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.registry import DeskItem, DeskQueue
from portal.talk.models import Case, CaseState, Comment


def is_moderator(person: User) -> bool:
    return person.holds(Role.MODERATOR, Role.OPERATOR)


def waiting(person: User) -> Any:
    """Cases that this person may decide; what is held back comes first, its hours run."""
    found = Case.objects.with_subject().waiting().exclude(comment__author=person)
    found = found.exclude(proposal__author=person)
    return found.order_by(F("held_at").asc(nulls_last=True), "opened_at", "pk")


def appeals(person: User) -> Any:
    """Appeals against what somebody else decided."""
    found = Case.objects.with_subject().appealed().exclude(decided_by=person)
    found = found.exclude(comment__author=person).exclude(proposal__author=person)
    return found.order_by("appealed_at", "pk")


def _item(case: Case) -> DeskItem:
    held_until = case.held_at + timedelta(hours=settings.HOLD_HOURS) if case.held_at else None
    is_held = case.state == CaseState.HELD and held_until
    subject = case.subject
    title = subject.text[:60] if isinstance(subject, Comment) else subject.title
    return DeskItem(
        title=title or str(_("A deleted comment")),
        url=case.get_absolute_url(),
        due=timezone.localtime(held_until).date() if is_held and held_until else None,
        note=case.get_state_display(),
        since=case.state_since,
    )


def queue(key: str, title: Any, empty: Any, found: Any, order: int) -> DeskQueue:
    """Make a work list of cases for moderators."""
    return DeskQueue(
        key=key,
        title=title,
        empty=empty,
        concerns=is_moderator,
        count=lambda person: found(person).count(),
        items=lambda person, most: [_item(case) for case in found(person)[:most]],
        order=order,
    )


QUEUES = [
    queue(
        "talk-reports", _("Reports to decide"), _("No report waits for a decision."), waiting, 12
    ),
    queue("talk-appeals", _("Appeals to decide"), _("No appeal waits for you."), appeals, 13),
]
