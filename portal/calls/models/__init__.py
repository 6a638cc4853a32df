"""What calls and local problems are made of."""

from portal.calls.models.calls import Call, CallQuerySet, Prize, Track
from portal.calls.models.entries import Entry, EntryQuerySet, Invitation, Membership, Team
from portal.calls.models.jury import Juror, Recusal, Score
from portal.calls.models.problems import (
    OPEN_PROBLEMS,
    MeToo,
    Problem,
    ProblemProposal,
    ProblemQuerySet,
    Solution,
    Weight,
)
from portal.calls.models.states import (
    EVENTS,
    Applicant,
    CallKind,
    CallState,
    Criterion,
    EntryForm,
    EntryState,
    ProblemState,
    Use,
)

__all__ = [
    "EVENTS",
    "OPEN_PROBLEMS",
    "Applicant",
    "Call",
    "CallKind",
    "CallQuerySet",
    "CallState",
    "Criterion",
    "Entry",
    "EntryForm",
    "EntryQuerySet",
    "EntryState",
    "Invitation",
    "Juror",
    "MeToo",
    "Membership",
    "Prize",
    "Problem",
    "ProblemProposal",
    "ProblemQuerySet",
    "ProblemState",
    "Recusal",
    "Score",
    "Solution",
    "Team",
    "Track",
    "Use",
    "Weight",
]
