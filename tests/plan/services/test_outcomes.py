"""Reports and outcomes: who may give them, what they change, and whom the origin tells."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_viewer
from tests.plan.factories import make_item
from wellspring.core import origins
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import Notification
from wellspring.people.models import Member
from wellspring.people.viewer import viewer_of
from wellspring.plan.errors import ItemEnded, ItemProblem, OutcomeProblem
from wellspring.plan.models import ItemState, Outcome, PlanItem, Progress
from wellspring.plan.services.outcomes import correct_outcome, record_outcome
from wellspring.plan.services.progress import add_progress, begin_item

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


def test_owner_and_co_owner_report_and_it_is_under_way() -> None:
    owner, helper = make_member(), make_member()
    item = make_item(owner=owner)
    item.co_owners.add(helper)
    add_progress(actor=viewer_of(owner.user), item=item, text="围栏已经量好")
    add_progress(actor=viewer_of(helper.user), item=item, text="材料到了")
    item.refresh_from_db()
    assert item.state == ItemState.UNDER_WAY
    assert item.begun_at is not None
    assert item.progress.count() == 2


def test_who_has_nothing_to_do_with_it_does_not_report() -> None:
    item = make_item()
    with pytest.raises(PermissionDenied):
        add_progress(actor=make_viewer(), item=item, text="我也说一句")


def test_an_owner_who_left_does_not_report_any_more() -> None:
    owner = make_member()
    item = make_item(owner=owner)
    Member.objects.filter(pk=owner.pk).update(left_on=timezone.localdate())
    with pytest.raises(PermissionDenied):
        add_progress(actor=viewer_of(owner.user), item=item, text="最后一次")


def test_leaders_are_told_once_of_what_is_newly_at_risk() -> None:
    leader, owner = make_member("leader"), make_member()
    item = make_item(owner=owner)
    for text in ("材料还没到", "还是没到"):
        add_progress(actor=viewer_of(owner.user), item=item, text=text, is_at_risk=True)
    notice = Notification.objects.get()
    assert (notice.user, notice.kind, notice.count) == (leader.user, "plan.item_at_risk", 1)
    add_progress(actor=viewer_of(owner.user), item=item, text="到了")
    assert not PlanItem.objects.get().is_at_risk


def test_a_report_sent_twice_is_one_also_when_it_is_done_meanwhile() -> None:
    leader, item = make_viewer("leader"), make_item()
    add_progress(actor=leader, item=item, text="量好了", once="x")
    record_outcome(actor=leader, item=item, verdict="reached", text="有人管了")
    add_progress(actor=leader, item=item, text="量好了", once="x")
    assert Progress.objects.count() == 1
    with pytest.raises(ItemEnded):
        add_progress(actor=leader, item=item, text="又一次", once="y")


@pytest.mark.parametrize(("text", "value"), [(" ", None), ("长" * 2001, None), ("好", Decimal("1e12"))])
def test_a_report_that_cannot_be_is_refused(text: str, value: Any) -> None:
    with pytest.raises(ItemProblem):
        add_progress(actor=make_viewer("leader"), item=make_item(), text=text, value=value)
    assert not Progress.objects.exists()


def test_an_outcome_ends_the_item_and_the_origin_is_told(told: list[tuple[int | None, str]]) -> None:
    owner = make_member()
    item = make_item(owner=owner, origin_kind="test.thing", origin_id=7, measure="人次", target=Decimal(120))
    leader = make_viewer("leader")
    begin_item(actor=leader, item=item)
    record_outcome(actor=leader, item=item, verdict="partly", value=Decimal(96), text="到了九十六人")

    item.refresh_from_db()
    assert (item.state, item.outcome.value) == (ItemState.DONE, 96)
    assert item.ended_at is not None
    assert told == [(7, "under_way"), (7, "done")]
    assert Notification.objects.get().user == owner.user


def test_an_outcome_sent_twice_is_recorded_once(told: list[tuple[int | None, str]]) -> None:
    item = make_item(origin_kind="test.thing", origin_id=7)
    leader = make_viewer("leader")
    for _ in range(2):
        record_outcome(actor=leader, item=item, verdict="reached", text="有人管了")
    assert Outcome.objects.count() == 1
    assert told == [(7, "done")]
    with pytest.raises(ItemEnded):
        record_outcome(actor=leader, item=item, verdict="missed", text="没人管")


def test_the_value_is_asked_where_there_is_a_target() -> None:
    item = make_item(measure="人次", target=Decimal(120), unit="人")
    with pytest.raises(OutcomeProblem, match="120 人"):
        record_outcome(actor=make_viewer("leader"), item=item, verdict="reached", text="好")
    assert PlanItem.objects.get().is_open


def test_only_who_manages_the_plan_records_outcomes() -> None:
    owner = make_member()
    with pytest.raises(PermissionDenied):
        record_outcome(actor=viewer_of(owner.user), item=make_item(owner=owner), verdict="reached", text="好")


def test_an_outcome_is_put_right_and_told_again(told: list[tuple[int | None, str]]) -> None:
    item = make_item(origin_kind="test.thing", origin_id=7)
    leader = make_viewer("leader")
    record_outcome(actor=leader, item=item, verdict="reached", text="有人管了")
    correct_outcome(actor=leader, item=item, version=0, verdict="partly", value=None, text="一半有人管")
    assert Outcome.objects.get().verdict == "partly"
    assert told == [(7, "done"), (7, "done")]
    with pytest.raises(ChangedMeanwhile) as second:
        correct_outcome(actor=leader, item=item, version=0, verdict="missed", value=None, text="一半有人管")
    assert [row.now for row in second.value.differences] == ["部分达成"]
