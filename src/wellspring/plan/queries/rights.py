"""What somebody may do with one item."""

from __future__ import annotations

from django.db.models import Q

from wellspring.people.models import Member, active
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.plan.models import PlanItem


def may_report(viewer: Viewer, item: PlanItem) -> bool:
    """Whether she may say how it goes: owner and co-owners while they belong to the unit, and who manages the plan."""
    if viewer.may(Permission.MANAGE_PLAN, org=item.plan.org):
        return True
    if viewer.user is None:
        return False
    hers = Q(pk=item.owner_id) | Q(plan_items_helped=item)
    return Member.objects.filter(hers, active(), user=viewer.user).exists()
