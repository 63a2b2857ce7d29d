"""What every change stands on: the plan held until the end of the transaction, who may, and whom its origin tells."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F

from wellspring.core import audit
from wellspring.core.origins import origin_kinds
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.errors import ItemEnded, PlanClosed
from wellspring.plan.models import PlanItem, WorkPlan


def locked_plan(plan: WorkPlan | int) -> WorkPlan:
    """The plan as it stands in the database, with its unit, held until the transaction ends.

    A plan is always held before its items, so that two changes never wait for each other.
    """
    pk = plan if isinstance(plan, int) else plan.pk
    return WorkPlan.objects.select_for_update(of=("self",)).select_related("org").get(pk=pk)


def open_plan_held(plan: WorkPlan | int) -> WorkPlan:
    """As `locked_plan`. Raises PlanClosed."""
    held = locked_plan(plan)
    if held.closed_at is not None:
        raise PlanClosed(held.name)
    return held


def locked_item(item: PlanItem) -> PlanItem:
    """The item as it stands in the database, held with its plan, whatever state either is in."""
    plan = locked_plan(item.plan_id)
    held = PlanItem.objects.select_for_update(of=("self",)).select_related("owner__user").get(pk=item.pk)
    held.plan = plan
    return held


def open_item(item: PlanItem, *, actor: Actor) -> PlanItem:
    """As `locked_item`, for who may manage the plan. Raises PlanClosed, ItemEnded, PermissionDenied."""
    held = locked_item(item)
    actor.require(Permission.MANAGE_PLAN, org=held.plan.org)
    check_open(held)
    return held


def check_open(item: PlanItem) -> None:
    """Raises PlanClosed or ItemEnded."""
    if item.plan.closed_at is not None:
        raise PlanClosed(item.plan.name)
    if not item.is_open:
        raise ItemEnded(item.goal, str(item.get_state_display()))


def user_of(actor: Actor) -> Any:
    """Who is written down as the one who did it. Raises PermissionDenied for nobody in particular."""
    if actor.user is None:
        raise PermissionDenied
    return actor.user


def save(item: PlanItem, *fields: str) -> None:
    """Write these fields and count the change."""
    item.version += 1
    item.save(update_fields=[*fields, "version"])


def touch(plan: WorkPlan) -> None:
    """Count a change of the plan itself."""
    WorkPlan.objects.filter(pk=plan.pk).update(version=F("version") + 1)
    plan.version += 1


def record(action: str, actor: Actor, item: PlanItem, data: Mapping[str, Any] | None = None) -> None:
    """Write down what was done to an item; its goal goes with it, as the item may be called otherwise later."""
    audit.record(action, actor=actor.user, on=item, data={"goal": item.goal, **(data or {})})


def follow(actor: Actor, item: PlanItem) -> None:
    """Tell the app that the item came from, in the transaction of the change; and those of items merged into it.

    For these it gets the item as it stands, with the origin of the one that was merged.
    """
    kinds = origin_kinds()
    for kind, number in origins_of(item):
        if kind not in kinds:
            continue
        told = item
        if (kind, number) != (item.origin_kind, item.origin_id):
            told = copy.copy(item)
            told.origin_kind, told.origin_id = kind, number
        kinds[kind].followed(actor, told)


def origins_of(item: PlanItem) -> list[tuple[str, int]]:
    """Where the item came from, its own origin first, then those of what was merged into it; each once."""
    return list(dict.fromkeys(_origins([item])))


def _origins(items: list[PlanItem]) -> Iterator[tuple[str, int]]:
    known: set[int] = set()
    while items:
        for item in items:
            if item.origin_id is not None:
                yield item.origin_kind, item.origin_id
        known |= {item.pk for item in items}
        earlier = {item.came_from_id for item in items if item.came_from_id}
        items = list(
            PlanItem.objects.filter(pk__in=earlier).exclude(pk__in=known)
            | PlanItem.objects.filter(merged_into__in=items).exclude(pk__in=known)
        )
