"""How an item goes: begun, reported on, at risk."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.attachments.services import Prepared, keep_attachment
from wellspring.core.notices.services import notify
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import users_with
from wellspring.people.viewer import Actor
from wellspring.plan.errors import ItemProblem
from wellspring.plan.models import ItemState, PlanItem, Progress
from wellspring.plan.notices import ITEM_AT_RISK
from wellspring.plan.queries.rights import may_report
from wellspring.plan.services.changing import check_open, follow, locked_item, record, save, user_of
from wellspring.plan.services.items import MOST_VALUE

PROGRESS_PICTURE = "plan.progress"
LONGEST_UPDATE = 2000
MOST_PICTURES = 9


@transaction.atomic
def begin_item(*, actor: Actor, item: PlanItem) -> PlanItem:
    """It is under way from now on; nothing changes where it is already. Raises PlanClosed, ItemEnded."""
    held = _reported_on(item, actor)
    if held.state == ItemState.PLANNED:
        _begin(actor, held)
    return held


@transaction.atomic
def add_progress(
    *,
    actor: Actor,
    item: PlanItem,
    text: str,
    value: Decimal | None = None,
    is_at_risk: bool = False,
    pictures: Sequence[Prepared] = (),
    once: str = "",
) -> Progress:
    """Say how it goes: for owner, co-owners and who manages the plan. What was not begun is under way by it.

    `value`: of the measure, now. `pictures`: prepared before the transaction, for the purpose `plan.progress`. `once`:
    of the form; sent again, it gives the update that is there. Leaders are told of what is newly at risk. Raises
    PlanClosed, ItemEnded, ItemProblem.
    """
    user = user_of(actor)
    held = _reported_on(item, actor, once=once)
    if once and (there := Progress.objects.filter(once=once, item=held).first()):
        return there
    text = text.strip()
    if not text:
        raise ItemProblem(_("Write in a sentence what has happened."), field="text")
    if len(text) > LONGEST_UPDATE:
        raise ItemProblem(_("At most %(longest)s characters.") % {"longest": LONGEST_UPDATE}, field="text")
    if value is not None and (not value.is_finite() or abs(value) >= MOST_VALUE):
        raise ItemProblem(_("This number is too large. Choose a larger unit, such as 万元."), field="value")
    if len(pictures) > MOST_PICTURES:
        raise ItemProblem(_("At most %(most)s pictures at once.") % {"most": MOST_PICTURES}, field="pictures")
    progress = Progress.objects.create(
        item=held, text=text, value=value, is_at_risk=is_at_risk, written_by=user, once=once or None
    )
    progress.pictures.set([keep_attachment(picture, actor_user=user) for picture in pictures])
    if held.state == ItemState.PLANNED:
        _begin(actor, held)
    is_new_risk = is_at_risk and not held.is_at_risk
    if held.is_at_risk != is_at_risk:
        held.is_at_risk = is_at_risk
        save(held, "is_at_risk")
    record("plan.progress_added", actor, held)
    if is_new_risk:
        leaders = [leader for leader in users_with(Permission.MANAGE_PLAN, held.plan.org) if leader.pk != user.pk]
        data = {"goal": held.goal, "by": user.get_full_name()}
        notify(leaders, ITEM_AT_RISK, data=data, url=reverse("plan:item", kwargs={"pk": held.pk}), about=held)
    return progress


def _reported_on(item: PlanItem, actor: Actor, *, once: str = "") -> PlanItem:
    held = locked_item(item)
    if not may_report(actor, held):
        raise PermissionDenied
    if not (once and Progress.objects.filter(once=once, item=held).exists()):
        check_open(held)
    return held


def _begin(actor: Actor, item: PlanItem) -> None:
    item.state, item.begun_at = ItemState.UNDER_WAY, timezone.now()
    save(item, "state", "begun_at")
    record("plan.item_begun", actor, item)
    follow(actor, item)
