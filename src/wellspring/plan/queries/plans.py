"""Plans and items, as far as a viewer may see them: those of the units in which she takes part."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.plan.models import Period, PlanItem, WorkPlan


def visible_plans(viewer: Viewer) -> QuerySet[WorkPlan]:
    """Plans of the units in which, or below which, she takes part, with their unit; latest first."""
    return WorkPlan.objects.filter(viewer.below(Permission.TAKE_PART, "org__path")).select_related("org")


def visible_items(viewer: Viewer) -> QuerySet[PlanItem]:
    """Items of visible plans, with plan, unit, topic and owner."""
    where = viewer.below(Permission.TAKE_PART, "plan__org__path")
    return PlanItem.objects.filter(where).select_related("plan__org", "topic", "owner__user")


def first_day(period: Period | str, day: date) -> date:
    """First day of the month, quarter or year that `day` lies in."""
    months = Period(period).months
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def following(period: Period | str, starts_on: date) -> date:
    """First day of the period after the one that begins on `starts_on`."""
    months = starts_on.year * 12 + starts_on.month - 1 + Period(period).months
    return date(months // 12, months % 12 + 1, 1)
