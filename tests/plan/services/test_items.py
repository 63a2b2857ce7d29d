"""Items are added and changed by who may, with owners who are there and days that can be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.plan.factories import make_item, make_plan
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.models import Member
from wellspring.people.viewer import INSTALLATION
from wellspring.plan.errors import ItemEnded, ItemProblem, PlanClosed
from wellspring.plan.models import ItemState, PlanItem
from wellspring.plan.services.items import ItemWords, add_item, change_item

pytestmark = pytest.mark.django_db


def words(owner: Member | None = None, **others: Any) -> ItemWords:
    others.setdefault("goal", "助餐点扩到三个")
    others.setdefault("due_on", timezone.localdate() + timedelta(days=3))
    return ItemWords(owner=owner or make_member(), **others)


def test_a_leader_adds_an_item_and_its_owner_is_told() -> None:
    owner, helper = make_member(), make_member()
    wanted = words(
        owner, co_owners=(helper,), measure="每日助餐人数", unit="人", baseline=Decimal(40), target=Decimal(120)
    )

    item = add_item(actor=make_viewer("leader"), plan=make_plan(), wanted=wanted)

    kept = PlanItem.objects.get(pk=item.pk)
    assert (kept.goal, kept.owner, kept.target, kept.state) == ("助餐点扩到三个", owner, 120, ItemState.PLANNED)
    assert list(kept.co_owners.all()) == [helper]
    assert set(Notification.objects.values_list("user", "kind")) == {
        (owner.user_id, "plan.item_assigned"),
        (helper.user_id, "plan.item_assigned"),
    }
    assert AuditEntry.objects.get().org_path == kept.plan.org.path


def test_who_only_takes_part_adds_nothing_unless_the_caller_has_asked() -> None:
    worker, plan = make_viewer(), make_plan()
    with pytest.raises(PermissionDenied):
        add_item(actor=worker, plan=plan, wanted=words())
    assert add_item(actor=worker, plan=plan, wanted=words(), allowed=True).created_by == worker.user


def test_a_form_sent_twice_adds_one_item() -> None:
    leader, plan, wanted = make_viewer("leader"), make_plan(), words()
    first, second = (add_item(actor=leader, plan=plan, wanted=wanted, once="abc") for _ in range(2))
    assert first == second


def test_a_plan_closed_meanwhile_takes_nothing() -> None:
    plan = make_plan()
    type(plan).objects.update(closed_at=timezone.now())
    with pytest.raises(PlanClosed, match="请选择未关闭的计划"):
        add_item(actor=make_viewer("leader"), plan=plan, wanted=words())


def test_an_owner_who_left_or_only_looks_on_is_refused() -> None:
    leader, plan = make_viewer("leader"), make_plan()
    left = make_member(left_on=timezone.localdate())
    for nobody in (left, make_member("observer"), make_member(org=make_org("荷塘社区"))):
        with pytest.raises(ItemProblem, match="请另选一人") as refused:
            add_item(actor=leader, plan=plan, wanted=words(nobody))
        assert refused.value.field == "owner"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"goal": "  "}, "goal"),
        ({"goal": "长" * 121}, "goal"),
        ({"due_on": date(2020, 1, 1)}, "due_on"),
        ({"due_on": date(2199, 1, 1)}, "due_on"),
        ({"target": Decimal(3)}, "measure"),
        ({"baseline": Decimal("1e13"), "measure": "人次"}, "baseline"),
        ({"baseline": Decimal("NaN"), "measure": "人次"}, "baseline"),
    ],
)
def test_words_that_cannot_be_are_told_beside_their_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ItemProblem) as refused:
        add_item(actor=make_viewer("leader"), plan=make_plan(), wanted=words(**wrong))
    assert refused.value.field == field


def test_yesterday_is_too_late_but_the_installation_may_write_history_down() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    plan = make_plan(starts_on=yesterday.replace(day=1))
    with pytest.raises(ItemProblem, match="已经过去"):
        add_item(actor=make_viewer("leader"), plan=plan, wanted=words(due_on=yesterday))
    assert add_item(actor=INSTALLATION, plan=plan, wanted=words(due_on=yesterday)).is_overdue


def test_the_second_of_two_is_told_what_the_first_changed() -> None:
    item, leader = make_item(), make_viewer("leader")
    mine = words(item.owner, goal=item.goal, due_on=item.due_on)
    change_item(actor=leader, item=item, version=0, wanted=replace(mine, goal="一米菜园有人管、有人浇"))

    with pytest.raises(ChangedMeanwhile) as told:
        change_item(actor=leader, item=item, version=0, wanted=replace(mine, goal="菜园交给楼组"))

    assert told.value.differences == (("目标", "一米菜园有人管、有人浇", "菜园交给楼组"),)
    change_item(actor=leader, item=item, version=told.value.version, wanted=replace(mine, goal="菜园交给楼组"))
    assert PlanItem.objects.get().goal == "菜园交给楼组"


def test_an_owner_who_has_left_stays_until_somebody_else_takes_over() -> None:
    owner = make_member()
    item, leader = make_item(owner=owner), make_viewer("leader")
    Member.objects.filter(pk=owner.pk).update(left_on=timezone.localdate())

    kept = change_item(actor=leader, item=item, version=0, wanted=words(owner, goal="菜园围栏修好", due_on=item.due_on))
    assert kept.owner == owner

    new = make_member()
    change_item(
        actor=leader, item=item, version=kept.version, wanted=words(new, goal="菜园围栏修好", due_on=item.due_on)
    )
    assert Notification.objects.get().user == new.user


def test_what_is_done_does_not_change_any_more() -> None:
    item = make_item(state=ItemState.DONE)
    with pytest.raises(ItemEnded, match="没有改动"):
        change_item(actor=make_viewer("leader"), item=item, version=0, wanted=words(item.owner))


def test_a_later_day_is_not_slipped_in_without_a_reason() -> None:
    item, leader = make_item(), make_viewer("leader")
    later = words(item.owner, goal=item.goal, due_on=item.due_on + timedelta(days=1))
    with pytest.raises(ItemProblem, match="延期") as refused:
        change_item(actor=leader, item=item, version=0, wanted=later)
    assert refused.value.field == "due_on"
    sooner = words(item.owner, goal=item.goal, due_on=timezone.localdate())
    assert change_item(actor=leader, item=item, version=0, wanted=sooner).due_on == timezone.localdate()
