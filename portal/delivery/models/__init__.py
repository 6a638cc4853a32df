"""What the city does after it said yes, and how people judge it."""

from portal.delivery.models.desk import Remark, SavedFilter, Wording
from portal.delivery.models.marks import Mark, MarkKind, MarkSum, Score
from portal.delivery.models.papers import BudgetLine, Evidence, Funding
from portal.delivery.models.plans import PROMISED, Milestone, Plan, PlanState, Slip, promises

__all__ = [
    "PROMISED",
    "BudgetLine",
    "Evidence",
    "Funding",
    "Mark",
    "MarkKind",
    "MarkSum",
    "Milestone",
    "Plan",
    "PlanState",
    "Remark",
    "SavedFilter",
    "Score",
    "Slip",
    "Wording",
    "promises",
]
