"""Tables of the work plan: plans of a month, quarter or year, their items, progress and outcome."""

from .imports import PlanImport
from .items import BY_HAND, ItemState, PlanItem
from .plans import Period, WorkPlan
from .progress import Outcome, Postponement, Progress, Verdict

__all__ = [
    "BY_HAND",
    "ItemState",
    "Outcome",
    "Period",
    "PlanImport",
    "PlanItem",
    "Postponement",
    "Progress",
    "Verdict",
    "WorkPlan",
]
