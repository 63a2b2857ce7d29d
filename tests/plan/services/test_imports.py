"""A plan in Excel and out again: a dry run with every mistake in the office's words, then all rows or none."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from tests.people.factories import make_member, make_viewer
from tests.plan.factories import make_item, make_plan
from wellspring.people.errors import ImportProblem
from wellspring.people.models import Member
from wellspring.people.viewer import Viewer
from wellspring.plan.errors import PlanClosed, PlanListProblem
from wellspring.plan.models import PlanImport, PlanItem, WorkPlan
from wellspring.plan.services.imports import confirm_import, export_plan, forget_old_imports, prepare_import
from wellspring.plan.spreadsheets.columns import COLUMNS
from wellspring.plan.spreadsheets.writing import plan_template
from wellspring.topics.models import Topic

pytestmark = pytest.mark.django_db

HEAD = [column.heading for column in COLUMNS]


def book(*rows: dict[str, Any], head: list[str] = HEAD) -> io.BytesIO:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "工作计划"
    sheet.append(head)
    for row in rows:
        sheet.append([row.get(heading) for heading in head])
    packed = io.BytesIO()
    made.save(packed)
    packed.seek(0)
    return packed


def row(**others: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=2)
    return {"目标": "助餐点扩到三个", "责任人": "徐静", "完成期限": day.isoformat(), **others}


def prepared(leader: Viewer, plan: WorkPlan, *rows: dict[str, Any]) -> PlanImport:
    return prepare_import(actor=leader, plan=plan, file=book(*rows), file_name="计划.xlsx")


def notes(kept: PlanImport) -> list[tuple[int, str]]:
    return [(note["number"], note["heading"]) for note in kept.problems]


@pytest.fixture
def leader() -> Viewer:
    return make_viewer("leader")


@pytest.fixture
def plan() -> WorkPlan:
    return make_plan()


def test_a_filled_in_list_becomes_items_with_everything_in_it(leader: Viewer, plan: WorkPlan) -> None:
    owner, helper = make_member(full_name="徐静"), make_member(full_name="李芳")
    topic = Topic.objects.create(slug="elderly-care", name="居家养老")
    kept = prepared(
        leader,
        plan,
        row(
            衡量指标="每日助餐人数",
            单位="人",
            基线值=40,
            目标值="1,200",
            协办人="李芳、",
            主题="居家养老",
            说明="先试点\n后推开",
        ),
    )
    assert kept.problems == []
    assert not PlanItem.objects.exists()

    (item,) = confirm_import(actor=leader, plan_import=kept)

    assert (item.owner, item.topic, item.baseline, item.target) == (owner, topic, 40, 1200)
    assert (item.measure, item.details, list(item.co_owners.all())) == ("每日助餐人数", "先试点\n后推开", [helper])
    with pytest.raises(PlanListProblem) as again:
        confirm_import(actor=leader, plan_import=kept)
    assert again.value.code == "confirmed"


def test_every_mistake_is_named_and_nothing_is_written(leader: Viewer, plan: WorkPlan) -> None:
    for name in ("徐静", "李芳", "李芳"):
        make_member(full_name=name)
    kept = prepared(
        leader,
        plan,
        row(),
        row(目标=""),
        row(责任人="张三"),
        row(责任人="李芳"),
        row(完成期限="2026-02-30"),
        row(完成期限=None),
        row(目标值="很多", 衡量指标="人次"),
        row(目标值=12),
        row(主题="足球"),
        row(完成期限="2001-01-01"),
        row(协办人="徐静"),
        row(说明="=1+1"),
    )
    assert notes(kept) == [
        (3, "目标"),
        (4, "责任人"),
        (5, "责任人"),
        (6, "完成期限"),
        (7, "完成期限"),
        (8, "目标值"),
        (9, "衡量指标"),
        (10, "主题"),
        (11, "完成期限"),
        (12, "协办人"),
        (13, "说明"),
    ]
    with pytest.raises(PlanListProblem):
        confirm_import(actor=leader, plan_import=kept)
    assert not PlanItem.objects.exists()


def test_namesakes_are_told_apart_by_post(leader: Viewer, plan: WorkPlan) -> None:
    make_member(full_name="李芳", post="网格员")
    wanted = make_member(full_name="李芳", post="调解员")
    kept = prepared(leader, plan, row(责任人="李芳（调解员）"))
    assert confirm_import(actor=leader, plan_import=kept)[0].owner == wanted


def test_a_goal_that_is_there_already_is_shown_but_may_be_added(leader: Viewer, plan: WorkPlan) -> None:
    make_member(full_name="徐静")
    make_item(plan=plan, goal="助餐点扩到三个")
    kept = prepared(leader, plan, row(), row(目标="两次 的目标"), row(目标="两次的目标"))
    assert kept.problems == []
    assert {note["number"] for note in kept.warnings if note["heading"] == "目标"} == {2, 3, 4}
    assert len(confirm_import(actor=leader, plan_import=kept)) == 3


def test_who_left_since_the_upload_stops_it(leader: Viewer, plan: WorkPlan) -> None:
    owner = make_member(full_name="徐静")
    kept = prepared(leader, plan, row())
    Member.objects.filter(pk=owner.pk).update(left_on=timezone.localdate())
    with pytest.raises(PlanListProblem) as outdated:
        confirm_import(actor=leader, plan_import=kept)
    assert outdated.value.code == "outdated"


def test_a_plan_closed_since_the_upload_stops_it(leader: Viewer, plan: WorkPlan) -> None:
    make_member(full_name="徐静")
    kept = prepared(leader, plan, row())
    WorkPlan.objects.update(closed_at=timezone.now())
    with pytest.raises(PlanClosed):
        confirm_import(actor=leader, plan_import=kept)


def test_a_file_without_the_headings_is_told_which_are_missing(leader: Viewer, plan: WorkPlan) -> None:
    with pytest.raises(ImportProblem, match="责任人"):
        prepare_import(actor=leader, plan=plan, file=book(row(), head=["目标", "完成期限"]), file_name="x.xlsx")
    with pytest.raises(PlanListProblem):
        prepared(leader, plan)
    with pytest.raises(PermissionDenied):
        prepared(make_viewer(), plan, row())


def test_the_template_is_read_as_it_is_and_offers_the_people(leader: Viewer, plan: WorkPlan) -> None:
    made = load_workbook(io.BytesIO(plan_template(plan, owners=["徐静"], topics=["居家养老"])))
    assert [cell.value for cell in made["工作计划"][1]][:2] == ["目标*", "衡量指标"]
    assert made["选项"]["A1"].value == "徐静"


def test_an_exported_plan_holds_no_formula_and_can_be_taken_over_again(leader: Viewer, plan: WorkPlan) -> None:
    owner = make_member(full_name="徐静")
    make_item(plan=plan, owner=owner, goal="=HYPERLINK(1)", details="+86 说明")
    sheet = load_workbook(io.BytesIO(export_plan(actor=make_viewer(), plan=plan)))["工作计划"]
    cells = {cell.value: below for cell, below in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["目标"].value, cells["目标"].data_type) == ("'=HYPERLINK(1)", "s")
    assert cells["责任人"].value == "徐静"
    again = io.BytesIO(export_plan(actor=leader, plan=plan))
    kept = prepare_import(actor=leader, plan=plan, file=again, file_name="导出.xlsx")
    assert [note["heading"] for note in kept.problems if note["number"] == 2] == []


def test_lists_nobody_took_over_are_forgotten(leader: Viewer, plan: WorkPlan) -> None:
    make_member(full_name="徐静")
    prepared(leader, plan, row())
    PlanImport.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert forget_old_imports() == 1
