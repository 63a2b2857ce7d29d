"""The first administrator: made with all she needs, and given to an installation that has people already."""

from __future__ import annotations

import pytest

from tests.people.factories import make_member, make_org
from wellspring.core.models import User
from wellspring.people.errors import MembershipProblem, UnitProblem
from wellspring.people.models import Level, Member, OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import administrators
from wellspring.people.services.first_administrator import make_administrator
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db


def test_she_gets_account_unit_membership_and_role() -> None:
    made = make_administrator(
        username="shen", full_name="沈静", password="green-river-7", org="枫桥街道", level="subdistrict"
    )
    assert made.is_new_unit
    assert made.unit.level == Level.SUBDISTRICT
    assert viewer_of(made.user).may(Permission.MANAGE_OFFICE, org=made.unit)
    assert [member.user for member in administrators()] == [made.user]
    assert made.user.is_superuser


def test_an_account_from_before_keeps_its_password_and_gets_in() -> None:
    old = User.objects.create_superuser("shen", password="green-river-7", is_active=False)
    make_administrator(username="shen")
    old.refresh_from_db()
    assert old.is_active
    assert old.check_password("green-river-7")
    assert administrators().get().user == old
    make_administrator(username="shen")
    assert Member.objects.count() == 1


def test_the_only_root_is_taken_and_several_are_asked_about() -> None:
    root = make_org("柳湾社区")
    make_member("worker", org=root)
    assert make_administrator(username="shen", password="green-river-7").unit == root
    make_org("荷塘社区")
    with pytest.raises(UnitProblem, match="柳湾社区、荷塘社区"):
        make_administrator(username="lin", password="green-river-7")
    with pytest.raises(UnitProblem):
        make_administrator(username="lin", password="green-river-7", org="没有的社区")
    assert not User.objects.filter(username="lin").exists()
    assert make_administrator(username="lin", password="green-river-7", org="荷塘社区").unit.name == "荷塘社区"
    assert OrgUnit.objects.count() == 2


def test_a_new_account_needs_a_password() -> None:
    with pytest.raises(MembershipProblem):
        make_administrator(username="shen")
