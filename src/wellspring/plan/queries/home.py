"""What the app's first pages show: the plans of a unit, and what is one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wellspring.people.models import Member, OrgUnit, active
from wellspring.people.permissions import Permission
from wellspring.people.queries.units import visible_units
from wellspring.people.viewer import Viewer
from wellspring.plan.models import ItemState, Period, PlanItem, WorkPlan
from wellspring.plan.models.items import OPEN_STATES
from wellspring.plan.queries.plans import first_day, following, visible_items, visible_plans

SOON = timedelta(days=7)
EARLIER_SHOWN = 12


@dataclass(frozen=True, slots=True)
class PeriodNow:
    """The plan of a period that today lies in, or the way to open it."""

    period: Period
    starts_on: date
    plan: WorkPlan | None
    """With its counts, see `with_counts`."""


@dataclass(frozen=True, slots=True)
class PlansAtHome:
    """A unit's plans, as the first page shows them."""

    org: OrgUnit | None
    """None: she takes part in none."""
    units: tuple[OrgUnit, ...]
    """Those she may choose from."""
    now: tuple[PeriodNow, ...]
    coming: tuple[WorkPlan, ...]
    to_close: tuple[WorkPlan, ...]
    """Their period is over and they are still open."""
    earlier: tuple[WorkPlan, ...]
    manages: bool

    @property
    def is_empty(self) -> bool:
        return not (self.coming or self.to_close or self.earlier or any(each.plan for each in self.now))


@dataclass(frozen=True, slots=True)
class Mine:
    """What one owns or helps with and is not finished, by how near it is."""

    overdue: tuple[PlanItem, ...]
    soon: tuple[PlanItem, ...]
    """Due within a week."""
    later: tuple[PlanItem, ...]
    done: tuple[PlanItem, ...]
    """Latest first, a handful."""

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.soon or self.later or self.done)


def with_counts(plans: QuerySet[WorkPlan]) -> QuerySet[WorkPlan]:
    """With how many items: `all_items` (those that were carried, split or merged are others now), `done_items`,
    `open_items`, `overdue_items`, `risky_items`."""
    is_open = Q(items__state__in=OPEN_STATES)
    replaced = Q(items__state__in=(ItemState.CARRIED, ItemState.SPLIT, ItemState.MERGED))
    return plans.annotate(
        all_items=Count("items", filter=~replaced),
        done_items=Count("items", filter=Q(items__state=ItemState.DONE)),
        open_items=Count("items", filter=is_open),
        overdue_items=Count("items", filter=is_open & Q(items__due_on__lt=timezone.localdate())),
        risky_items=Count("items", filter=is_open & Q(items__is_at_risk=True)),
    )


def plans_at_home(viewer: Viewer, *, unit: int | None = None) -> PlansAtHome:
    """The plans of this unit; of the first in which she takes part herself where none is named. Three queries."""
    units = tuple(visible_units(viewer=viewer, permission=Permission.TAKE_PART))
    own = {place.org_id for place in viewer.places if Permission.TAKE_PART in place.permissions}
    org = next((each for each in units if each.pk == unit), None)
    org = org or next((each for each in units if each.pk in own), None) or next(iter(units), None)
    if org is None:
        return PlansAtHome(None, (), (), (), (), (), False)
    today = timezone.localdate()
    plans = list(with_counts(visible_plans(viewer).filter(org=org)).order_by("-starts_on", "period", "pk"))
    by_key = {(plan.period, plan.starts_on): plan for plan in plans}
    now = tuple(
        PeriodNow(period, first_day(period, today), by_key.get((period.value, first_day(period, today))))
        for period in Period
    )
    current = {each.plan.pk for each in now if each.plan}
    over = [plan for plan in plans if plan.pk not in current and plan.ends_on < today]
    return PlansAtHome(
        org=org,
        units=units,
        now=now,
        coming=tuple(reversed([plan for plan in plans if plan.starts_on > today])),
        to_close=tuple(plan for plan in over if plan.closed_at is None and plan.open_items),  # type: ignore[attr-defined]  # annotated
        earlier=tuple(plan for plan in over if plan.closed_at is not None or not plan.open_items),  # type: ignore[attr-defined]  # annotated
        manages=viewer.may(Permission.MANAGE_PLAN, org=org),
    )


def next_period(plan: WorkPlan) -> date:
    """First day of the period after the plan's."""
    return following(plan.period, plan.starts_on)


def items_of(viewer: Viewer, *, done_shown: int = 5) -> Mine:
    """What she owns or helps with, in all plans that she sees. Two queries; one where no finished ones are wanted."""
    if viewer.user is None:
        return Mine((), (), (), ())
    hers = Member.objects.filter(active(), user=viewer.user).values("pk")
    items = visible_items(viewer).filter(Q(owner__in=hers) | Q(co_owners__in=hers)).distinct()
    is_open = list(items.filter(state__in=OPEN_STATES).order_by("due_on", "pk"))
    today = timezone.localdate()
    return Mine(
        overdue=tuple(item for item in is_open if item.due_on < today),
        soon=tuple(item for item in is_open if today <= item.due_on <= today + SOON),
        later=tuple(item for item in is_open if item.due_on > today + SOON),
        done=tuple(
            items.filter(state=ItemState.DONE).select_related("outcome").order_by("-ended_at", "-pk")[:done_shown]
        ),
    )
