"""Invitations: whom they let in, once, until when, and what everybody else is told."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_user, make_viewer
from wellspring.core.models import AuditEntry
from wellspring.people.errors import InvitationProblem, MembershipProblem, RoleProblem
from wellspring.people.models import Invitation, Member
from wellspring.people.services.invitations import (
    IssuedInvitation,
    accept_as,
    accept_as_new,
    invite,
    renew_invitation,
    revoke_invitation,
    usable_invitation,
)
from wellspring.people.services.roles import take_role
from wellspring.people.viewer import INSTALLATION, viewer_of

pytestmark = pytest.mark.django_db


def token_of(issued: IssuedInvitation) -> str:
    return issued.path.rstrip("/").rsplit("/", 1)[1]


def fang(**fields: object) -> IssuedInvitation:
    return invite(actor=INSTALLATION, org=make_org(), full_name="李芳", **fields)  # type: ignore[arg-type]  # of many kinds


def join(token: str, username: str = "lifang") -> Member:
    return accept_as_new(token=token, username=username, password="green-river-7")


def test_an_invitation_makes_a_member_with_its_post_and_roles() -> None:
    member = join(token_of(fang(post="网格长", roles=["worker", "mentor"])))
    assert member.user.full_name == "李芳"
    assert member.user.check_password("green-river-7")
    assert member.post == "网格长"
    assert {role.name for role in member.roles.all()} == {"worker", "mentor"}


def test_only_the_digest_of_a_link_is_kept() -> None:
    token = token_of(fang())
    kept = Invitation.objects.values().get()
    assert not any(token in str(value) for value in kept.values())
    assert token not in str(list(AuditEntry.objects.values()))


def test_a_link_used_twice_says_so() -> None:
    token = token_of(fang())
    join(token)
    with pytest.raises(InvitationProblem, match="已被接受") as caught:
        join(token, "other")
    assert caught.value.code == "invitation_used"


def test_a_link_that_ran_out_says_so() -> None:
    token = token_of(fang())
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(InvitationProblem, match="已过期"):
        usable_invitation(token)


def test_a_link_taken_back_says_so_and_can_be_made_anew() -> None:
    issued = fang()
    revoke_invitation(actor=INSTALLATION, invitation=issued.invitation)
    with pytest.raises(InvitationProblem, match="已被撤回"):
        join(token_of(issued))
    again = renew_invitation(actor=INSTALLATION, invitation=issued.invitation)
    with pytest.raises(InvitationProblem) as caught:
        join(token_of(issued))
    assert caught.value.code == "invitation_unknown"
    assert join(token_of(again)).user.full_name == "李芳"


def test_an_accepted_invitation_is_neither_revoked_nor_renewed() -> None:
    issued = fang()
    join(token_of(issued))
    for change in (revoke_invitation, renew_invitation):
        with pytest.raises(InvitationProblem):
            change(actor=INSTALLATION, invitation=issued.invitation)


def test_who_has_an_account_joins_a_second_community_with_it() -> None:
    user = make_member("worker", org=make_org("荷塘社区")).user
    token = token_of(fang())
    member = accept_as(token=token, user=user)
    assert {place.org_name for place in viewer_of(user).places} == {"荷塘社区", "柳湾社区"}
    used = Invitation.objects.get()
    assert (used.used_by, used.member) == (user, member)


def test_a_member_does_not_use_up_an_invitation_to_her_own_unit() -> None:
    user = make_member("worker").user
    token = token_of(fang())
    with pytest.raises(MembershipProblem):
        accept_as(token=token, user=user)
    assert usable_invitation(token)


def test_a_user_name_that_is_taken_does_not_use_the_link_up() -> None:
    make_user()
    token = token_of(fang())
    taken = make_user().username
    with pytest.raises(MembershipProblem):
        join(token, taken)
    assert join(token).user.username == "lifang"


def test_a_leader_invites_with_the_roles_she_may_give() -> None:
    org = make_org()
    leader = make_viewer("leader", org=org)
    with pytest.raises(RoleProblem):
        invite(actor=leader, org=org, full_name="李芳", roles=["administrator"])
    for actor in (make_viewer("worker", org=org), make_viewer("leader", org=make_org("荷塘社区"))):
        with pytest.raises(PermissionDenied):
            invite(actor=actor, org=org, full_name="李芳")
    assert invite(actor=leader, org=org, full_name="李芳").invitation.invited_by == leader.user


def test_an_invitation_holds_no_longer_than_the_rights_of_who_made_it() -> None:
    org = make_org()
    make_member("administrator", org=org)
    member = make_member("administrator", org=org)
    token = token_of(invite(actor=viewer_of(member.user), org=org, full_name="李芳", roles=["administrator"]))
    take_role(actor=INSTALLATION, member=member, role="administrator")
    with pytest.raises(InvitationProblem, match="柳湾社区"):
        join(token)


def test_a_second_open_invitation_of_the_same_name_is_asked_about() -> None:
    fang()
    with pytest.raises(InvitationProblem) as caught:
        fang()
    assert caught.value.code == "already_invited"


@pytest.mark.parametrize("days", [0, -1, 61])
def test_an_invitation_holds_for_some_days_not_for_ever(days: int) -> None:
    with pytest.raises(InvitationProblem):
        fang(days=days)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_one_link_at_once_one_gets_in() -> None:
    token = token_of(fang())
    start, joined, refused = threading.Barrier(2), [], []

    def use(username: str) -> None:
        start.wait()
        try:
            joined.append(join(token, username))
        except InvitationProblem as problem:
            refused.append(problem.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=(name,)) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(joined) == 1
    assert refused == ["invitation_used"]
    assert Member.objects.count() == 1
