"""What this room adds to other pages: a proposal's call and problem, and its thread."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.domain import log
from portal.calls.models import Call, CallState, Entry, ProblemProposal
from portal.proposals.domain.traces import lacks
from portal.proposals.models import Proposal
from portal.registry import CallCard, Subject, ThreadSource

PUBLIC = (CallState.PUBLISHED, CallState.CLOSED)
RUNNING = (CallState.DRAFT, CallState.ANNOUNCED, CallState.OPEN)


def of_proposal(request: Any, proposal: Any) -> dict[str, Any] | None:
    """The call that a proposal takes part in and the problem that it began with, if any."""
    entry = _entry(proposal)
    problem = _problem(proposal)
    if entry is None and problem is None:
        return None
    public = entry is not None and entry.track.call.state in PUBLIC
    context = {"entry": entry, "problem": problem, "is_public": public}
    return {"template": "calls/_of_proposal.html", "context": context}


def _entry(proposal: Any) -> Entry | None:
    if lacks(proposal, Entry):
        return None
    rows = Entry.objects.present().filter(proposal=proposal)
    return rows.select_related("track__call", "prize").first()


def _problem(proposal: Any) -> Any:
    """The problem behind a proposal, where everyone may see it."""
    if lacks(proposal, ProblemProposal):
        return None
    rows = ProblemProposal.objects.filter(proposal=proposal, problem__shared_at__isnull=False)
    link = rows.select_related("problem").first()
    return link.problem if link else None


def subjects(proposal: Any) -> dict[str, Subject]:
    """Name the entry and the problem that belong to ``proposal`` on its thread."""
    found: dict[str, Subject] = {}
    entry, problem = _entry(proposal), _problem(proposal)
    if entry:
        found[log.subject_key(entry)] = Subject(_("Call for ideas"), entry.get_absolute_url())
    if problem:
        found[log.subject_key(problem)] = Subject(_("Local problem"), problem.get_absolute_url())
    return found


THREAD = ThreadSource(key="calls", subjects=subjects, order=15)


def calls_of(proposals: Iterable[int]) -> dict[int, str]:
    """The call that each of these proposals answers, of those that answer one."""
    rows = Proposal.objects.filter(pk__in=list(proposals), call_id__isnull=False)
    return {pk: str(call) for pk, call in rows.values_list("pk", "call_id")}


def all_calls() -> list[tuple[int, str]]:
    """Number and title of every public call that proposals answer, the latest first."""
    rows = Call.objects.public().taking_proposals().order_by("-closes_at", "-id")
    return list(rows.values_list("pk", "title"))


def cards() -> list[CallCard]:
    """Every call that proposals answer, plans too, as the rooms beside this one know it."""
    found = Call.objects.taking_proposals().order_by("-closes_at", "-id")
    return [
        CallCard(
            key=str(call.pk),
            title=call.title,
            url=call.get_absolute_url(),
            department=call.department_id,
            opens_on=timezone.localdate(call.opens_at),
            closes_on=timezone.localdate(call.closes_at),
            is_public=call.state != CallState.DRAFT,
            is_over=call.state not in RUNNING or call.closes_at <= timezone.now(),
        )
        for call in found.only("title", "department_id", "opens_at", "closes_at", "state")
    ]
