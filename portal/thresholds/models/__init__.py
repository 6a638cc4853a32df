"""What supports oblige the city to do, and what follows from it."""

from portal.thresholds.models.duties import Closing, Duty, DutyQuerySet, Touched
from portal.thresholds.models.steps import Effect, Step, StepQuerySet

__all__ = ["Closing", "Duty", "DutyQuerySet", "Effect", "Step", "StepQuerySet", "Touched"]
