"""The thread: all that became of a proposal, from the idea to the verified result.

It is read from the audit trail itself, so what the page tells and what the trail
vouches for cannot differ.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from portal import registry
from portal.audit.domain import log, trail
from portal.proposals.models import Proposal, ProposalState
from portal.registry import Subject, Upcoming

MOST_STEPS = 300
OWN = "proposals.proposal:"
SET_THE_DATE = {"answer_due", "extended", "supplied", "due_moved", "reexamined", "split"}
STOP_THE_CLOCK = {"supplement", "supplement_put_off"}


@dataclass(frozen=True)
class Step:
    """One step of the thread: the entry of the trail, and what it is about.

    ``due`` is the date of the answer that it set and ``was_due`` the one before; where the clock
    stands still for the author's supplement, that comes ``until`` a day.
    """

    entry: trail.Entry
    subject: Subject
    due: date | None = None
    was_due: date | None = None
    until: date | None = None

    @property
    def is_minor(self) -> bool:
        verb = registry.verbs.get(self.entry.verb)
        return verb is not None and verb.minor


@dataclass(frozen=True)
class Passage:
    """A step that stands for itself, and those that are folded away under it."""

    first: Step
    more: list[Step]


@dataclass(frozen=True)
class Thread:
    """The steps so far, oldest first, and what is due next."""

    steps: list[Step]
    upcoming: list[Upcoming]
    stages: list[dict[str, str]]

    @property
    def passages(self) -> list[Passage]:
        """The steps, housekeeping and long rows of the same kind folded away."""
        found: list[Passage] = []
        for step in self.steps:
            if found and _belongs(step, found[-1].first):
                found[-1].more.append(step)
            else:
                found.append(Passage(step, []))
        return found


def _belongs(step: Step, first: Step) -> bool:
    group = step.subject.group
    return step.is_minor or (bool(group) and group == first.subject.group)


def of(proposal: Proposal) -> Thread:
    """Gather the thread of ``proposal``: a fixed number of queries, however long it is."""
    subjects = {log.subject_key(proposal): Subject(_("Proposal"), proposal.get_absolute_url())}
    upcoming = _own_upcoming(proposal)
    reached = _own_stages(proposal)
    for source in registry.thread_sources:
        found = source.subjects(proposal)
        subjects |= found
        upcoming += source.upcoming(proposal)
        if source.stage and (found or not source.is_by_the_way):
            reached.append((str(source.stage), bool(found)))
    entries = trail.entries(list(subjects), limit=MOST_STEPS)
    return Thread(_dated(entries, subjects), upcoming, _in_words(reached))


def _dated(entries: list[trail.Entry], subjects: dict[str, Subject]) -> list[Step]:
    """The steps with each change of the day by which the city must answer."""
    steps: list[Step] = []
    due: date | None = None
    for entry in entries:
        verb, before = entry.verb.removeprefix(OWN), due
        due = _day(entry, "due") if verb in SET_THE_DATE else None
        until = _day(entry, "until") if verb in STOP_THE_CLOCK else None
        steps.append(Step(entry, subjects[entry.subject], due, before if due else None, until))
        due = due or before
    return steps


def _day(entry: trail.Entry, name: str) -> date | None:
    return parse_date(str(entry.detail.get(name, "")))


def _own_stages(proposal: Proposal) -> list[tuple[str, bool]]:
    """The stages that a proposal walks by itself, and whether it has come to each."""
    gathering = proposal.state == ProposalState.SUBMITTED
    return [
        (_("Proposal"), True),
        (_("Support"), True),
        (_("Review"), not gathering and proposal.state != ProposalState.WITHDRAWN),
    ]


def _in_words(reached: list[tuple[str, bool]]) -> list[dict[str, str]]:
    """Call the last stage that was reached the current one, and those before it done.

    What was passed over is left out: not every proposal comes before the council.
    """
    last = max(place for place, (_title, here) in enumerate(reached) if here)
    return [
        {"title": title, "state": "now" if place == last else "done" if place < last else ""}
        for place, (title, here) in enumerate(reached)
        if here or place > last
    ]


def _own_upcoming(proposal: Proposal) -> list[Upcoming]:
    """What the proposal itself waits for."""
    url = proposal.get_absolute_url()
    if proposal.state == ProposalState.SUBMITTED:
        return [Upcoming(_("When enough people support it, a department must answer"), None, url)]
    if proposal.clock_runs:
        return [Upcoming(_("The department's answer is due"), proposal.due_on, url)]
    if proposal.state == ProposalState.SUPPLEMENT:
        pause = proposal.pauses.filter(came_on=None).first()
        return [
            Upcoming(_("The author's supplement is awaited"), pause.due_on if pause else None, url)
        ]
    return []
