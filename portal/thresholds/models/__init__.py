"""What supports oblige the city to do, and what follows from it."""

from portal.thresholds.models.changes import ChangeState, RuleChange, RuleChangeQuerySet
from portal.thresholds.models.duties import Closing, Duty, DutyQuerySet, Touched
from portal.thresholds.models.merges import Carried, Merge, MergeQuerySet, MergeState, Voice
from portal.thresholds.models.steps import Effect, Step, StepQuerySet

__all__ = [
    "Carried",
    "ChangeState",
    "Closing",
    "Duty",
    "DutyQuerySet",
    "Effect",
    "Merge",
    "MergeQuerySet",
    "MergeState",
    "RuleChange",
    "RuleChangeQuerySet",
    "Step",
    "StepQuerySet",
    "Touched",
    "Voice",
]
