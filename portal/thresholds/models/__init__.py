"""What supports oblige the city to do, and what follows from it."""

from portal.thresholds.models.changes import ChangeState, RuleChange, RuleChangeQuerySet
from portal.thresholds.models.duties import Closing, Duty, DutyQuerySet, Touched
from portal.thresholds.models.merges import Carried, Merge, MergeQuerySet, MergeState, Voice
from portal.thresholds.models.panels import (
    Candidate,
    Mark,
    Panel,
    PanelConsent,
    PanelItem,
    PanelQuerySet,
    PanelState,
)
from portal.thresholds.models.steps import Effect, Step, StepQuerySet

__all__ = [
    "Candidate",
    "Carried",
    "ChangeState",
    "Closing",
    "Duty",
    "DutyQuerySet",
    "Effect",
    "Mark",
    "Merge",
    "MergeQuerySet",
    "MergeState",
    "Panel",
    "PanelConsent",
    "PanelItem",
    "PanelQuerySet",
    "PanelState",
    "RuleChange",
    "RuleChangeQuerySet",
    "Step",
    "StepQuerySet",
    "Touched",
    "Voice",
]
