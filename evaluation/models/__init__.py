"""What is measured, what was measured, with which evidence, and who verified it."""

from evaluation.models.measurements import (
    EARLIEST,
    LATEST,
    Evidence,
    Measurement,
    MeasurementState,
)
from evaluation.models.reference import Direction, Framework, Group, Indicator, Kind

__all__ = [
    "EARLIEST",
    "LATEST",
    "Direction",
    "Evidence",
    "Framework",
    "Group",
    "Indicator",
    "Kind",
    "Measurement",
    "MeasurementState",
]
