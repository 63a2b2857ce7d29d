"""Items are postponed, dropped, carried, split and merged; origin and history go with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.plan.factories import make_item, make_plan
from wellspring.core import origins
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry, Notification
from wellspring.plan.errors import ItemEnded, ItemProblem, PlanClosed, PlanProblem
from wellspring.plan.models import BY_HAND, ItemState, Period, PlanItem, Postponement, WorkPlan
from wellspring.plan.queries.origins import items_of_origins
from wellspring.plan.services.carrying import Ending, carried_due, carry_item, carry_open, close_plan, reopen_plan
from wellspring.plan.services.dividing import merge_items, split_item
from wellspring.plan.services.items import ItemWords
from wellspring.plan.services.moves import drop_item, postpone_item, take_up_item
from wellspring.plan.services.outcomes import record_outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[tuple[int | None, str]]]:
    """Origin and state of every item that a kind of origin was told of."""
    heard: list[tuple[int | None, str]] = []
    kind = origins.OriginKind(
        "test.thing", "thing", lambda viewer, ids: {}, lambda actor, item: heard.append((item.origin_id, item.state))
    )
    origins.register_origin_kinds(kind)
    yield heard
    del origins._kinds["test.thing"]


def words(**others: Any) -> ItemWords:
    others.setdefault("goal", "北区菜园先做")
    others.setdefault("due_on", timezone.localdate() + timedelta(days=5))
    return ItemWords(owner=others.pop("owner", None) or make_member(), **others)


def next_month() -> date:
    return (timezone.localdate().replace(day=1) + timedelta(days=40)).replace(day=1)


def test_postponing_keeps_both_days_and_the_reason_and_tells_the_owner() -> None:
    item, leader = make_item(), make_viewer("leader")
    before, until = item.due_on, item.due_on + timedelta(days=7)
    for _ in range(2):  # sent twice
        postpone_item(actor=leader, item=item, version=0, until_on=until, reason="等苗木到货")
    kept = Postponement.objects.get()
    assert (kept.from_on, kept.until_on, kept.reason) == (before, until, "等苗木到货")
    assert PlanItem.objects.get().due_on == until
    assert Notification.objects.get().user == item.owner.user


def test_a_postponement_needs_a_reason_and_a_later_day() -> None:
    item, leader = make_item(), make_viewer("leader")
    with pytest.raises(ItemProblem, match="为什么"):
        postpone_item(actor=leader, item=item, version=0, until_on=item.due_on + timedelta(days=1), reason=" ")
    with pytest.raises(ItemProblem, match="更晚"):
        postpone_item(actor=leader, item=item, version=0, until_on=item.due_on, reason="等")


def test_two_who_postpone_at_once_are_told() -> None:
    item, leader = make_item(), make_viewer("leader")
    first, second = (item.due_on + timedelta(days=days) for days in (7, 14))
    postpone_item(actor=leader, item=item, version=0, until_on=first, reason="等苗木到货")
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        postpone_item(actor=leader, item=item, version=0, until_on=second, reason="下雨")
    assert meanwhile.value.differences[0][1:] == (first.isoformat(), second.isoformat())


def test_what_is_dropped_has_a_reason_and_can_be_taken_up_again(told: list[Any]) -> None:
    item, leader = make_item(origin_kind="test.thing", origin_id=3), make_viewer("leader")
    with pytest.raises(ItemProblem):
        drop_item(actor=leader, item=item, reason="")
    drop_item(actor=leader, item=item, reason="场地被征用")
    assert PlanItem.objects.get().drop_reason == "场地被征用"
    with pytest.raises(ItemEnded):
        drop_item(actor=leader, item=item, reason="又一次")
    take_up_item(actor=leader, item=item)
    assert PlanItem.objects.get().state == ItemState.PLANNED
    assert told == [(3, "dropped"), (3, "planned")]


def test_who_only_takes_part_moves_nothing() -> None:
    item, worker = make_item(), make_viewer()
    with pytest.raises(PermissionDenied):
        postpone_item(actor=worker, item=item, version=0, until_on=next_month(), reason="x")
    with pytest.raises(PermissionDenied):
        drop_item(actor=worker, item=item, reason="x")
    with pytest.raises(PermissionDenied):
        carry_item(actor=worker, item=item, target=make_plan(starts_on=next_month()))
    with pytest.raises(PermissionDenied):
        split_item(actor=worker, item=item, version=0, parts=[words(), words()])
    with pytest.raises(PermissionDenied):
        merge_items(actor=worker, items=[item, make_item()], wanted=words())
    with pytest.raises(PermissionDenied):
        close_plan(actor=worker, plan=item.plan, endings={})
    assert not AuditEntry.objects.exists()


def test_carrying_goes_on_in_the_next_plan_with_origin_helpers_and_state(told: list[Any]) -> None:
    item = make_item(origin_kind="test.thing", origin_id=3, state=ItemState.UNDER_WAY, begun_at=timezone.now())
    helper = make_member()
    item.co_owners.add(helper)
    target = make_plan(starts_on=next_month())
    new = carry_item(actor=make_viewer("leader"), item=item, target=target)
    assert (new.came_from, new.origin_id, new.state, new.plan) == (item, 3, ItemState.UNDER_WAY, target)
    assert list(new.co_owners.all()) == [helper]
    assert target.starts_on <= new.due_on <= target.ends_on
    assert PlanItem.objects.get(pk=item.pk).state == ItemState.CARRIED
    assert told == [(3, "carried")]


def test_a_day_that_does_not_fit_becomes_the_last_workday_of_the_plan() -> None:
    october = WorkPlan(period=Period.MONTH, starts_on=date(2026, 10, 1))
    assert carried_due(date(2026, 9, 20), october) == date(2026, 10, 30)  # the 31st is a Saturday
    assert carried_due(date(2026, 10, 12), october) == date(2026, 10, 12)


def test_nothing_is_carried_into_a_closed_or_foreign_plan() -> None:
    item, leader = make_item(), make_viewer("leader")
    target = make_plan(starts_on=next_month())
    WorkPlan.objects.filter(pk=target.pk).update(closed_at=timezone.now())
    with pytest.raises(PlanClosed):
        carry_item(actor=leader, item=item, target=target)
    with pytest.raises(ItemProblem):
        carry_item(actor=leader, item=item, target=make_plan(org=make_org("荷塘社区")))
    with pytest.raises(ItemProblem):
        carry_item(actor=leader, item=item, target=item.plan)


def test_everything_open_is_carried_and_what_is_done_stays() -> None:
    plan, leader = make_plan(), make_viewer("leader")
    for number in range(3):
        make_item(plan=plan, goal=f"第{number}项")
    make_item(plan=plan, state=ItemState.DONE)
    made = carry_open(actor=leader, plan=plan, target=make_plan(starts_on=next_month()))
    assert [item.goal for item in made] == ["第0项", "第1项", "第2项"]
    assert plan.items.filter(state=ItemState.DONE).count() == 1


def test_closing_asks_about_everything_open_and_opens_the_next_plan() -> None:
    plan, leader = make_plan(), make_viewer("leader")
    carried, dropped, late = (make_item(plan=plan, goal=goal) for goal in ("接着做", "不做了", "刚加的"))
    endings = {carried.pk: Ending(), dropped.pk: Ending(is_dropped=True, reason="没有场地")}
    with pytest.raises(PlanProblem, match="刚加的"):
        close_plan(actor=leader, plan=plan, endings=endings)
    assert not WorkPlan.objects.exclude(pk=plan.pk).exists()

    record_outcome(actor=leader, item=late, verdict="reached", text="做好了")
    closed = close_plan(actor=leader, plan=plan, endings=endings)

    assert closed.closed_by == leader.user
    following = WorkPlan.objects.exclude(pk=plan.pk).get()
    assert following.starts_on == next_month()
    assert following.items.get().came_from == carried
    close_plan(actor=leader, plan=plan, endings={})  # sent twice
    assert AuditEntry.objects.filter(action="plan.closed").count() == 1
    assert reopen_plan(actor=leader, plan=plan).closed_at is None


def test_closing_does_not_drop_without_a_reason() -> None:
    item = make_item()
    with pytest.raises(ItemProblem):
        close_plan(actor=make_viewer("leader"), plan=item.plan, endings={item.pk: Ending(is_dropped=True)})
    assert PlanItem.objects.get().is_open


def test_parts_keep_the_origin_and_have_their_own_owners(told: list[Any]) -> None:
    item, leader = make_item(origin_kind="test.thing", origin_id=3), make_viewer("leader")
    north, south = make_member(), make_member()
    parts = split_item(
        actor=leader, item=item, version=0, parts=[words(owner=north), words(owner=south, goal="南区随后")]
    )
    assert [(part.owner, part.origin_id, part.came_from) for part in parts] == [(north, 3, item), (south, 3, item)]
    assert PlanItem.objects.get(pk=item.pk).state == ItemState.SPLIT
    assert told == [(3, "split")]
    with pytest.raises(ItemEnded):
        split_item(actor=leader, item=item, version=1, parts=[words(), words()])


def test_one_part_is_no_split_and_a_wrong_part_is_named() -> None:
    item, leader = make_item(), make_viewer("leader")
    with pytest.raises(ItemProblem):
        split_item(actor=leader, item=item, version=0, parts=[words()])
    with pytest.raises(ItemProblem) as wrong:
        split_item(actor=leader, item=item, version=0, parts=[words(), words(goal="")])
    assert wrong.value.field == "part_1_goal"
    assert PlanItem.objects.count() == 1


def test_merged_items_are_followed_to_the_outcome_of_what_they_became(told: list[Any]) -> None:
    plan, leader = make_plan(), make_viewer("leader")
    ideas = [make_item(plan=plan, origin_kind="test.thing", origin_id=number) for number in (3, 4)]
    by_hand = make_item(plan=plan)
    new = merge_items(actor=leader, items=[*ideas, by_hand], wanted=words(goal="三处一起做"))
    assert (new.origin_kind, new.origin_id) == (BY_HAND, None)
    assert told == [(3, "merged"), (4, "merged")]

    carried = carry_item(actor=leader, item=new, target=make_plan(starts_on=next_month()))
    told.clear()
    record_outcome(actor=leader, item=carried, verdict="reached", text="都做好了")
    assert sorted(told) == [(3, "done"), (4, "done")]
    became = items_of_origins(leader, "test.thing", [3, 4])
    assert [item.pk for item in became[4]] == [ideas[1].pk, new.pk, carried.pk]


def test_items_of_one_origin_keep_it_when_they_are_merged() -> None:
    plan, leader = make_plan(), make_viewer("leader")
    items = [make_item(plan=plan, origin_kind="test.thing", origin_id=3) for _ in range(2)]
    assert merge_items(actor=leader, items=items, wanted=words()).origin_id == 3


def test_only_several_items_of_one_plan_are_merged() -> None:
    leader, item = make_viewer("leader"), make_item()
    other = make_item(plan=make_plan(starts_on=next_month()))
    for wrong in ([item, item], [item, other]):
        with pytest.raises(ItemProblem):
            merge_items(actor=leader, items=wrong, wanted=words())
    with pytest.raises(ItemEnded):
        merge_items(actor=leader, items=[item, make_item(state=ItemState.DONE)], wanted=words())


def test_a_part_may_have_its_own_measure() -> None:
    item = make_item(measure="菜园", unit="个", target=Decimal(6))
    parts = [words(measure="菜园", unit="个", target=Decimal(number)) for number in (4, 2)]
    made = split_item(actor=make_viewer("leader"), item=item, version=0, parts=parts)
    assert sum(part.target or 0 for part in made) == 6
