"""Plans and items for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.people.factories import make_member, make_org
from wellspring.people.models import OrgUnit
from wellspring.plan.models import Period, PlanItem, WorkPlan


def make_plan(*, org: OrgUnit | None = None, starts_on: date | None = None, period: str = Period.MONTH) -> WorkPlan:
    """The plan of a unit (柳湾社区) and month (this one); made where it is not there yet."""
    starts_on = starts_on or timezone.localdate().replace(day=1)
    plan, _ = WorkPlan.objects.get_or_create(org=org or make_org(), period=period, starts_on=starts_on)
    return plan


def make_item(*, plan: WorkPlan | None = None, goal: str = "一米菜园有人管", **fields: Any) -> PlanItem:
    """An item that is due in ten days, with an owner of the plan's unit."""
    plan = plan or make_plan()
    fields.setdefault("owner", None)
    owner = fields.pop("owner") or make_member(org=plan.org)
    fields.setdefault("due_on", timezone.localdate() + timedelta(days=10))
    return PlanItem.objects.create(plan=plan, goal=goal, owner=owner, **fields)
