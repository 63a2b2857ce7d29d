"""Earlier ideas and plan items like a suggestion, each with what became of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people.factories import make_member, make_org, make_viewer
from tests.plan.factories import make_item, make_plan
from tests.sharing.factories import make_idea
from wellspring.people.models import Level
from wellspring.plan.models import Outcome
from wellspring.sharing.models import IdeaStatus
from wellspring.sharing.queries.similar import similar_to, similar_to_each

pytestmark = pytest.mark.django_db


def some_others() -> None:
    for title in ("给独居老人贴应急电话卡", "雨后五天停止浇花", "楼栋架空层隔出储物架", "两家单位夜间共享车位"):
        make_idea(title=title)


def titles(found: list[Any]) -> list[str]:
    return [each.title for each in found]


def test_the_likest_comes_first_and_what_is_unlike_is_left_out() -> None:
    some_others()
    near = make_idea(title="在东门、北门各设一处误时投放点")
    make_idea(title="增设宠物便袋投放桶")
    found = similar_to(make_viewer(), "楼道口增设误时投放点", "晚上八点清运一次")
    assert found[0].idea == near
    assert set(titles(found)) <= {near.title, "增设宠物便袋投放桶"}


def test_width_and_traditional_characters_make_no_difference() -> None:
    some_others()
    near = make_idea(title="误时投放点")
    assert titles(similar_to(make_viewer(), "誤時投放點")) == [near.title]


def test_what_became_of_an_idea_stands_beside_it() -> None:
    some_others()
    member = make_member()
    declined = make_idea(title="误时投放点", status=IdeaStatus.DECLINED, decision_reason="没有人清运")
    item = make_item(plan=make_plan(), goal="一米菜园有人管", origin_kind="sharing.idea", origin_id=declined.pk)
    Outcome.objects.create(item=item, verdict="partly", text="夜间清运加到两次。", recorded_by=member.user)
    [found] = similar_to(make_viewer(), "设误时投放点")
    assert found.idea is not None
    assert (found.idea.decision_reason, found.item, found.outcome) == ("没有人清运", item, item.outcome)


def test_an_item_of_the_plan_is_found_once_even_where_an_idea_began_it() -> None:
    some_others()
    idea = make_idea(title="误时投放点")
    make_item(goal="误时投放点建成", origin_kind="sharing.idea", origin_id=idea.pk)
    by_hand = make_item(goal="误时投放点值守")
    found = similar_to(make_viewer(), "误时投放点")
    assert {(each.idea, each.item if each.idea is None else None) for each in found} == {(idea, None), (None, by_hand)}


def test_other_units_ideas_are_found_only_where_they_are_open_to_their_neighbours() -> None:
    street = make_org("胜浦街道", level=Level.SUBDISTRICT)
    here, there = make_org("柳湾社区", parent=street), make_org("荷塘社区", parent=street)
    neighbour = make_member(org=there)
    make_idea(title="误时投放点（未公开）", proposer=neighbour)
    shown = make_idea(title="误时投放点（公开）", proposer=neighbour, is_open=True)
    assert titles(similar_to(make_viewer(org=here), "误时投放点")) == [shown.title]
    assert similar_to(make_viewer("leader", org=make_org("远处社区")), "误时投放点") == []


def test_several_suggestions_cost_no_more_queries_than_one(django_assert_num_queries: Any) -> None:
    some_others()
    viewer = make_viewer()
    asked = [("误时投放点", ""), ("给老人贴电话卡", "大字"), ("停止浇花", ""), ("", "")]
    similar_to_each(viewer, asked)
    with django_assert_num_queries(5):
        found = similar_to_each(viewer, asked)
    assert [titles(each) for each in found] == [[], ["给独居老人贴应急电话卡"], ["雨后五天停止浇花"], []]


@pytest.mark.parametrize("text", ["", " ", "的", "\0", "😀", "a", "%_'\"", "𠮷" * 3000])
def test_any_text_can_be_asked_about(text: str) -> None:
    some_others()
    assert similar_to(make_viewer(), text, text) == []
