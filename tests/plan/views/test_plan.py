"""The pages of a plan with a thousand items: few queries, right counts, filters and order, for who may see them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.people.factories import make_member, make_org
from tests.plan.factories import make_item, make_plan
from wellspring.people.models import Member
from wellspring.plan.models import ItemState, PlanItem, Progress, WorkPlan

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def thousand() -> WorkPlan:
    """A plan of this month with 1,000 items of 20 owners, a fifth of each state, and an update for each third."""
    plan, today = make_plan(), timezone.localdate()
    owners = [make_member() for _ in range(20)]
    states = [ItemState.PLANNED, ItemState.UNDER_WAY, ItemState.UNDER_WAY, ItemState.DONE, ItemState.DROPPED]
    items = PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan,
            goal=f"第{number}项",
            owner=owners[number % 20],
            due_on=today + timedelta(days=number % 40 - 10),
            state=states[number % 5],
            drop_reason="不做" if number % 5 == 4 else "",
            ended_at=timezone.now() if number % 5 >= 3 else None,
            measure="人次",
            baseline=Decimal(0),
            target=Decimal(100),
            position=number,
        )
        for number in range(1000)
    )
    Progress.objects.bulk_create(
        Progress(item=item, text="有进展", value=Decimal(50), written_by=owners[0].user) for item in items[::3]
    )
    return plan


@pytest.mark.parametrize("view", ["board", "table", "timeline"])
@pytest.mark.parametrize("narrowed", ["", "&state=open", "&state=overdue&q=项"])
def test_a_plan_of_a_thousand_items_asks_twelve_queries_at_most(
    thousand: WorkPlan, django_assert_max_num_queries: Any, view: str, narrowed: str
) -> None:
    client = client_of(make_member("leader"))
    client.get(f"/plan/{thousand.pk}/")
    with django_assert_max_num_queries(12):
        page = client.get(f"/plan/{thousand.pk}/?view={view}{narrowed}")
    assert page.status_code == 200
    assert page.context["overview"].total == 1000


def test_the_board_counts_what_it_does_not_show(thousand: WorkPlan) -> None:
    page = client_of(make_member()).get(f"/plan/{thousand.pk}/")
    columns = {column.code: (len(items), column.count) for column, items in page.context["columns"]}
    assert columns == {"planned": (20, 200), "under_way": (20, 400), "done": (20, 200), "ended": (20, 200)}
    first = page.context["columns"][1][1][0]
    assert first.is_overdue


def test_a_narrowed_board_counts_what_fits(thousand: WorkPlan) -> None:
    owner = PlanItem.objects.get(goal="第0项").owner_id
    page = client_of(make_member()).get(f"/plan/{thousand.pk}/?owner={owner}")
    assert {column.code: column.count for column, _ in page.context["columns"]} == {
        "planned": 50,
        "under_way": 0,
        "done": 0,
        "ended": 0,
    }


def test_filters_that_make_no_sense_are_left_out(thousand: WorkPlan) -> None:
    page = client_of(make_member()).get(f"/plan/{thousand.pk}/?view=nonsense&owner=x&state=y&sort=z&topic=999&page=-1")
    assert page.status_code == 200
    assert not page.context["narrowed"]


def test_the_table_sorts_and_filters_by_what_is_asked() -> None:
    plan = make_plan()
    today = timezone.localdate()
    helper = make_member()
    make_item(plan=plan, goal="乙", owner=helper, due_on=today + timedelta(days=2))
    make_item(plan=plan, goal="甲", due_on=today - timedelta(days=1))
    make_item(plan=plan, goal="丙", due_on=today + timedelta(days=1), is_at_risk=True).co_owners.add(helper)
    client = client_of(make_member())

    def goals(query: str) -> list[str]:
        return [item.goal for item in client.get(f"/plan/{plan.pk}/?view=table&{query}").context["page"]]

    assert goals("") == ["甲", "丙", "乙"]
    assert goals("sort=-due") == ["乙", "丙", "甲"]
    assert goals("state=overdue") == ["甲"]
    assert goals("state=risk") == ["丙"]
    assert goals("q=乙") == ["乙"]
    assert goals(f"owner={helper.pk}") == ["丙", "乙"]
    assert len(goals("origin=by_hand")) == 3


def test_the_timeline_has_a_bar_for_every_row_of_its_table() -> None:
    item = make_item(goal="菜园围栏")
    page = client_of(make_member()).get(f"/plan/{item.plan_id}/?view=timeline")
    text = page.content.decode()
    assert text.count('<rect class="plan-bar-shape') == 1
    assert text.count("菜园围栏") == 2
    assert "今天" in text


def test_an_empty_plan_says_what_to_do_first_to_each() -> None:
    plan = make_plan()
    assert "添加事项" in client_of(make_member("leader")).get(f"/plan/{plan.pk}/").content.decode()
    assert "添加事项" not in client_of(make_member()).get(f"/plan/{plan.pk}/").content.decode()


def test_a_closed_plan_says_so_and_can_be_opened_again() -> None:
    plan = make_plan()
    make_item(plan=plan)
    WorkPlan.objects.update(closed_at=timezone.now())
    text = client_of(make_member("leader")).get(f"/plan/{plan.pk}/").content.decode()
    assert "已关闭" in text
    assert "重新打开" in text


def test_home_shows_each_period_and_the_way_to_open_what_is_missing() -> None:
    make_item(plan=make_plan())
    leader = client_of(make_member("leader"))
    page = leader.get("/plan/").content.decode()
    assert page.count("建立这份计划") == 2
    assert "建立这份计划" not in client_of(make_member()).get("/plan/").content.decode()
    stranger = client_of(make_member(org=make_org("荷塘社区")))
    assert "还没有工作计划" in stranger.get("/plan/").content.decode()


def test_a_leader_opens_a_plan_by_the_form_and_an_impossible_year_is_told() -> None:
    leader = make_member("leader")
    client, year = client_of(leader), timezone.localdate().year
    sent = {"org": leader.org_id, "period": "quarter", "year": year, "month": 5, "note": "抓养老"}
    answer = client.post("/plan/open/", sent)
    plan = WorkPlan.objects.get()
    assert answer["Location"] == f"/plan/{plan.pk}/"
    assert (plan.starts_on.month, plan.note) == (4, "抓养老")
    client.post("/plan/open/", sent)
    assert WorkPlan.objects.count() == 1
    wrong = client.post("/plan/open/", {**sent, "year": 2077})
    assert wrong.status_code == 422
    assert "2077" in wrong.content.decode()
    assert "抓养老" in wrong.content.decode()
