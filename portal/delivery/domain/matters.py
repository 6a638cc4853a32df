"""The matters of an official's departments: chosen, given to colleagues, and who has how many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Role, User
from portal.delivery.models import SavedFilter
from portal.proposals.domain import assignments
from portal.proposals.models import Pause, Proposal, ProposalState
from portal.refusals import Refused

MOST = 50
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """How much one official has, or nobody yet (``person`` is ``None``)."""

    person: User | None
    open: int
    this_week: int
    overdue: int


@dataclass(frozen=True)
class Refusal:
    """A matter that was not given, and why."""

    proposal: Proposal
    why: str


def of(person: User, wanted: Mapping[str, Any]) -> Any:
    """What the departments of ``person`` owe, soonest due first, as far as it is ``wanted``.

    ``wanted`` may have ``state``, ``area``, ``whose`` (mine, nobody), ``due`` (overdue, week) and
    ``q``, words of the title. Each has ``supplement_until`` where its clock stands still.
    """
    owed = Proposal.objects.awaiting_answer().of_departments(person.departments)
    plain = {name: wanted[name] for name in ("state", "area") if wanted.get(name)}
    asked = _WHOSE[wanted.get("whose") or ""](person) & _DUE[wanted.get("due") or ""]()
    if words := wanted.get("q"):
        asked &= Q(title__icontains=words)
    found = owed.filter(asked, **plain).select_related("area", "official", "department", "author")
    asked = Pause.objects.filter(proposal=OuterRef("pk"), came_on=None)
    until = Subquery(asked.values("due_on")[:1])
    return found.annotate(supplement_until=until).order_by("due_on", "pk")


def overdue() -> Q:
    """The due date has passed while the clock runs."""
    return Q(due_on__lt=timezone.localdate()) & ~Q(state=ProposalState.SUPPLEMENT)


def this_week() -> Q:
    """Due today or within the next seven days."""
    today = timezone.localdate()
    return Q(due_on__gte=today, due_on__lte=today + A_WEEK)


_WHOSE: dict[str, Any] = {
    "": lambda _who: Q(),
    "mine": lambda person: Q(official=person),
    "nobody": lambda _who: Q(official=None),
}
_DUE: dict[str, Any] = {
    "": Q,
    "overdue": overdue,
    "week": this_week,
}


def give(
    found: Iterable[Proposal], *, by: User, official: User
) -> tuple[list[Proposal], list[Refusal]]:
    """Give several matters to one official, each for itself: those given, and why not the others.

    Whoever may not give one of them learns so for that one alone.
    """
    given, refused = [], []
    for proposal in found:
        try:
            _refuse_strangers(proposal, by)
            given.append(assignments.assign(proposal, by=by, official=official))
        except Refused as why:
            refused.append(Refusal(proposal, str(why)))
    return given, refused


def _refuse_strangers(proposal: Proposal, by: User) -> None:
    if not by.has_perm("proposals.assign_proposal", proposal):
        raise Refused(_("You may not give this proposal to anyone."))


def colleagues(person: User) -> Any:
    """The officials of the departments of ``person``, by name."""
    held = Appointment.objects.current().filter(
        role__in=[Role.OFFICIAL, Role.APPROVER], department__in=person.departments
    )
    return User.objects.filter(appointments__in=held, is_active=True).distinct().order_by("name")


def workload(person: User) -> list[Load]:
    """How much each colleague has, by name, and what nobody has yet: two queries."""
    owed = Proposal.objects.awaiting_answer().of_departments(person.departments)
    counted = (
        owed.order_by()
        .values("official")
        .annotate(
            n=Count("pk"),
            week=Count("pk", filter=this_week()),
            late=Count("pk", filter=overdue()),
        )
    )
    found: dict[int | None, tuple[int, int, int]] = {
        row["official"]: (row["n"], row["week"], row["late"]) for row in counted
    }
    loads = [Load(one, *found.get(one.pk, (0, 0, 0))) for one in colleagues(person)]
    return [*loads, Load(None, *found.get(None, (0, 0, 0)))]


@transaction.atomic
def save(*, by: User, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces it."""
    kept, _new = SavedFilter.objects.update_or_create(
        person=by, name=name, defaults={"query": query}
    )
    return kept


@transaction.atomic
def forget(saved: SavedFilter, *, by: User) -> None:
    """Drop a saved filter."""
    saved.delete()
