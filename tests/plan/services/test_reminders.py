"""Owners are reminded of due days, each occasion once, however often the chore runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.people.factories import make_member, make_viewer
from tests.plan.factories import make_item, make_plan
from wellspring.core.models import Notification
from wellspring.people.models import Member
from wellspring.plan.models import ItemState, WorkPlan
from wellspring.plan.services.moves import postpone_item
from wellspring.plan.services.reminders import remind_of_due_days

pytestmark = pytest.mark.django_db

DUE = date(2025, 3, 14)


def told_on(day: date) -> list[tuple[str, str]]:
    """Whom a run on this day told what; read afterwards, so that the next one is a notice of its own."""
    remind_of_due_days(day)
    remind_of_due_days(day)
    notices = Notification.objects.filter(read_at=None)
    told = sorted((notice.user.get_full_name(), notice.kind) for notice in notices)
    assert all(notice.count == 1 for notice in notices)
    notices.update(read_at=timezone.now())
    return told


def test_three_days_before_on_the_day_and_weekly_after_it() -> None:
    owner, helper = make_member(full_name="小徐"), make_member(full_name="小李")
    make_item(plan=make_plan(starts_on=date(2025, 3, 1)), owner=owner, due_on=DUE).co_owners.add(helper)
    both = [("小徐", "plan.item_due"), ("小李", "plan.item_due")]
    told = {day: told_on(date(2025, 3, day)) for day in range(9, 31)}
    assert told[11] == sorted(both)
    assert told[14] == sorted(both)
    assert told[15] == told[22] == told[29] == [("小徐", "plan.items_overdue")]
    assert all(not told[day] for day in told if day not in (11, 14, 15, 22, 29))


def test_several_overdue_items_are_one_notice() -> None:
    owner = make_member(full_name="小徐")
    for number in range(3):
        make_item(owner=owner, due_on=DUE - timedelta(days=number))
    assert told_on(DUE + timedelta(days=1)) == [("小徐", "plan.items_overdue")]
    assert Notification.objects.get().data == {"overdue": 3}


def test_what_is_finished_or_in_a_closed_plan_is_not_told() -> None:
    make_item(due_on=DUE, state=ItemState.DONE)
    closed = make_item(plan=make_plan(starts_on=date(2025, 3, 1)), due_on=DUE)
    WorkPlan.objects.filter(pk=closed.plan_id).update(closed_at=timezone.now())
    assert told_on(DUE) == []


def test_leaders_are_told_where_the_owner_has_left() -> None:
    make_member("leader", full_name="林岚")
    owner = make_member(full_name="小徐")
    make_item(owner=owner, due_on=DUE)
    Member.objects.filter(pk=owner.pk).update(left_on=date(2025, 3, 1))
    assert told_on(DUE) == [("林岚", "plan.owner_left")]


def test_a_new_due_day_is_told_anew() -> None:
    today = timezone.localdate()
    item = make_item(owner=make_member(full_name="小徐"), due_on=today)
    assert told_on(today) == [("小徐", "plan.item_due")]
    later = today + timedelta(days=7)
    postpone_item(actor=make_viewer("leader"), item=item, version=0, until_on=later, reason="等材料")
    Notification.objects.all().delete()
    assert told_on(later) == [("小徐", "plan.item_due")]


def test_many_that_were_told_already_do_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellspring.plan.services.reminders.AT_ONCE", 3)
    for number in range(5):
        make_item(owner=make_member(full_name=f"小{number}"), due_on=DUE - timedelta(days=1))
    told = []
    for _ in range(3):
        remind_of_due_days(DUE)
        told.append(Notification.objects.count())
    assert told == [3, 5, 5]
