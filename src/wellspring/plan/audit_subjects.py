"""How the audit trail speaks of plans and their items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from wellspring.core.registry import AuditSubject, register_audit_subjects
from wellspring.plan.models import PlanItem, WorkPlan


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_audit_subjects(
        AuditSubject("plan.workplan", lambda plan: plan.org.path, _plans),
        AuditSubject("plan.planitem", lambda item: item.plan.org.path, _items),
    )


def _plans(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    return {
        plan.pk: (plan.name, reverse("plan:plan", kwargs={"pk": plan.pk}))
        for plan in WorkPlan.objects.filter(pk__in=ids)
    }


def _items(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    items = PlanItem.objects.filter(pk__in=ids).only("goal")
    return {item.pk: (item.goal, reverse("plan:item", kwargs={"pk": item.pk})) for item in items}
