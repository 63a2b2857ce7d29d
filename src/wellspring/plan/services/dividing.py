"""One item becomes several, or several become one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.errors import ItemProblem
from wellspring.plan.measure import told_number
from wellspring.plan.models import BY_HAND, ItemState, PlanItem
from wellspring.plan.services.changing import check_open, locked_item, locked_plan, record
from wellspring.plan.services.items import ItemWords, check_words, make_item
from wellspring.plan.services.moves import end

MOST_PARTS = 12
MOST_MERGED = 20


@transaction.atomic
def split_item(*, actor: Actor, item: PlanItem, version: int, parts: Sequence[ItemWords]) -> list[PlanItem]:
    """The item ends, and its parts stand in the plan: each with its own owner and day, all with the item's origin.

    Raises PlanClosed, ItemEnded, ItemProblem, ChangedMeanwhile where somebody changed the item meanwhile.
    """
    held = locked_item(item)
    actor.require(Permission.MANAGE_PLAN, org=held.plan.org)
    check_open(held)
    if not 2 <= len(parts) <= MOST_PARTS:
        raise ItemProblem(_("Give it at least two parts, and at most %(most)s.") % {"most": MOST_PARTS})
    if held.version != version:
        raise ChangedMeanwhile(version=held.version, differences=_beside_each_other(held, parts))
    made = []
    for number, words in enumerate(parts):
        try:
            check_words(words, held.plan, actor=actor)
        except ItemProblem as problem:
            if problem.field:
                problem.field = f"part_{number}_{problem.field}"
            raise
    for words in parts:
        part = make_item(
            actor, held.plan, words, origin_kind=held.origin_kind, origin_id=held.origin_id, came_from=held
        )
        record("plan.item_added", actor, part, {"due": part.due_on.isoformat(), "from": held.pk})
        made.append(part)
    record("plan.item_split", actor, held, {"count": len(made), "parts": [part.pk for part in made]})
    end(actor, held, ItemState.SPLIT)
    return made


@transaction.atomic
def merge_items(*, actor: Actor, items: Sequence[PlanItem], wanted: ItemWords) -> PlanItem:
    """Several open items of one plan end, and one stands in their place; it has their origin where they share one, and
    each keeps its own. Raises PlanClosed, ItemEnded, ItemProblem.
    """
    if len({item.pk for item in items}) < 2:
        raise ItemProblem(_("Choose at least two items."), code="too_few")
    if len(items) > MOST_MERGED:
        raise ItemProblem(_("At most %(most)s items become one.") % {"most": MOST_MERGED})
    if len({item.plan_id for item in items}) > 1:
        raise ItemProblem(_("Only items of one plan can be merged. Carry the others into it first."))
    plan = locked_plan(items[0].plan_id)
    actor.require(Permission.MANAGE_PLAN, org=plan.org)
    ids = [item.pk for item in items]
    held = list(
        PlanItem.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").select_related("owner__user")
    )
    for item in held:
        item.plan = plan
        check_open(item)
    check_words(wanted, plan, actor=actor)
    origins = {(item.origin_kind, item.origin_id) for item in held if item.origin_id is not None}
    kind, number = origins.pop() if len(origins) == 1 else (BY_HAND, None)
    known = frozenset(item.owner_id for item in held)
    new = make_item(actor, plan, wanted, origin_kind=kind, origin_id=number, known=known)
    if any(item.state == ItemState.UNDER_WAY for item in held):
        new.state, new.begun_at = ItemState.UNDER_WAY, timezone.now()
        new.save(update_fields=["state", "begun_at"])
    record("plan.items_merged", actor, new, {"count": len(held), "items": [item.pk for item in held]})
    for item in held:
        item.merged_into = new
        end(actor, item, ItemState.MERGED, "merged_into")
    return new


def _beside_each_other(item: PlanItem, parts: Sequence[ItemWords]) -> list[Difference]:
    """The item as it stands, and its parts together."""
    targets = [words.target for words in parts if words.target is not None]
    return [
        Difference(_("Goal"), item.goal, " / ".join(words.goal for words in parts)),
        Difference(_("Target"), told_number(item.target), told_number(sum(targets, Decimal(0))) if targets else ""),
        Difference(_("Due on"), item.due_on.isoformat(), max(words.due_on for words in parts).isoformat()),
    ]
