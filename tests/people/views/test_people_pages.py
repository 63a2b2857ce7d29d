"""The desk's pages of people: what each shows to whom, what a form keeps, at what price."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.people.factories import make_member, make_org, make_user
from tests.web.pages import page, parsed, words
from wellspring.core.models import User
from wellspring.people.models import Leave, Level, Member, OrgUnit, Role
from wellspring.people.services.leave import add_leave
from wellspring.people.services.units import close_unit
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


def signed_in(*roles: str, org: OrgUnit | None = None) -> Client:
    client = Client()
    client.force_login(make_member(*roles, org=org, full_name="沈书记").user)
    return client


@pytest.fixture
def fang() -> Member:
    member = make_member("worker", full_name="李芳", phone="13800001234", post="网格员")
    member.user.email = "fang@example.org"
    member.user.save()
    return member


def test_workers_see_the_list_without_contact_data_and_buttons(fang: Member) -> None:
    tree = page(signed_in("worker"), "/manage/people/")
    assert "李芳" in words(tree, ".table")
    assert "13800001234" not in tree.html
    assert tree.css_first(".desk-actions a") is None
    own = page(signed_in("worker"), f"/manage/people/{fang.pk}/")
    assert "网格员" in words(own, ".facts")
    for hidden in ("13800001234", "fang@example.org", fang.user.username):
        assert hidden not in own.html


def test_a_leader_sees_contact_data_and_what_can_be_done(fang: Member) -> None:
    client = signed_in("leader")
    assert "13800001234" in words(page(client, "/manage/people/"), ".table")
    tree = page(client, f"/manage/people/{fang.pk}/")
    assert "fang@example.org" in words(tree, ".facts")
    assert tree.css_first(f"a[href='/manage/people/{fang.pk}/end/']") is not None


def test_contact_data_of_a_unit_one_only_sees_stays_hidden(fang: Member) -> None:
    leader = make_member("leader", org=make_org("荷塘社区"))
    make_member("worker", org=fang.org, user=leader.user)
    client = Client()
    client.force_login(leader.user)
    tree = page(client, "/manage/people/")
    assert "李芳" in words(tree, ".table")
    assert "13800001234" not in tree.html
    assert client.get(f"/manage/people/{fang.pk}/change/").status_code == 403


def test_the_list_is_narrowed_by_what_is_typed(fang: Member) -> None:
    make_member("mentor", full_name="老宋书记")
    client = signed_in("leader")
    assert "老宋书记" not in words(page(client, "/manage/people/?q=lif"), ".table")
    assert "李芳" not in words(page(client, "/manage/people/?role=mentor"), ".table")
    assert words(page(client, "/manage/people/?q=没有的人"), ".empty")
    for nonsense in ("?unit=999", "?unit=x", "?role=king", "?state=dead", "?page=x", "?q=" + "长" * 99):
        assert client.get(f"/manage/people/{nonsense}").status_code == 200


def test_a_change_is_saved_and_a_second_editor_is_told(fang: Member) -> None:
    client = signed_in("leader")
    address = f"/manage/people/{fang.pk}/change/"
    form = {"version": "0", "full_name": "李芳", "post": "副主任", "phone": "", "email": "", "joined_on": "2024-01-01"}
    assert client.post(address, form).status_code == 302
    answer = client.post(address, {**form, "post": "主任"})
    tree = parsed(answer)
    assert answer.status_code == 422
    assert "副主任" in words(tree, ".difference")
    assert tree.css_first("input[name=post]").attributes["value"] == "主任"
    version = tree.css_first("input[name=version]").attributes["value"]
    assert client.post(address, {**form, "post": "主任", "version": version}).status_code == 302
    fang.refresh_from_db()
    assert fang.post == "主任"


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(fang: Member) -> None:
    client = signed_in("leader")
    answer = client.post(
        "/manage/people/add/",
        {
            "full_name": "王强",
            "username": fang.user.username,
            "org": fang.org_id,
            "joined_on": "2024-02-30",
            "roles": "worker",
        },
    )
    tree = parsed(answer)
    assert answer.status_code == 422
    assert tree.css_first("input[name=full_name]").attributes["value"] == "王强"
    assert "2025-03-05" in words(tree, ".error-summary")
    answer = client.post(
        "/manage/people/add/",
        {
            "full_name": "王强",
            "username": fang.user.username,
            "org": fang.org_id,
            "joined_on": "2024年2月3日",
            "roles": "worker",
        },
    )
    assert "已有人使用" in words(parsed(answer), ".error-summary")
    assert not User.objects.filter(full_name="王强").exists()


def test_a_leader_adds_somebody_with_the_roles_she_may_give(fang: Member) -> None:
    client = signed_in("leader")
    tree = page(client, "/manage/people/add/")
    assert {box.attributes["value"] for box in tree.css("input[name=roles]")} == {"worker", "mentor", "observer"}
    form = {"full_name": "王强", "org": fang.org_id, "joined_on": "2024-02-03", "roles": ["administrator"]}
    assert client.post("/manage/people/add/", form).status_code == 422
    answer = client.post("/manage/people/add/", {**form, "roles": ["mentor"]}, follow=True)
    assert "wangqiang" in words(parsed(answer), ".notice")
    assert Role.objects.get(member__user__full_name="王强").name == "mentor"


def test_roles_are_given_by_ticks_and_others_are_left(fang: Member) -> None:
    Role.objects.create(member=fang, name="archivist")
    client = signed_in("leader")
    assert "资料员" in words(page(client, f"/manage/people/{fang.pk}/roles/"), ".page-about")
    client.post(f"/manage/people/{fang.pk}/roles/", {"roles": ["mentor"]})
    assert {role.name for role in fang.roles.all()} == {"archivist", "mentor"}


def test_an_end_is_asked_about_done_and_taken_back(fang: Member) -> None:
    client = signed_in("leader")
    today = timezone.localdate()
    assert "李芳" in words(page(client, f"/manage/people/{fang.pk}/end/"), ".confirm")
    client.post(f"/manage/people/{fang.pk}/end/", {"left_on": today.isoformat()})
    fang.refresh_from_db()
    assert fang.left_on == today
    assert "李芳" not in words(page(client, "/manage/people/"), ".table")
    assert "李芳" in words(page(client, "/manage/people/?state=left"), ".table")
    client.post(f"/manage/people/{fang.pk}/end/undo/")
    fang.refresh_from_db()
    assert fang.left_on is None


def test_the_last_administrator_is_told_why_she_cannot_leave() -> None:
    client = signed_in("administrator")
    last = Member.objects.get()
    answer = client.post(f"/manage/people/{last.pk}/end/", {"left_on": timezone.localdate().isoformat()})
    assert answer.status_code == 422
    assert "最后一位管理员" in words(parsed(answer), ".error-summary")


def test_a_disabled_account_is_out_with_the_next_click(fang: Member) -> None:
    theirs = Client()
    theirs.force_login(fang.user)
    assert theirs.get("/manage/people/").status_code == 200
    client = signed_in("leader")
    client.post(f"/manage/people/{fang.pk}/disable/")
    assert theirs.get("/manage/people/").status_code == 302
    assert "账号已停用" in words(page(client, f"/manage/people/{fang.pk}/"), "h1")
    client.post(f"/manage/people/{fang.pk}/enable/")
    fang.user.refresh_from_db()
    assert fang.user.is_active


def test_a_role_withdrawn_in_the_middle_of_a_session_counts_at_once() -> None:
    client = signed_in("leader")
    assert client.get("/manage/people/add/").status_code == 200
    Role.objects.filter(name="leader").update(name="worker")
    assert client.get("/manage/people/add/").status_code == 403
    assert client.post("/manage/people/add/", {"full_name": "王强"}).status_code == 403


def test_the_kind_of_leave_is_not_for_colleagues(fang: Member) -> None:
    today = timezone.localdate()
    add_leave(actor=INSTALLATION, member=fang, from_on=today, until_on=today, kind="sick", note="复查")
    seen = page(signed_in("worker"), "/manage/leave/").html
    assert "李芳" in seen
    assert "病假" not in seen
    assert "复查" not in seen
    told = page(signed_in("leader"), "/manage/leave/")
    assert "病假" in words(told, ".table")
    own = Client()
    own.force_login(fang.user)
    assert "复查" in words(page(own, "/manage/leave/"), ".table")
    assert "复查" in words(page(own, f"/manage/people/{fang.pk}/"), ".table")


def test_leave_is_entered_changed_and_cancelled(fang: Member) -> None:
    client = signed_in("leader")
    form = {"version": "0", "kind": "annual", "from_on": "2025-03-03", "until_on": "2025-03-05", "note": ""}
    client.post(f"/manage/people/{fang.pk}/leave/add/", form)
    leave = Leave.objects.get()
    assert client.post(f"/manage/people/{fang.pk}/leave/add/", form).status_code == 422
    client.post(f"/manage/leave/{leave.pk}/", {**form, "until_on": "2025-03-06"})
    leave.refresh_from_db()
    assert leave.until_on == date(2025, 3, 6)
    assert "2025年3月6日" in words(page(client, "/manage/leave/?month=2025-03"), ".table")
    client.post(f"/manage/leave/{leave.pk}/cancel/")
    assert not Leave.objects.exists()
    for nonsense in ("2025-13", "x", "0-0", "9999-1", ""):
        assert client.get(f"/manage/leave/?month={nonsense}").status_code == 200


def test_units_are_added_moved_closed_and_opened_again() -> None:
    root = make_org("枫桥街道", level=Level.SUBDISTRICT)
    client = signed_in("administrator", org=root)
    client.post("/manage/units/add/", {"name": "柳湾社区", "level": "community", "parent": root.pk})
    unit = OrgUnit.objects.get(name="柳湾社区")
    assert "柳湾社区" in words(page(client, "/manage/units/"), ".table")
    assert client.post(f"/manage/units/{root.pk}/close/").status_code == 422
    client.post(f"/manage/units/{unit.pk}/close/")
    assert "已停用" in words(page(client, "/manage/units/"), ".table")
    client.post(f"/manage/units/{unit.pk}/reopen/")
    form = {"name": "新柳湾社区", "level": "community", "parent": root.pk, "version": "9"}
    answer = client.post(f"/manage/units/{unit.pk}/", form)
    assert "柳湾社区" in words(parsed(answer), ".difference")
    answer = client.post(f"/manage/units/{unit.pk}/", {**form, "version": "2"})
    assert answer.status_code == 302
    unit.refresh_from_db()
    assert unit.name == "新柳湾社区"


def test_a_unit_that_was_closed_is_not_offered() -> None:
    root = make_org("枫桥街道", level=Level.SUBDISTRICT)
    closed = make_org("柳湾社区", parent=root)
    close_unit(actor=INSTALLATION, unit=closed)
    tree = page(signed_in("leader", org=root), "/manage/people/add/")
    assert "柳湾社区" not in tree.css_first("select[name=org]").text()


@pytest.fixture
def large_office() -> OrgUnit:
    """1,000 members in 20 communities, with leave and invitations."""
    root = make_org("枫桥街道", level=Level.SUBDISTRICT)
    units = [make_org(f"社区{number}", parent=root) for number in range(20)]
    users = User.objects.bulk_create([User(username=f"many{n}", full_name=f"人{n}") for n in range(1000)])
    members = Member.objects.bulk_create(
        [Member(user=user, org=units[n % 20], joined_on=date(2024, 1, 1)) for n, user in enumerate(users)]
    )
    Role.objects.bulk_create([Role(member=member, name="worker") for member in members])
    today = timezone.localdate()
    Leave.objects.bulk_create(
        [Leave(member=member, from_on=today, until_on=today + timedelta(days=1)) for member in members[:50]]
    )
    return root


@pytest.mark.parametrize(
    "address",
    [
        "/manage/people/",
        "/manage/people/?q=ren&role=worker",
        "/manage/leave/",
        "/manage/units/",
        "/manage/invitations/",
    ],
)
def test_pages_cost_the_same_with_a_thousand_members(
    large_office: OrgUnit, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("administrator", org=large_office)
    with django_assert_max_num_queries(12):
        page(client, address)


def test_a_members_page_costs_little(
    large_office: OrgUnit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    member = Member.objects.filter(org__parent=large_office).first()
    assert member is not None
    for number in range(5):
        make_member(org=make_org(f"社区{number + 5}", parent=large_office), user=member.user)
    client = signed_in("administrator", org=large_office)
    with django_assert_max_num_queries(12):
        page(client, f"/manage/people/{member.pk}/")


def test_a_person_nobody_may_help_has_no_buttons_for_her_account() -> None:
    administrator = make_member("administrator", user=make_user("林工"))
    tree = page(signed_in("leader"), f"/manage/people/{administrator.pk}/")
    assert tree.css_first(f"a[href='/manage/people/{administrator.pk}/disable/']") is None
    assert tree.css_first("a[href$='sign-in-link/']") is None
    assert tree.css_first(f"a[href='/manage/people/{administrator.pk}/end/']") is None
