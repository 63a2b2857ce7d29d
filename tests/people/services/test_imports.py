"""Taking over a staff list: nothing before it is confirmed, then all of it or nothing."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.people.factories import make_member, make_org, make_user
from tests.people.spreadsheets.books import book
from wellspring.core.models import AuditEntry, User
from wellspring.people.errors import ImportProblem
from wellspring.people.models import Level, Member, OrgUnit, StaffImport
from wellspring.people.permissions import Permission
from wellspring.people.services.exports import export_people
from wellspring.people.services.forgetting import forget_old_imports
from wellspring.people.services.imports import confirm_import, prepare_import, sign_in_links
from wellspring.people.services.members import add_member
from wellspring.people.services.units import close_unit
from wellspring.people.spreadsheets.reading import read_staff_list
from wellspring.people.spreadsheets.writing import safe, staff_template
from wellspring.people.viewer import INSTALLATION, Actor, viewer_of

pytestmark = pytest.mark.django_db

FANG = ("李芳", "lifang", "13800001234", "fang@example.org", "柳湾社区", "网格员", "社工、师傅", "2024年3月5日", "是")


@pytest.fixture
def leader() -> Actor:
    return viewer_of(make_member("leader", full_name="沈书记").user)


def dry_run(actor: Actor, *rows: tuple[object, ...]) -> StaffImport:
    return prepare_import(actor=actor, file=book(*rows), file_name="名单.xlsx")


def problems(actor: Actor, *rows: tuple[object, ...]) -> list[tuple[int, str]]:
    return [(each["number"], each["heading"]) for each in dry_run(actor, *rows).problems]


def test_nothing_is_written_before_the_list_is_confirmed(leader: Actor) -> None:
    kept = dry_run(leader, FANG)
    assert kept.problems == []
    assert not User.objects.filter(full_name="李芳").exists()
    members = confirm_import(actor=leader, staff_import=kept)
    member = Member.objects.get(user__username="lifang")
    assert members == [member]
    assert (member.phone, member.post, member.joined_on) == ("13800001234", "网格员", date(2024, 3, 5))
    assert member.is_generalist
    assert {role.name for role in member.roles.all()} == {"worker", "mentor"}
    assert (member.user.email, member.user.sort_key) == ("fang@example.org", "li3 fang1")
    assert not member.user.has_usable_password()
    assert viewer_of(member.user).may(Permission.HAND_IN)


def test_each_mistake_is_named_with_its_row_and_column(leader: Actor) -> None:
    make_user().__class__.objects.filter(pk=leader.user.pk if leader.user else 0).update(email="shen@example.org")
    other = make_org("荷塘社区")
    assert problems(
        leader,
        FANG,
        ("", "wang", "", "", "柳湾社区"),
        ("王强", "bad name!", "", "不是邮箱", "柳湾社区"),
        ("赵敏", "", "", "", "没有的社区"),
        ("钱多", "", "", "", other.name),
        ("孙立", "", "", "", "柳湾社区", "", "管理员"),
        ("周全", "", "", "", "柳湾社区", "", "大领导", "昨天", "也许"),
        ("吴双", "", "", "SHEN@example.org", "柳湾社区"),
        ("郑重", "", "", "", "=A1"),
        ("沈书记", "", "", "", "柳湾社区"),
        ("冯" * 81, "", "", "", "柳湾社区"),
    ) == [
        (3, "姓名"),
        (4, "用户名"),
        (4, "邮箱"),
        (5, "所属单位"),
        (6, "所属单位"),
        (7, "角色"),
        (8, "角色"),
        (8, "入职日期"),
        (8, "全科社工"),
        (9, "邮箱"),
        (10, "所属单位"),
        (11, "姓名"),
        (12, "姓名"),
    ]


def test_the_same_user_name_or_person_in_two_rows_is_named_in_both(leader: Actor) -> None:
    assert problems(
        leader,
        ("李芳", "li", "", "", "柳湾社区"),
        ("李方", "ＬＩ", "", "", "柳湾社区"),
        ("王强", "", "", "", "柳湾社区"),
        ("王 强", "", "", "", "柳湾社区"),
    ) == [(2, "用户名"), (3, "用户名"), (4, "姓名"), (5, "姓名")]


def test_user_names_are_made_from_pinyin_without_meeting_each_other(leader: Actor) -> None:
    add_member(actor=INSTALLATION, org=make_org("荷塘社区"), full_name="李芳")
    kept = dry_run(
        leader,
        ("李芳", "", "", "", "柳湾社区"),
        ("李方", "", "", "", "柳湾社区"),
        ("李房", "lifang4", "", "", "柳湾社区"),
    )
    assert [row["username"] for row in kept.rows] == ["lifang2", "lifang3", "lifang4"]


def test_units_of_one_name_are_told_apart_by_the_one_above() -> None:
    first, second = make_org("枫桥街道", level=Level.SUBDISTRICT), make_org("胜浦街道", level=Level.SUBDISTRICT)
    make_org("柳湾社区", parent=first)
    wanted = make_org("柳湾社区", parent=second)
    root = OrgUnit.objects.filter(parent=None)
    actor_user = make_user()
    for unit in root:
        make_member("leader", org=unit, user=actor_user)
    actor = viewer_of(actor_user)
    assert problems(actor, ("李芳", "", "", "", "柳湾社区")) == [(2, "所属单位")]
    kept = dry_run(actor, ("李芳", "", "", "", "胜浦街道 / 柳湾社区"))
    assert [row["org"] for row in kept.rows] == [wanted.pk]


def test_a_list_with_a_mistake_writes_nobody(leader: Actor) -> None:
    kept = dry_run(leader, FANG, ("", "x", "", "", "柳湾社区"))
    with pytest.raises(ImportProblem):
        confirm_import(actor=leader, staff_import=kept)
    assert not User.objects.filter(username="lifang").exists()


def test_what_changed_since_the_upload_stops_the_whole_list(leader: Actor) -> None:
    kept = dry_run(leader, FANG, ("王强", "wangqiang", "", "", "柳湾社区"))
    add_member(actor=leader, org=make_org(), full_name="别人", username="wangqiang")
    with pytest.raises(ImportProblem, match="wangqiang") as caught:
        confirm_import(actor=leader, staff_import=kept)
    assert caught.value.code == "outdated"
    assert not User.objects.filter(username="lifang").exists()


def test_a_unit_closed_or_a_role_lost_since_the_upload_stops_the_list() -> None:
    root = make_org("枫桥街道", level=Level.SUBDISTRICT)
    unit = make_org("柳湾社区", parent=root)
    actor = viewer_of(make_member("administrator", org=root).user)
    kept = dry_run(actor, FANG)
    close_unit(actor=INSTALLATION, unit=unit)
    with pytest.raises(ImportProblem, match="所属单位"):
        confirm_import(actor=actor, staff_import=kept)


def test_a_list_is_taken_over_once_and_not_after_a_day(leader: Actor) -> None:
    kept = dry_run(leader, FANG)
    confirm_import(actor=leader, staff_import=kept)
    with pytest.raises(ImportProblem) as caught:
        confirm_import(actor=leader, staff_import=kept)
    assert caught.value.code == "confirmed"
    late = dry_run(leader, ("王强", "", "", "", "柳湾社区"))
    StaffImport.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ImportProblem) as caught:
        confirm_import(actor=leader, staff_import=late)
    assert caught.value.code == "expired"
    assert forget_old_imports() == 1
    kept.refresh_from_db()
    assert kept.rows == []


def test_somebody_elses_list_cannot_be_confirmed(leader: Actor) -> None:
    kept = dry_run(leader, FANG)
    with pytest.raises(StaffImport.DoesNotExist):
        confirm_import(actor=viewer_of(make_member("administrator").user), staff_import=kept)


def test_who_was_imported_gets_a_link_until_she_has_signed_in(leader: Actor) -> None:
    members = confirm_import(actor=leader, staff_import=dry_run(leader, FANG, ("王强", "", "", "", "柳湾社区")))
    members[0].user.last_login = timezone.now()
    members[0].user.save()
    links = sign_in_links(actor=leader, members=members)
    assert [member.user.full_name for member, _link in links] == ["王强"]
    assert links[0][1].path.startswith("/sign-in/link/")


def test_every_person_taken_over_is_in_the_trail_without_her_data(leader: Actor) -> None:
    confirm_import(actor=leader, staff_import=dry_run(leader, FANG, ("王强", "", "", "", "柳湾社区")))
    actions = list(AuditEntry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["people.member_added", "people.member_added", "people.staff_imported"]
    assert "13800001234" not in str(list(AuditEntry.objects.values()))


def test_the_template_can_be_filled_in_and_read_back(leader: Actor) -> None:
    packed = io.BytesIO(staff_template(units=["柳湾社区"], roles=[]))
    filled = load_workbook(packed)
    for place, value in enumerate(FANG, start=1):
        filled["人员"].cell(2, place, value)
    assert "填写说明" in filled.sheetnames
    assert len(filled["人员"].data_validations.dataValidation) == 2
    again = io.BytesIO()
    filled.save(again)
    again.seek(0)
    assert read_staff_list(again)[0].cells["full_name"] == "李芳"
    again.seek(0)
    assert prepare_import(actor=leader, file=again, file_name="x").problems == []


def test_many_people_are_checked_and_written_with_few_queries(
    leader: Actor, django_assert_max_num_queries: object
) -> None:
    many = [(f"李芳{number}", f"user-{number}", "", "", "柳湾社区") for number in range(100)]
    with django_assert_max_num_queries(10):  # type: ignore[operator]  # pytest-django's
        kept = dry_run(leader, *many)
    with django_assert_max_num_queries(400 + 40):  # type: ignore[operator]  # four for each line of the trail
        confirm_import(actor=leader, staff_import=kept)


def test_an_exported_list_is_text_without_formulas_and_says_who_and_when(leader: Actor) -> None:
    org = make_org()
    add_member(
        actor=leader,
        org=org,
        full_name="李芳",
        phone="+86 138-0000-1234",
        post='=HYPERLINK("http://x")',
        username="@evil",
    )
    make_member(org=make_org("荷塘社区"), full_name="外人")
    packed = io.BytesIO(export_people(actor=leader, narrowed={}))
    sheet = load_workbook(packed)["人员"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][:6] == ["李芳", "'@evil", "+86 138-0000-1234", None, "柳湾社区", '\'=HYPERLINK("http://x")']
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert sheet["C2"].number_format == "@"
    assert rows[-1][0].startswith("共 2 人 · 导出人：沈书记 · ")
    assert "外人" not in str(rows)
    assert AuditEntry.objects.get(action="people.list_exported").data == {"count": 2}


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\t=1", "\r=1"])
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", ["李芳", "+86 138", "-", "0512-65001234", "a=b"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert safe(text) == text
