"""Plans and items as addresses name them: what one may not see is not there."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.plan.models import PlanItem, WorkPlan
from wellspring.plan.queries.plans import visible_items, visible_plans

SHELL = "plan/base.html"
HERE = "plan:home"


def seen_plan(request: HttpRequest, pk: int) -> WorkPlan:
    """The plan; 404 where she does not see it."""
    return get_object_or_404(visible_plans(viewer(request)), pk=pk)


def managed_plan(request: HttpRequest, pk: int) -> WorkPlan:
    """The plan; 404 where she does not see it, 403 where she only sees it."""
    plan = seen_plan(request, pk)
    viewer(request).require(Permission.MANAGE_PLAN, org=plan.org)
    return plan


def seen_item(request: HttpRequest, pk: int) -> PlanItem:
    """The item; 404 where she does not see it."""
    return get_object_or_404(visible_items(viewer(request)).select_related("came_from", "merged_into"), pk=pk)


def managed_item(request: HttpRequest, pk: int) -> PlanItem:
    """The item; 404 where she does not see it, 403 where she only sees it."""
    item = seen_item(request, pk)
    viewer(request).require(Permission.MANAGE_PLAN, org=item.plan.org)
    return item


def up_to_plan(plan: WorkPlan) -> tuple[str, str]:
    """Words and address of the plan's page."""
    return plan.name, reverse("plan:plan", kwargs={"pk": plan.pk})


def up_to_item(item: PlanItem) -> tuple[str, str]:
    """Words and address of the item's page."""
    return item.goal, reverse("plan:item", kwargs={"pk": item.pk})
