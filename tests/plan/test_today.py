"""The private calendar has the due days of what one owns or helps with, and of nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.people.factories import make_member
from tests.plan.factories import make_item
from wellspring.people.viewer import GUEST, viewer_of
from wellspring.plan.models import ItemState
from wellspring.plan.today import due_days, due_soon

pytestmark = pytest.mark.django_db


def test_the_calendar_has_due_days_of_ones_own_open_items() -> None:
    owner, today = make_member(), timezone.localdate()
    make_item(goal="别人的")
    make_item(goal="做完的", owner=owner, state=ItemState.DONE)
    make_item(goal="自己的", owner=owner, due_on=today + timedelta(days=3))
    make_item(goal="逾期的", owner=owner, due_on=today - timedelta(days=1))
    make_item(goal="协办的", due_on=today + timedelta(days=5)).co_owners.add(owner)
    make_item(goal="太远的", owner=owner, due_on=today + timedelta(days=99))
    entries = list(due_days(viewer_of(owner.user), today - timedelta(days=30), today + timedelta(days=30)))
    assert [entry.title for entry in entries] == ["逾期：逾期的", "到期：自己的", "到期：协办的"]
    assert entries[1].begins == today + timedelta(days=3)
    assert list(due_days(GUEST, today, today)) == []


def test_who_has_nothing_near_gets_no_card() -> None:
    owner = make_member()
    make_item(owner=owner, due_on=timezone.localdate() + timedelta(days=60))
    assert due_soon(viewer_of(owner.user)) is None
    for _ in range(7):
        make_item(owner=owner, due_on=timezone.localdate())
    card = due_soon(viewer_of(owner.user))
    assert card is not None
    assert (len(list(card["items"])), card["more"]) == (5, 2)  # type: ignore[call-overload]  # a list
