"""Viewers: where a role holds, and when it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from wellspring.people.models import Level, Member
from wellspring.people.permissions import Permission
from wellspring.people.viewer import GUEST, INSTALLATION, viewer_of

pytestmark = pytest.mark.django_db


def test_a_role_holds_in_its_unit_and_below_it_only() -> None:
    subdistrict = make_org("枫桥街道", level=Level.SUBDISTRICT)
    community = make_org("柳湾社区", parent=subdistrict)
    other = make_org("荷塘社区", parent=subdistrict)
    above, here = make_viewer("leader", org=subdistrict), make_viewer("leader", org=community)
    assert above.may(Permission.MANAGE_PEOPLE, org=community)
    assert here.may(Permission.MANAGE_PEOPLE, org=community)
    assert not here.may(Permission.MANAGE_PEOPLE, org=other)
    assert not here.may(Permission.MANAGE_PEOPLE, org=subdistrict)
    with pytest.raises(PermissionDenied):
        here.require(Permission.MANAGE_PEOPLE, org=other)


def test_a_unit_whose_number_begins_alike_is_not_below() -> None:
    one = make_org("一号")
    other = make_org("二号")
    other.path = one.path[:-1] + "0/"
    assert not make_viewer("leader", org=one).may(Permission.MANAGE_PEOPLE, org=other)


def test_what_units_share_is_managed_by_whoever_has_the_role_anywhere() -> None:
    archivist = make_viewer("archivist", org=make_org("荷塘社区"))
    assert archivist.may(Permission.MANAGE_SOURCES, org=make_org("柳湾社区"))


def test_a_member_of_two_units_has_the_roles_of_each_where_she_has_them() -> None:
    first, second = make_org("柳湾社区"), make_org("荷塘社区")
    leader = make_member("leader", org=first)
    make_member("worker", org=second, user=leader.user)
    viewer = viewer_of(leader.user)
    assert viewer.may(Permission.MANAGE_PEOPLE, org=first)
    assert not viewer.may(Permission.MANAGE_PEOPLE, org=second)
    assert viewer.may(Permission.SEE_PEOPLE, org=second)


def test_a_membership_counts_from_its_first_day_until_the_day_it_ends() -> None:
    today = timezone.localdate()
    future = make_member(joined_on=today + timedelta(days=1))
    gone = make_member(left_on=today)
    still = make_member(left_on=today + timedelta(days=1))
    assert [viewer_of(m.user).may(Permission.READ) for m in (future, gone, still)] == [False, False, True]


def test_a_disabled_account_is_a_guest() -> None:
    member = make_member("administrator")
    member.user.is_active = False
    assert viewer_of(member.user) is GUEST
    assert viewer_of(AnonymousUser()) is GUEST
    assert not GUEST.may(Permission.READ)


def test_a_filter_finds_the_rows_of_the_units_in_which_the_viewer_may() -> None:
    first, second = make_org("柳湾社区"), make_org("荷塘社区")
    leader = make_viewer("leader", org=first)
    make_member(org=second)
    found = Member.objects.filter(leader.below(Permission.MANAGE_PEOPLE, "org__path"))
    assert {member.org for member in found} == {first}
    assert Member.objects.filter(INSTALLATION.below(Permission.MANAGE_PEOPLE, "org__path")).count() == 2
    assert not Member.objects.filter(GUEST.below(Permission.MANAGE_PEOPLE, "org__path")).exists()
