"""What this room adds to other pages: a proposal's call and problem, and its thread."""

from typing import Any

from django.utils.translation import gettext as _

from portal.audit.domain import log
from portal.calls.models import CallState, Entry, ProblemProposal
from portal.registry import Subject, ThreadSource

PUBLIC = (CallState.PUBLISHED, CallState.CLOSED)


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
    rows = Entry.objects.present().filter(proposal=proposal)
    return rows.select_related("track__call", "prize").first()


def _problem(proposal: Any) -> Any:
    """The problem behind a proposal, where everyone may see it."""
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
