"""One item by its forms: what was typed stays, two people at once are told, and each sees what she may do."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.people.factories import make_member, make_org
from tests.plan.factories import make_item, make_plan
from wellspring.core import origins
from wellspring.people.models import Member
from wellspring.plan.models import ItemState, Outcome, PlanItem, Progress, WorkPlan

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def typed(item: PlanItem, **others: Any) -> dict[str, Any]:
    sent = {"goal": item.goal, "owner": item.owner_id, "due_on": item.due_on.isoformat(), "version": item.version}
    return {**sent, **others}


@pytest.fixture
def kind() -> Iterator[None]:
    """A kind of origin whose things anybody may open."""
    made = origins.OriginKind(
        "test.thing",
        "Work plan",
        lambda viewer, ids: {number: origins.OriginLink(f"金点子{number}", f"/sharing/{number}/") for number in ids},
        lambda actor, item: None,
    )
    origins.register_origin_kinds(made)
    yield
    del origins._kinds["test.thing"]


def test_the_origin_is_one_click_away_in_item_and_table(kind: None) -> None:
    item = make_item(origin_kind="test.thing", origin_id=7)
    client = client_of(make_member())
    for address in (f"/plan/items/{item.pk}/", f"/plan/{item.plan_id}/?view=table"):
        assert 'href="/sharing/7/"' in client.get(address).content.decode()


def test_an_item_with_many_updates_asks_few_queries(django_assert_max_num_queries: Any) -> None:
    item = make_item()
    for number in range(30):
        Progress.objects.create(item=item, text=f"第{number}次", written_by=make_member().user)
    client = client_of(make_member("leader"))
    client.get(f"/plan/items/{item.pk}/")
    with django_assert_max_num_queries(22):
        assert client.get(f"/plan/items/{item.pk}/").status_code == 200


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    plan = make_plan()
    answer = client_of(make_member("leader")).post(
        f"/plan/{plan.pk}/add/", {"goal": "楼道灯修好", "due_on": "2026-02-30", "target": "许多"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "楼道灯修好" in text
    assert "日期不正确" in text
    assert "请填数字" in text


def test_the_second_editor_sees_the_difference_and_can_save_knowingly() -> None:
    item = make_item(goal="一米菜园")
    client = client_of(make_member("leader"))
    client.post(f"/plan/items/{item.pk}/change/", typed(item, goal="两米菜园"))
    second = client.post(f"/plan/items/{item.pk}/change/", typed(item, goal="三米菜园"))
    assert second.status_code == 422
    assert "<del>两米菜园</del>" in second.content.decode()
    assert 'name="version" value="1"' in second.content.decode()
    client.post(f"/plan/items/{item.pk}/change/", typed(item, goal="三米菜园", version=1))
    assert PlanItem.objects.get().goal == "三米菜园"


def test_the_owner_reports_with_a_picture_that_her_unit_alone_sees(settings: Any, tmp_path: Path) -> None:
    owner = make_member()
    item = make_item(owner=owner)
    packed = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(packed, "PNG")
    picture = SimpleUploadedFile("现场.png", packed.getvalue(), content_type="image/png")
    client = client_of(owner)
    answer = client.post(
        f"/plan/items/{item.pk}/progress/", {"text": "围栏装好了", "pictures": [picture], "once": "a1"}
    )
    assert answer.status_code == 302
    kept = Progress.objects.get().pictures.get()
    page = client.get(f"/plan/items/{item.pk}/").content.decode()
    assert "围栏装好了" in page
    assert f"/files/{kept.key}/" in page
    assert client.get(f"/files/{kept.key}/").status_code == 200
    assert client_of(make_member(org=make_org("荷塘社区"))).get(f"/files/{kept.key}/").status_code == 404


def test_what_is_no_picture_is_refused_and_the_report_kept() -> None:
    owner = make_member()
    item = make_item(owner=owner)
    file = SimpleUploadedFile("x.png", b"no picture at all", content_type="image/png")
    answer = client_of(owner).post(f"/plan/items/{item.pk}/progress/", {"text": "装好了", "pictures": [file]})
    assert answer.status_code == 422
    assert "装好了" in answer.content.decode()
    assert not Progress.objects.exists()


def test_members_without_a_part_in_it_see_no_buttons_and_report_nothing() -> None:
    item = make_item()
    client = client_of(make_member())
    text = client.get(f"/plan/items/{item.pk}/").content.decode()
    assert f"/plan/items/{item.pk}/progress/" not in text
    assert client.get(f"/plan/items/{item.pk}/progress/").status_code == 403


def test_an_owner_who_left_is_shown_with_the_way_to_hand_it_over() -> None:
    owner = make_member()
    item = make_item(owner=owner)
    Member.objects.filter(pk=owner.pk).update(left_on=timezone.localdate())
    text = client_of(make_member("leader")).get(f"/plan/items/{item.pk}/").content.decode()
    assert "责任人已离开" in text
    assert "移交" in text


def test_the_outcome_stands_against_baseline_and_target() -> None:
    item = make_item(measure="每日助餐人数", unit="人", baseline=40, target=120)
    client = client_of(make_member("leader"))
    sent = {"verdict": "partly", "value": "100", "text": "到了一百人"}
    for _ in range(2):
        assert client.post(f"/plan/items/{item.pk}/outcome/", sent).status_code in (302, 422)
    text = client.get(f"/plan/items/{item.pk}/").content.decode()
    assert Outcome.objects.count() == 1
    assert "+60" in text
    assert "75%" in text


def test_moves_by_their_forms_lead_back_to_the_item() -> None:
    plan = make_plan()
    client = client_of(make_member("leader"))
    item = make_item(plan=plan)
    later = (item.due_on + timedelta(days=7)).isoformat()
    assert client.post(
        f"/plan/items/{item.pk}/postpone/", {"until_on": later, "reason": "等材料", "version": 0}
    ).url == (f"/plan/items/{item.pk}/")
    assert client.post(f"/plan/items/{item.pk}/drop/", {"reason": ""}).status_code == 422
    client.post(f"/plan/items/{item.pk}/drop/", {"reason": "不做了"})
    assert "恢复" in client.get(f"/plan/items/{item.pk}/").content.decode()
    client.post(f"/plan/items/{item.pk}/take-up/")
    carried = client.post(f"/plan/items/{item.pk}/carry/", {"target": "", "due_on": ""})
    assert PlanItem.objects.get(came_from=item).plan.starts_on > plan.starts_on
    assert carried.url == f"/plan/items/{PlanItem.objects.get(came_from=item).pk}/"


def test_one_more_part_keeps_what_was_typed_and_then_splits() -> None:
    item, day = make_item(goal="菜园"), timezone.localdate().isoformat()
    client = client_of(make_member("leader"))
    sent: dict[str, Any] = {"version": 0, "count": 2}
    for number in range(2):
        sent |= {
            f"part_{number}_goal": f"第{number}片",
            f"part_{number}_owner": item.owner_id,
            f"part_{number}_due_on": day,
        }
    more = client.post(f"/plan/items/{item.pk}/split/", {**sent, "more": "1"}).content.decode()
    assert 'value="第1片"' in more
    assert 'name="part_2_goal"' in more
    wrong = client.post(f"/plan/items/{item.pk}/split/", {**sent, "part_1_due_on": "2001-01-01"})
    assert wrong.status_code == 422
    assert client.post(f"/plan/items/{item.pk}/split/", sent).status_code == 302
    assert PlanItem.objects.filter(came_from=item).count() == 2
    assert "菜园" in client.get(f"/plan/items/{PlanItem.objects.filter(came_from=item)[0].pk}/").content.decode()


def test_ticked_items_become_one_with_their_sums() -> None:
    plan = make_plan()
    items = [make_item(plan=plan, goal=goal, measure="菜园", unit="个", target=3) for goal in ("北片", "南片")]
    client = client_of(make_member("leader"))
    address = f"/plan/{plan.pk}/merge/?item={items[0].pk}&item={items[1].pk}"
    form = client.get(address)
    assert form.context["form"].initial["target"] == 6
    sent = {"goal": "两片一起", "owner": items[0].owner_id, "due_on": timezone.localdate().isoformat()}
    assert client.post(address, sent).status_code == 302
    assert set(PlanItem.objects.filter(merged_into__goal="两片一起")) == set(items)
    assert client.get(f"/plan/{plan.pk}/merge/").status_code == 302


def test_closing_by_the_form_asks_again_for_what_became_open_meanwhile() -> None:
    plan = make_plan()
    item = make_item(plan=plan)
    client = client_of(make_member("leader"))
    assert item.goal in client.get(f"/plan/{plan.pk}/close/").content.decode()
    make_item(plan=plan, goal="刚加的")
    answer = client.post(f"/plan/{plan.pk}/close/", {f"how_{item.pk}": "carry", f"reason_{item.pk}": ""})
    assert answer.status_code == 422
    assert "刚加的" in answer.content.decode()
    assert WorkPlan.objects.get().closed_at is None
    sent = {f"how_{each.pk}": "drop" for each in PlanItem.objects.all()}
    assert client.post(f"/plan/{plan.pk}/close/", sent).status_code == 422
    sent |= {f"reason_{each.pk}": "不做" for each in PlanItem.objects.all()}
    assert client.post(f"/plan/{plan.pk}/close/", sent).status_code == 302
    assert not PlanItem.objects.exclude(state=ItemState.DROPPED).exists()
    client.post(f"/plan/{plan.pk}/reopen/")
    assert WorkPlan.objects.get().closed_at is None


def test_a_list_is_uploaded_looked_through_and_taken_over() -> None:
    from tests.plan.services.test_imports import book, row

    plan = make_plan()
    make_member(full_name="徐静")
    client = client_of(make_member("leader"))
    upload = client.post(f"/plan/{plan.pk}/import/", {"file": SimpleUploadedFile("计划.xlsx", book(row()).read())})
    assert upload.status_code == 302
    look = client.get(upload["Location"]).content.decode()
    assert "检查通过" in look
    assert client.post(upload["Location"]).url == f"/plan/{plan.pk}/"
    assert PlanItem.objects.get().goal == "助餐点扩到三个"
    wrong = client.post(f"/plan/{plan.pk}/import/", {"file": SimpleUploadedFile("x.xlsx", b"nothing")})
    assert wrong.status_code == 422


def test_mine_and_today_show_what_is_near_first() -> None:
    owner = make_member()
    today = timezone.localdate()
    for goal, days in (("逾期的", -2), ("就快到的", 3), ("还早的", 30)):
        make_item(owner=owner, goal=goal, due_on=today + timedelta(days=days))
    client = client_of(owner)
    mine = client.get("/plan/mine/").content.decode()
    assert mine.index("逾期的") < mine.index("就快到的") < mine.index("还早的")
    card = client.get("/today/").content.decode()
    assert "就快到的" in card
    assert "还早的" not in card


def test_a_plan_with_more_open_items_than_a_page_can_ask_about_is_closed_as_well() -> None:
    plan, owner = make_plan(), make_member()
    items = [make_item(plan=plan, owner=owner, goal=f"第{number}项") for number in range(103)]
    client = client_of(make_member("leader"))
    page = client.get(f"/plan/{plan.pk}/close/")
    assert page.context["beyond"] == 3
    shown = [item.pk for item, _how, _reason in page.context["form"].rows()]
    PlanItem.objects.filter(pk=items[0].pk).update(state=ItemState.DONE)
    sent = {"beyond": "1", **{f"how_{pk}": "carry" for pk in shown}}
    assert client.post(f"/plan/{plan.pk}/close/", sent).status_code == 302
    assert PlanItem.objects.filter(state=ItemState.CARRIED).count() == 102
