"""Living labs: projects that try a carried idea in the street, and all that they leave behind."""

from livinglabs.models.lab import Lab, LabState
from livinglabs.models.people import ParticipantKind, Participation
from livinglabs.models.records import (
    BudgetLine,
    Conflict,
    ConflictState,
    Event,
    Evidence,
    LabDataset,
    StageRecord,
)
from livinglabs.models.reference import (
    BudgetSource,
    ConflictType,
    EventKind,
    EvidenceKind,
    ReportedCase,
    ReportedFigure,
    SelectionCriterion,
    Stage,
    SuccessFactor,
)

__all__ = [
    "BudgetLine",
    "BudgetSource",
    "Conflict",
    "ConflictState",
    "ConflictType",
    "Event",
    "EventKind",
    "Evidence",
    "EvidenceKind",
    "Lab",
    "LabDataset",
    "LabState",
    "ParticipantKind",
    "Participation",
    "ReportedCase",
    "ReportedFigure",
    "SelectionCriterion",
    "Stage",
    "StageRecord",
    "SuccessFactor",
]
