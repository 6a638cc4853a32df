"""The work lists of the officials who owe answers, and of citizens who are asked for more."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.proposals.models import Proposal, ProposalState
from portal.registry import DeskItem, DeskQueue


def _items(found: Any) -> list[DeskItem]:
    return [
        DeskItem(
            title=proposal.title,
            url=proposal.get_absolute_url(),
            due=proposal.due_on,
            note=proposal.get_state_display(),
            since=proposal.state_since,
        )
        for proposal in found
    ]


def is_official(person: User) -> bool:
    return person.holds(Role.OFFICIAL, Role.APPROVER)


def overdue(person: User) -> Any:
    return Proposal.objects.overdue().of_departments(person.departments)


def owed(person: User) -> Any:
    late = Proposal.objects.overdue().values("pk")
    running = Proposal.objects.clock_running().of_departments(person.departments)
    return running.exclude(pk__in=late)


def paused(person: User) -> Any:
    asked = Proposal.objects.filter(state=ProposalState.SUPPLEMENT)
    return asked.of_departments(person.departments)


def opinions(person: User) -> Any:
    """Where another department has asked for opinions."""
    asked = Proposal.objects.filter(state=ProposalState.DEPT_REVIEW)
    return asked.exclude(department_id__in=person.departments)


def asked_of_me(person: User) -> Any:
    return Proposal.objects.by_author(person).filter(state=ProposalState.SUPPLEMENT)


def queue(  # noqa: PLR0913  the words of a work list, all by place and name
    key: str, title: Any, empty: Any, found: Any, *, order: int, concerns: Any = is_official
) -> DeskQueue:
    """Make a work list of proposals, soonest due first."""
    return DeskQueue(
        key=key,
        title=title,
        empty=empty,
        concerns=concerns,
        count=lambda person: found(person).count(),
        items=lambda person, most: _items(found(person).order_by("due_on", "pk")[:most]),
        order=order,
    )


QUEUES = [
    queue("proposals-overdue", _("Answers overdue"), _("Nothing is overdue."), overdue, order=10),
    queue("proposals-owed", _("Answers owed"), _("No answer is owed."), owed, order=20),
    queue(
        "proposals-opinions",
        _("Opinions asked of other departments"),
        _("No opinion is asked for."),
        opinions,
        order=30,
    ),
    queue(
        "proposals-paused",
        _("Waiting for a supplement"),
        _("Nothing waits for a supplement."),
        paused,
        order=40,
    ),
    queue(
        "proposals-asked-of-me",
        _("Supplements asked of me"),
        _("Nothing is asked of you."),
        asked_of_me,
        order=15,
        concerns=lambda person: person.is_authenticated,
    ),
]
