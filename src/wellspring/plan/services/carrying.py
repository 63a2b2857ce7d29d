"""What goes on in another plan, and closing a plan: everything in it is finished, dropped or carried on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.core import audit
from wellspring.core.calendar import WorkCalendar
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.errors import ItemProblem, PlanClosed, PlanProblem
from wellspring.plan.models import ItemState, PlanItem, WorkPlan
from wellspring.plan.models.items import OPEN_STATES
from wellspring.plan.queries.plans import following
from wellspring.plan.services.changing import check_open, locked_plan, record, touch
from wellspring.plan.services.items import ItemWords, check_due, make_item
from wellspring.plan.services.moves import drop_held, end
from wellspring.plan.services.plans import open_plan


@dataclass(frozen=True, slots=True)
class Ending:
    """What is to become of an open item when its plan is closed: carried on, or dropped with a reason."""

    is_dropped: bool = False
    reason: str = ""


@transaction.atomic
def carry_item(*, actor: Actor, item: PlanItem, target: WorkPlan | None, due_on: date | None = None) -> PlanItem:
    """The item ends here and goes on in another open plan of the unit; gives the new one, with the same origin.

    `target`: None for the plan of the period after this one's, which is opened where it is not there.
    `due_on`: its new day; where it is None, the old one if it fits, else the last workday of that plan. Raises
    PlanClosed, ItemEnded, ItemProblem.
    """
    plan, goal = _both(item.plan_id, target or next_plan(actor=actor, plan=item.plan))
    actor.require(Permission.MANAGE_PLAN, org=plan.org)
    held = _held([item.pk], plan)[0]
    check_open(held)
    _check_target(plan, goal)
    if due_on is not None:
        check_due(due_on, goal, actor=actor)
    return _carry(actor, held, goal, due_on)


@transaction.atomic
def carry_open(*, actor: Actor, plan: WorkPlan, target: WorkPlan | None) -> list[PlanItem]:
    """Everything that is open goes on in another open plan of the unit; `target` as for one item.

    Raises PlanClosed, ItemProblem.
    """
    held, goal = _both(plan.pk, target or next_plan(actor=actor, plan=plan))
    actor.require(Permission.MANAGE_PLAN, org=held.org)
    if held.closed_at is not None:
        raise PlanClosed(held.name)
    _check_target(held, goal)
    return [_carry(actor, item, goal, None) for item in _open_items(held)]


@transaction.atomic
def close_plan(*, actor: Actor, plan: WorkPlan, endings: Mapping[int, Ending]) -> WorkPlan:
    """The plan is history. `endings`: of every item that is open; what is carried goes into the plan of the period
    after this one, which is opened where it is not there. A closed plan stays as it is.

    Raises PlanProblem where something is open that `endings` does not speak of, ItemProblem for a drop without reason,
    PlanClosed where the next plan is closed.
    """
    actor.require(Permission.MANAGE_PLAN, org=plan.org)
    if WorkPlan.objects.filter(pk=plan.pk).exclude(closed_at=None).exists():
        return locked_plan(plan)
    target = None
    if any(not ending.is_dropped for ending in endings.values()):
        target = next_plan(actor=actor, plan=plan)
        held, target = _both(plan.pk, target)
    else:
        held = locked_plan(plan)
    if held.closed_at is not None:
        return held
    items = _open_items(held)
    forgotten = [item for item in items if item.pk not in endings]
    if forgotten:
        raise PlanProblem(
            ngettext(
                "%(count)s item is open that was not when you opened this page: “%(goal)s”. Decide about it too.",
                "%(count)s items are open that were not when you opened this page, such as “%(goal)s”. Decide about "
                "them too.",
                len(forgotten),
            )
            % {"count": len(forgotten), "goal": forgotten[0].goal},
            code="still_open",
        )
    for item in items:
        ending = endings[item.pk]
        if ending.is_dropped:
            drop_held(actor, item, ending.reason)
        elif target is not None:
            _check_target(held, target)
            _carry(actor, item, target, None)
    held.closed_at, held.closed_by = timezone.now(), actor.user
    touch(held)
    held.save(update_fields=["closed_at", "closed_by"])
    audit.record("plan.closed", actor=actor.user, on=held)
    return held


@transaction.atomic
def reopen_plan(*, actor: Actor, plan: WorkPlan) -> WorkPlan:
    """A closed plan takes items and reports again; what was carried or dropped stays so."""
    held = locked_plan(plan)
    actor.require(Permission.MANAGE_PLAN, org=held.org)
    if held.closed_at is None:
        return held
    held.closed_at = held.closed_by = None
    touch(held)
    held.save(update_fields=["closed_at", "closed_by"])
    audit.record("plan.reopened", actor=actor.user, on=held)
    return held


def next_plan(*, actor: Actor, plan: WorkPlan) -> WorkPlan:
    """The unit's plan of the period after this one's, opened where it is not there."""
    starts_on = following(plan.period, plan.starts_on)
    return open_plan(actor=actor, org=plan.org, period=plan.period, starts_on=starts_on)


def carried_due(day: date, target: WorkPlan) -> date:
    """The day that an item gets in another plan: its own where that lies in the period, else the last workday there."""
    return day if target.starts_on <= day <= target.ends_on else last_workday(target)


def last_workday(plan: WorkPlan) -> date:
    """The last workday of a plan's period; its first day where it has none."""
    calendar, last = WorkCalendar(), plan.ends_on
    while last > plan.starts_on and not calendar.day(last).is_workday:
        last -= timedelta(days=1)
    return last


def _both(plan: int, target: WorkPlan) -> tuple[WorkPlan, WorkPlan]:
    """Both plans, held in the order of their numbers: two people who carry to and fro do not wait for each other."""
    held = {pk: locked_plan(pk) for pk in sorted({plan, target.pk})}
    return held[plan], held[target.pk]


def _check_target(plan: WorkPlan, target: WorkPlan) -> None:
    if target.closed_at is not None:
        raise PlanClosed(target.name)
    if target.org_id != plan.org_id or target.pk == plan.pk:
        raise ItemProblem(_("Choose another plan of the same unit."), field="target")


def _open_items(plan: WorkPlan) -> list[PlanItem]:
    open_ids = plan.items.filter(state__in=OPEN_STATES).values_list("pk", flat=True)
    return [item for item in _held(list(open_ids), plan) if item.is_open]


def _held(ids: Sequence[int], plan: WorkPlan) -> list[PlanItem]:
    items = PlanItem.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    rows = list(items.select_related("owner__user", "topic").prefetch_related("co_owners__user"))
    for row in rows:
        row.plan = plan
    return rows


def _carry(actor: Actor, item: PlanItem, target: WorkPlan, due_on: date | None) -> PlanItem:
    helpers = tuple(item.co_owners.all())
    words = ItemWords(
        goal=item.goal,
        owner=item.owner,
        due_on=due_on or carried_due(item.due_on, target),
        details=item.details,
        topic=item.topic,
        measure=item.measure,
        unit=item.unit,
        baseline=item.baseline,
        target=item.target,
        co_owners=helpers,
    )
    known = frozenset({item.owner_id, *(helper.pk for helper in helpers)})
    new = make_item(
        actor, target, words, origin_kind=item.origin_kind, origin_id=item.origin_id, came_from=item, known=known
    )
    new.state, new.begun_at = ItemState(item.state), item.begun_at
    new.save(update_fields=["state", "begun_at"])
    record("plan.item_carried", actor, item, {"plan": target.name, "to": new.pk})
    end(actor, item, ItemState.CARRIED)
    return new
