"""Reminding of due days: three days before, on the day, and once a week of what is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from wellspring.core.notices.services import notify
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import users_with
from wellspring.people.webhooks.services import count_for_group
from wellspring.plan.models import PlanItem
from wellspring.plan.models.items import OPEN_STATES
from wellspring.plan.notices import ITEM_DUE, ITEMS_OVERDUE, OWNER_LEFT
from wellspring.plan.queries.item import has_left

BEFORE = timedelta(days=3)
AGAIN_AFTER = timedelta(days=7)
AT_ONCE = 500


def remind_of_due_days(today: date | None = None) -> int:
    """Tell owners of what becomes due or is overdue, and whoever manages the plan of what has lost its owner.

    Returns how many items that were; each once for each of its occasions, however often and by however many workers
    it is called.
    """
    today = today or timezone.localdate()
    with transaction.atomic():
        items = list(_waiting(today))
        gone = [item for item in items if has_left(item.owner)]
        there = [item for item in items if not has_left(item.owner)]
        for item in gone:
            _tell_leaders(item)
        for item in there:
            if item.due_on >= today:
                _tell(item)
        _tell_of_overdue([item for item in there if item.due_on < today], today)
        PlanItem.objects.filter(pk__in=[item.pk for item in items]).update(reminded_on=today)
    return len(items)


def chore() -> str:
    """For the worker: what was done, in a line of its log."""
    count = remind_of_due_days()
    return f"reminded of {count} plan items" if count else ""


def _waiting(today: date) -> Iterable[PlanItem]:
    """Items for which today is one of their occasions that nobody was told of yet."""
    never = Q(reminded_on=None)
    occasions = Q(due_on=today) & (never | Q(reminded_on__lt=today))
    occasions |= Q(due_on__lt=today) & (
        never | Q(reminded_on__lte=F("due_on")) | Q(reminded_on__lte=today - AGAIN_AFTER)
    )
    for days in range(1, BEFORE.days + 1):
        due_on = today + timedelta(days=days)
        occasions |= Q(due_on=due_on) & (never | Q(reminded_on__lt=due_on - BEFORE))
    items = PlanItem.objects.select_for_update(of=("self",)).filter(
        occasions, state__in=OPEN_STATES, plan__closed_at=None
    )
    return items.select_related("plan__org", "owner__user").order_by("pk")[:AT_ONCE]


def _tell(item: PlanItem) -> None:
    helpers = [member.user for member in item.co_owners.select_related("user") if not has_left(member)]
    data = {"goal": item.goal, "due": item.due_on.isoformat()}
    notify([item.owner.user, *helpers], ITEM_DUE, data=data, url=_address(item), about=item)
    count_for_group(item.plan.org)


def _tell_leaders(item: PlanItem) -> None:
    data = {"goal": item.goal, "due": item.due_on.isoformat(), "name": item.owner.user.get_full_name()}
    leaders = users_with(Permission.MANAGE_PLAN, item.plan.org)
    notify(leaders, OWNER_LEFT, data=data, url=_address(item), about=item)


def _tell_of_overdue(items: list[PlanItem], today: date) -> None:
    """One notice for each owner, whatever the number of her items."""
    owners: dict[int, Member] = {item.owner.user_id: item.owner for item in items}
    for user_id, owner in sorted(owners.items()):
        hers = PlanItem.objects.filter(
            owner__user=user_id, state__in=OPEN_STATES, due_on__lt=today, plan__closed_at=None
        )
        data = {"overdue": hers.count()}
        notify([owner.user], ITEMS_OVERDUE, data=data, url=reverse("plan:mine"), about=owner)


def _address(item: PlanItem) -> str:
    return reverse("plan:item", kwargs={"pk": item.pk})
