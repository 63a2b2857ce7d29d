"""Lists of people: who sees whom, and how somebody is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_user, make_viewer
from wellspring.people.models import Level
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import users_with
from wellspring.people.queries.members import found_members, members_of, visible_members
from wellspring.people.viewer import GUEST, INSTALLATION, viewer_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["李芳", "芳", "lifang", "LF", "lf", "li", "fang", "l_f", "芳 li"])
def test_somebody_is_found_by_name_pinyin_and_initials(words: str) -> None:
    user = make_user("李芳")
    user.username = "l_f"
    user.save()
    make_member(user=user)
    make_member(full_name="王强")
    assert [member.user.full_name for member in found_members(viewer=INSTALLATION, words=words)] == ["李芳"]


@pytest.mark.parametrize("words", ["%", "_", "[", "(", "\\", "ling", "fl", "."])
def test_signs_of_a_pattern_are_only_signs(words: str) -> None:
    make_member(full_name="李芳", user=make_user("李芳"))
    assert not found_members(viewer=INSTALLATION, words=words).exclude(user__username__contains=words)


def test_people_are_sorted_by_pinyin() -> None:
    for name in ("张三", "安然", "李四", "老宋书记"):
        make_member(full_name=name)
    names = [member.user.full_name for member in visible_members(viewer=INSTALLATION)]
    assert names == ["安然", "老宋书记", "李四", "张三"]


def test_everybody_sees_her_own_community_and_what_is_below() -> None:
    subdistrict = make_org("枫桥街道", level=Level.SUBDISTRICT)
    community, other = make_org("柳湾社区", parent=subdistrict), make_org("荷塘社区", parent=subdistrict)
    here, there = make_member(org=community), make_member(org=other)
    assert here in visible_members(viewer=viewer_of(here.user))
    assert there not in visible_members(viewer=viewer_of(here.user))
    assert {here, there} < set(visible_members(viewer=make_viewer("worker", org=subdistrict)))
    assert not visible_members(viewer=GUEST)
    observer = make_viewer("observer", org=community)
    assert [member.user for member in visible_members(viewer=observer)] == [observer.user]


def test_who_has_left_is_seen_by_who_manages_people_only() -> None:
    today = timezone.localdate()
    gone = make_member(left_on=today)
    assert gone not in visible_members(viewer=make_viewer("worker"))
    leader = make_viewer("leader")
    assert gone in visible_members(viewer=leader)
    assert gone not in found_members(viewer=leader)
    assert list(found_members(viewer=leader, state="left")) == [gone]


def test_the_list_is_narrowed_by_unit_and_role() -> None:
    subdistrict = make_org("枫桥街道", level=Level.SUBDISTRICT)
    community = make_org("柳湾社区", parent=subdistrict)
    mentor = make_member("mentor", "worker", org=community)
    make_member("mentor", org=subdistrict)
    assert list(found_members(viewer=INSTALLATION, unit=community, role="mentor")) == [mentor]
    assert found_members(viewer=INSTALLATION, unit=subdistrict, role="mentor").count() == 2


def test_members_of_a_unit_are_those_of_the_day() -> None:
    today = timezone.localdate()
    org = make_org()
    make_member(org=org, joined_on=today + timedelta(days=1))
    make_member(org=org, left_on=today)
    still = make_member(org=org, left_on=today + timedelta(days=1))
    assert list(members_of(org)) == [still]
    assert members_of(org, today + timedelta(days=1)).count() == 1
    assert members_of(org, today - timedelta(days=1)).count() == 2


def test_who_holds_a_permission_in_a_unit_holds_it_there_or_above() -> None:
    subdistrict = make_org("枫桥街道", level=Level.SUBDISTRICT)
    community, other = make_org("柳湾社区", parent=subdistrict), make_org("荷塘社区", parent=subdistrict)
    above = make_member("leader", org=subdistrict).user
    here = make_member("leader", "administrator", org=community).user
    make_member("leader", org=other)
    make_member("worker", org=community)
    make_member("leader", org=community, left_on=timezone.localdate())
    assert set(users_with(Permission.MANAGE_PEOPLE, community)) == {above, here}
    assert users_with(Permission.MANAGE_PEOPLE).count() == 3
    assert users_with(Permission.MANAGE_SOURCES, community).count() == 3
