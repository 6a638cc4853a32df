"""The work lists of the officials who owe answers, and of citizens who are asked for more."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.proposals.models import (
    Answer,
    AnswerState,
    OpinionRequest,
    Pause,
    Proposal,
    ProposalState,
)
from portal.registry import DeskItem, DeskQueue


def _items(found: Any, due: str) -> list[DeskItem]:
    return [
        DeskItem(
            title=proposal.title,
            url=proposal.get_absolute_url(),
            due=getattr(proposal, due),
            note=proposal.get_state_display(),
            since=proposal.state_since,
        )
        for proposal in found
    ]


def is_official(person: User) -> bool:
    return person.holds(Role.OFFICIAL, Role.APPROVER)


def overdue(person: User) -> Any:
    return Proposal.objects.overdue().of_departments(person.departments)


def _in_time(person: User) -> Any:
    late = Proposal.objects.overdue().values("pk")
    running = Proposal.objects.clock_running().of_departments(person.departments)
    return running.exclude(pk__in=late)


def to_assign(person: User) -> Any:
    """Those with which no official of the department deals yet."""
    return _in_time(person).filter(official=None)


def to_answer(person: User) -> Any:
    """Those that the person deals with, and for an approver those of the department."""
    mine = _in_time(person)
    if person.holds(Role.APPROVER):
        return mine.exclude(official=None)
    return mine.filter(official=person)


def paused(person: User) -> Any:
    asked = _asked()
    return asked.of_departments(person.departments).exclude(pk__in=_lapsed())


def lapsed(person: User) -> Any:
    """Where the author let the last day of a supplement pass."""
    return _asked().filter(pk__in=_lapsed()).of_departments(person.departments)


def _asked() -> Any:
    """Those that wait for a supplement, with the last day for it: the answer's stands still."""
    pauses = Pause.objects.filter(proposal=OuterRef("pk"), came_on=None)
    asked = Proposal.objects.filter(state=ProposalState.SUPPLEMENT)
    return asked.annotate(supplement_until=Subquery(pauses.values("due_on")[:1]))


def _lapsed() -> Any:
    late = Pause.objects.filter(came_on=None, due_on__lt=timezone.localdate())
    return late.values("proposal")


def asked_of_me(person: User) -> Any:
    return _asked().by_author(person)


def opinions(person: User) -> Any:
    """Questions of other departments that wait for the person's own."""
    asked = OpinionRequest.objects.awaited().asked_of(person)
    return asked.select_related("proposal", "department").order_by("due_on", "pk")


def _opinion_items(person: User, most: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=request.proposal.title,
            url=reverse("proposals:give_opinion", args=[request.proposal_id, request.pk]),
            due=request.due_on,
            note=request.whom,
        )
        for request in opinions(person)[:most]
    ]


def to_approve(person: User) -> Any:
    waiting = Answer.objects.to_approve(person).select_related("proposal")
    return waiting.order_by("proposal__due_on", "pk")


def _answer_items(person: User, most: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=answer.proposal.title,
            url=reverse("proposals:approve", args=[answer.proposal_id]),
            due=answer.proposal.due_on,
            note=answer.get_decision_display(),
            since=answer.state_since,
        )
        for answer in to_approve(person)[:most]
    ]


def returned(person: User) -> Any:
    """Proposals whose answer came back to the person with a remark."""
    back = Answer.objects.filter(state=AnswerState.RETURNED, drafted_by=person)
    return Proposal.objects.filter(pk__in=back.values("proposal"))


def queue(  # noqa: PLR0913  the words of a work list, all by place and name
    key: str,
    title: Any,
    empty: Any,
    found: Any,
    *,
    order: int,
    concerns: Any = is_official,
    due: str = "due_on",
) -> DeskQueue:
    """Make a work list of proposals, soonest due first; ``due`` is the date that counts in it."""
    return DeskQueue(
        key=key,
        title=title,
        empty=empty,
        concerns=concerns,
        count=lambda person: found(person).count(),
        items=lambda person, most: _items(found(person).order_by(due, "pk")[:most], due),
        order=order,
    )


QUEUES = [
    queue("proposals-overdue", _("Answers overdue"), _("Nothing is overdue."), overdue, order=10),
    DeskQueue(
        key="proposals-to-approve",
        title=_("Answers to approve"),
        empty=_("No answer waits for your approval."),
        concerns=lambda person: person.holds(Role.APPROVER),
        count=lambda person: to_approve(person).count(),
        items=_answer_items,
        order=12,
    ),
    queue(
        "proposals-returned",
        _("Answers that came back to me"),
        _("No answer came back."),
        returned,
        order=14,
    ),
    queue(
        "proposals-to-assign",
        _("To assign to an official"),
        _("All have an official."),
        to_assign,
        order=18,
    ),
    queue("proposals-owed", _("Answers owed"), _("No answer is owed."), to_answer, order=20),
    DeskQueue(
        key="proposals-opinions",
        title=_("Opinions asked of my department"),
        empty=_("No opinion is asked for."),
        concerns=is_official,
        count=lambda person: opinions(person).count(),
        items=_opinion_items,
        order=30,
    ),
    queue(
        "proposals-lapsed",
        _("Supplements that did not come"),
        _("No supplement is missing."),
        lapsed,
        order=35,
        due="supplement_until",
    ),
    queue(
        "proposals-paused",
        _("Waiting for a supplement"),
        _("Nothing waits for a supplement."),
        paused,
        order=40,
        due="supplement_until",
    ),
    queue(
        "proposals-asked-of-me",
        _("Supplements asked of me"),
        _("Nothing is asked of you."),
        asked_of_me,
        order=15,
        due="supplement_until",
        concerns=lambda person: person.is_authenticated,
    ),
]
