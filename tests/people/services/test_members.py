"""Memberships: taking on, changing, ending, coming back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_user, make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry, User
from wellspring.people.errors import MembershipProblem, RoleProblem
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.services.members import add_member, change_member, end_membership, undo_end
from wellspring.people.services.units import close_unit
from wellspring.people.viewer import INSTALLATION, Actor, viewer_of

pytestmark = pytest.mark.django_db


def change(member: Member, actor: Actor, **fields: object) -> Member:
    values = {
        "version": member.version,
        "post": member.post,
        "phone": member.phone,
        "is_generalist": member.is_generalist,
        "joined_on": date(2024, 1, 1),
        **fields,
    }
    return change_member(actor=actor, member=member, **values)  # type: ignore[arg-type]  # fields of many kinds


def test_a_new_person_gets_a_user_name_of_her_pinyin_and_no_password() -> None:
    org = make_org()
    leader = make_viewer("leader", org=org)
    first = add_member(actor=leader, org=org, full_name="李芳")
    second = add_member(actor=leader, org=org, full_name="李 芳")
    assert [member.user.username for member in (first, second)] == ["lifang", "lifang2"]
    assert not first.user.has_usable_password()
    assert viewer_of(first.user).may(Permission.HAND_IN)


@pytest.mark.parametrize("username", ["LiFang", "ｌｉｆａｎｇ", " lifang "])
def test_a_user_name_is_there_once_in_any_spelling(username: str) -> None:
    org = make_org()
    add_member(actor=INSTALLATION, org=org, full_name="李芳", username="lifang")
    with pytest.raises(MembershipProblem) as caught:
        add_member(actor=INSTALLATION, org=org, full_name="李方", username=username)
    assert caught.value.code == "username_taken"
    assert not User.objects.filter(full_name="李方").exists()


def test_a_mail_address_that_is_none_is_refused_before_anything_is_written() -> None:
    with pytest.raises(MembershipProblem) as caught:
        add_member(actor=INSTALLATION, org=make_org(), full_name="李芳", email="不是邮箱")
    assert caught.value.field == "email"
    assert not User.objects.exists()


def test_nobody_belongs_to_a_unit_twice_but_to_several_at_once() -> None:
    user = make_user("李芳")
    one, other = make_org("柳湾社区"), make_org("荷塘社区")
    add_member(actor=INSTALLATION, org=one, user=user)
    with pytest.raises(MembershipProblem, match="李芳"):
        add_member(actor=INSTALLATION, org=one, user=user)
    add_member(actor=INSTALLATION, org=other, user=user)
    assert user.memberships.count() == 2


def test_who_is_taken_on_with_a_role_the_actor_may_not_give_is_not_taken_on() -> None:
    org = make_org()
    with pytest.raises(RoleProblem):
        add_member(actor=make_viewer("leader", org=org), org=org, full_name="李芳", roles=["administrator"])
    assert not User.objects.filter(full_name="李芳").exists()


def test_who_leaves_is_out_at_once_and_may_come_back() -> None:
    org = make_org()
    leader = make_viewer("leader", org=org)
    member = add_member(actor=leader, org=org, full_name="李芳")
    end_membership(actor=leader, member=member)
    assert not viewer_of(member.user).may(Permission.READ)
    with pytest.raises(MembershipProblem):
        end_membership(actor=leader, member=member)
    again = add_member(actor=leader, org=org, user=member.user)
    assert again.pk != member.pk
    assert viewer_of(member.user).may(Permission.READ)
    with pytest.raises(MembershipProblem):
        undo_end(actor=leader, member=member)


def test_an_end_can_be_taken_back_with_all_roles() -> None:
    org = make_org()
    leader = make_viewer("leader", org=org)
    member = make_member("worker", "mentor", org=org)
    end_membership(actor=leader, member=member)
    undo_end(actor=leader, member=member)
    assert {role.name for role in member.roles.all()} == {"worker", "mentor"}
    assert viewer_of(member.user).may(Permission.READ)


def test_an_end_may_lie_ahead_but_not_before_the_beginning() -> None:
    leader = make_viewer("leader")
    member = make_member("worker")
    with pytest.raises(MembershipProblem) as caught:
        end_membership(actor=leader, member=member, left_on=member.joined_on - timedelta(days=1))
    assert caught.value.field == "left_on"
    end_membership(actor=leader, member=member, left_on=timezone.localdate() + timedelta(days=3))
    assert viewer_of(member.user).may(Permission.READ)


def test_a_leader_does_not_end_the_membership_of_an_administrator() -> None:
    make_member("administrator")
    with pytest.raises(PermissionDenied):
        end_membership(actor=make_viewer("leader"), member=make_member("administrator"))


def test_a_change_of_rights_higher_than_ones_own_is_refused() -> None:
    administrator, leader = make_member("administrator"), make_viewer("leader")
    with pytest.raises(PermissionDenied):
        change(administrator, leader, email="mine@example.org")
    assert change(administrator, leader, post="书记").post == "书记"


def test_nobody_gets_the_mail_address_of_somebody_else() -> None:
    make_member("administrator", user=make_user(email="shen@example.org"))
    member = make_member("worker")
    with pytest.raises(MembershipProblem) as caught:
        change(member, make_viewer("leader"), email="SHEN@example.org")
    assert caught.value.code == "mail_taken"
    with pytest.raises(MembershipProblem):
        add_member(actor=INSTALLATION, org=make_org(), full_name="李芳", email="Shen@example.org")


def test_ones_own_name_and_mail_address_are_changed_in_the_profile() -> None:
    leader = make_member("leader")
    with pytest.raises(MembershipProblem):
        change(leader, viewer_of(leader.user), email="mine@example.org")
    assert change(leader, viewer_of(leader.user), post="书记").post == "书记"


def test_two_who_edit_one_member_do_not_overwrite_each_other() -> None:
    leader = make_viewer("leader")
    member = make_member("worker")
    change(member, leader, post="网格长")
    with pytest.raises(ChangedMeanwhile) as caught:
        change(member, leader, post="副主任", phone="0512-1", version=0)
    assert [(row.now, row.wanted) for row in caught.value.differences] == [("网格长", "副主任"), ("—", "0512-1")]
    member.refresh_from_db()
    assert change(member, leader, post="副主任", version=caught.value.version).post == "副主任"


def test_the_trail_keeps_which_fields_changed_and_no_personal_data() -> None:
    leader = make_viewer("leader")
    member = make_member("worker")
    change(member, leader, phone="13800000000", full_name="李芳芳")
    entry = AuditEntry.objects.get()
    assert entry.data == {"fields": ["phone", "full_name"]}
    member.refresh_from_db()
    change(member, leader)
    assert AuditEntry.objects.count() == 1


def test_a_closed_unit_takes_nobody_on() -> None:
    org = make_org()
    close_unit(actor=INSTALLATION, unit=org)
    with pytest.raises(MembershipProblem, match="柳湾社区"):
        add_member(actor=INSTALLATION, org=org, full_name="李芳")
