"""What the city does after it said yes, and how people judge it."""

from portal.delivery.models.desk import Remark, SavedFilter, Wording
from portal.delivery.models.marks import Mark, MarkKind, MarkSum, Score
from portal.delivery.models.papers import BudgetLine, Evidence, Funding
from portal.delivery.models.plans import PROMISED, Milestone, Plan, PlanState, Slip, promises
from portal.delivery.models.tallies import Measure, Tally, TallyPart, TallyWait

__all__ = [
    "PROMISED",
    "BudgetLine",
    "Evidence",
    "Funding",
    "Mark",
    "MarkKind",
    "MarkSum",
    "Measure",
    "Milestone",
    "Plan",
    "PlanState",
    "Remark",
    "SavedFilter",
    "Score",
    "Slip",
    "Tally",
    "TallyPart",
    "TallyWait",
    "Wording",
    "promises",
]
