"""Items moved and given up: postponed with a reason, dropped with a reason, taken up again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.notices.services import notify
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.errors import ItemEnded, ItemProblem, PlanClosed
from wellspring.plan.models import ItemState, PlanItem, Postponement
from wellspring.plan.notices import ITEM_DROPPED, ITEM_POSTPONED
from wellspring.plan.services.changing import check_open, follow, locked_item, record, save, user_of
from wellspring.plan.services.items import check_due

LONGEST_REASON = 500


@transaction.atomic
def postpone_item(*, actor: Actor, item: PlanItem, version: int, until_on: date, reason: str) -> PlanItem:
    """Give an open item a later day; owner and co-owners are told. Sent twice, it is postponed once.

    Raises PlanClosed, ItemEnded, ItemProblem, ChangedMeanwhile.
    """
    user = user_of(actor)
    held = locked_item(item)
    actor.require(Permission.MANAGE_PLAN, org=held.plan.org)
    check_open(held)
    reason = checked_reason(reason, _("Say why it is postponed."))
    last = held.postponements.last()
    if last is not None and held.due_on == until_on and last.until_on == until_on and last.reason == reason:
        return held
    if held.version != version:
        difference = Difference(_("Due on"), held.due_on.isoformat(), until_on.isoformat())
        raise ChangedMeanwhile(version=held.version, differences=[difference])
    if until_on <= held.due_on:
        raise ItemProblem(
            _("It is due on %(day)s; choose a later day.") % {"day": held.due_on.isoformat()}, field="until_on"
        )
    check_due(until_on, held.plan, actor=actor)
    Postponement.objects.create(item=held, from_on=held.due_on, until_on=until_on, reason=reason, postponed_by=user)
    days = {"from": held.due_on.isoformat(), "until": until_on.isoformat(), "reason": reason}
    held.due_on, held.reminded_on = until_on, None
    save(held, "due_on", "reminded_on")
    record("plan.item_postponed", actor, held, days)
    _tell(actor, held, ITEM_POSTPONED, {"due": until_on.isoformat()})
    return held


@transaction.atomic
def drop_item(*, actor: Actor, item: PlanItem, reason: str) -> PlanItem:
    """It will not be done, and why; owner, co-owners and the item's origin are told. Raises PlanClosed, ItemEnded."""
    held = locked_item(item)
    actor.require(Permission.MANAGE_PLAN, org=held.plan.org)
    check_open(held)
    drop_held(actor, held, reason)
    _tell(actor, held, ITEM_DROPPED, {"reason": held.drop_reason})
    return held


def drop_held(actor: Actor, item: PlanItem, reason: str) -> None:
    """As `drop_item`, of an open item that is held already. For services of this app."""
    item.drop_reason = checked_reason(reason, _("Say why it is dropped."))
    end(actor, item, ItemState.DROPPED, "drop_reason")
    record("plan.item_dropped", actor, item, {"reason": item.drop_reason})


@transaction.atomic
def take_up_item(*, actor: Actor, item: PlanItem) -> PlanItem:
    """A dropped item stands in the plan again as it did before; nothing where it does already. Raises PlanClosed."""
    held = locked_item(item)
    actor.require(Permission.MANAGE_PLAN, org=held.plan.org)
    if held.is_open:
        return held
    if held.plan.closed_at is not None:
        raise PlanClosed(held.plan.name)
    if held.state != ItemState.DROPPED:
        raise ItemEnded(held.goal, str(held.get_state_display()))
    held.state = ItemState.UNDER_WAY if held.begun_at else ItemState.PLANNED
    held.drop_reason, held.ended_at, held.reminded_on = "", None, None
    save(held, "state", "drop_reason", "ended_at", "reminded_on")
    record("plan.item_taken_up", actor, held)
    follow(actor, held)
    return held


def end(actor: Actor, item: PlanItem, state: ItemState, *fields: str) -> None:
    """An open item that is held ends in this state; its origin is told. For services of this app."""
    item.state, item.ended_at, item.is_at_risk = state, timezone.now(), False
    save(item, "state", "ended_at", "is_at_risk", *fields)
    follow(actor, item)


def checked_reason(reason: str, asking: str) -> str:
    """The reason without spaces around it. Raises ItemProblem where there is none, or too long a one."""
    reason = reason.strip()
    if not reason:
        raise ItemProblem(asking, field="reason")
    if len(reason) > LONGEST_REASON:
        raise ItemProblem(_("At most %(longest)s characters.") % {"longest": LONGEST_REASON}, field="reason")
    return reason


def _tell(actor: Actor, item: PlanItem, kind: str, data: dict[str, str]) -> None:
    helpers = item.co_owners.select_related("user")
    people = [each.user for each in (item.owner, *helpers) if actor.user is None or each.user_id != actor.user.pk]
    url = reverse("plan:item", kwargs={"pk": item.pk})
    notify(people, kind, data={"goal": item.goal, **data}, url=url, about=item)
