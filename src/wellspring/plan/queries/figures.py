"""Figures of work plans: how many items, in which state, on time, reached; counts of units, never of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.utils import timezone

from wellspring.people.models import OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.plan.models import ItemState, PlanItem, Verdict
from wellspring.plan.models.items import OPEN_STATES
from wellspring.plan.queries.board import REPLACED


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Of one unit: items that are due in a span of days, without those that go on as others."""

    org_id: int
    org_name: str
    planned: int
    under_way: int
    done: int
    dropped: int
    overdue: int
    """Of those that are open."""
    on_time: int
    """Done on the due day or before it."""
    reached: int
    partly: int
    missed: int

    @property
    def total(self) -> int:
        return self.planned + self.under_way + self.done + self.dropped


def plan_figures(viewer: Viewer, *, first: date, last: date, org: OrgUnit | None = None) -> list[PlanFigures]:
    """Of each unit whose figures she may see, in and below `org` where one is given, that has items due from `first` to
    `last`; units top down. One query."""
    where = viewer.below(Permission.SEE_FIGURES, "plan__org__path") & Q(due_on__range=(first, last))
    if org is not None:
        where &= Q(plan__org__path__startswith=org.path)
    is_open = Q(state__in=OPEN_STATES)
    rows = (
        PlanItem.objects.filter(where)
        .exclude(state__in=REPLACED)
        .order_by("plan__org__path")
        .values("plan__org__path", "plan__org", "plan__org__name")
        .annotate(
            planned=Count("pk", filter=Q(state=ItemState.PLANNED)),
            under_way=Count("pk", filter=Q(state=ItemState.UNDER_WAY)),
            done=Count("pk", filter=Q(state=ItemState.DONE)),
            dropped=Count("pk", filter=Q(state=ItemState.DROPPED)),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=timezone.localdate())),
            on_time=Count("pk", filter=Q(state=ItemState.DONE, ended_at__date__lte=F("due_on"))),
            reached=Count("pk", filter=Q(outcome__verdict=Verdict.REACHED)),
            partly=Count("pk", filter=Q(outcome__verdict=Verdict.PARTLY)),
            missed=Count("pk", filter=Q(outcome__verdict=Verdict.MISSED)),
        )
    )
    return [
        PlanFigures(
            org_id=row["plan__org"],
            org_name=row["plan__org__name"],
            planned=row["planned"],
            under_way=row["under_way"],
            done=row["done"],
            dropped=row["dropped"],
            overdue=row["overdue"],
            on_time=row["on_time"],
            reached=row["reached"],
            partly=row["partly"],
            missed=row["missed"],
        )
        for row in rows
    ]
