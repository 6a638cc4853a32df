"""The thread: all that became of a proposal, from the idea to the verified result.

It is read from the audit trail itself, so what the page tells and what the trail
vouches for cannot differ.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal import registry
from portal.audit.domain import log, trail
from portal.proposals.models import Proposal, ProposalState
from portal.registry import Subject, Upcoming

MOST_STEPS = 300


@dataclass(frozen=True)
class Step:
    """One step of the thread: the entry of the trail, and what it is about."""

    entry: trail.Entry
    subject: Subject


@dataclass(frozen=True)
class Thread:
    """The steps so far, oldest first, and what is due next."""

    steps: list[Step]
    upcoming: list[Upcoming]


def of(proposal: Proposal) -> Thread:
    """Gather the thread of ``proposal``: a fixed number of queries, however long it is."""
    subjects = {log.subject_key(proposal): Subject(_("Proposal"), proposal.get_absolute_url())}
    upcoming = _own_upcoming(proposal)
    for source in registry.thread_sources:
        subjects |= source.subjects(proposal)
        upcoming += source.upcoming(proposal)
    entries = trail.entries(list(subjects), limit=MOST_STEPS)
    return Thread([Step(entry, subjects[entry.subject]) for entry in entries], upcoming)


def _own_upcoming(proposal: Proposal) -> list[Upcoming]:
    """What the proposal itself waits for."""
    url = proposal.get_absolute_url()
    if proposal.state == ProposalState.SUBMITTED:
        return [Upcoming(_("When enough people support it, a department must answer"), None, url)]
    if proposal.clock_runs:
        return [Upcoming(_("The department's answer is due"), proposal.due_on, url)]
    if proposal.state == ProposalState.SUPPLEMENT:
        pause = proposal.pauses.filter(came_on=None).first()
        return [Upcoming(_("The author's supplement is awaited"), pause and pause.due_on, url)]
    return []
