"""Who is told of what: roles, invitations, one-time links, new devices."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from tests.people.factories import make_member, make_user, make_viewer
from wellspring.core.models import Notification, User
from wellspring.core.notices.queries import sentence
from wellspring.people.accounts.services import issue_sign_in_link
from wellspring.people.models import GroupWebhook
from wellspring.people.notices.kinds import INVITATION_USED, NEW_DEVICE, ROLE_GIVEN, ROLE_TAKEN, SIGN_IN_LINK_MADE
from wellspring.people.services.invitations import accept_as, invite
from wellspring.people.services.roles import give_role, take_role
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db
PASSWORD = "green-river-7"


def told(user: User) -> list[tuple[str, str]]:
    """What she is told, oldest first, in Chinese."""
    with translation.override("zh-hans"):
        return [(notice.kind, sentence(notice)) for notice in Notification.objects.filter(user=user).order_by("pk")]


def test_a_role_given_and_taken_is_told_to_its_owner() -> None:
    leader, member = make_viewer("leader"), make_member("worker")
    give_role(actor=leader, member=member, role="mentor")
    give_role(actor=leader, member=member, role="mentor")
    take_role(actor=leader, member=member, role="mentor")
    (first, given), (second, taken) = told(member.user)
    assert (first, second) == (ROLE_GIVEN, ROLE_TAKEN)
    for said in (given, taken):
        assert member.org.name in said
        assert "mentor" not in said, "the role in the reader's language"


def test_who_gives_herself_a_role_is_not_told() -> None:
    leader = make_member("leader")
    give_role(actor=viewer_of(leader.user), member=leader, role="mentor")
    assert told(leader.user) == []


def test_the_inviter_is_told_who_joined_and_the_group_how_many() -> None:
    leader = make_member("leader")
    robot = GroupWebhook.objects.create(org=leader.org, name="群", service="wecom", url="https://a.example/")
    issued = invite(actor=viewer_of(leader.user), org=leader.org, full_name="李芳")
    joined = make_user("李芳")
    accept_as(token=issued.path.rstrip("/").rsplit("/", 1)[1], user=joined)
    assert told(leader.user) == [(INVITATION_USED, f"李芳已通过您的邀请加入{leader.org.name}。")]
    robot.refresh_from_db()
    assert robot.pending == 1


def test_a_one_time_link_is_told_to_the_owner_of_the_account() -> None:
    leader, member = make_viewer("leader", full_name="陆听荷"), make_member("worker")
    issue_sign_in_link(actor=leader, user=member.user)
    ((kind, said),) = told(member.user)
    assert kind == SIGN_IN_LINK_MADE
    assert "陆听荷" in said


def sign_in(client: Client, user: User, agent: str) -> None:
    answer = client.post("/sign-in/", {"username": user.username, "password": PASSWORD}, headers={"User-Agent": agent})
    assert answer.status_code == 302, answer.content.decode()


def test_a_new_device_is_told_but_neither_the_first_ever_nor_a_known_one() -> None:
    user = make_member(user=make_user(password=PASSWORD)).user
    first, other = Client(), Client()
    sign_in(first, user, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    assert told(user) == []
    first.post("/sign-out/")
    sign_in(first, user, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    assert told(user) == []
    sign_in(other, user, "Mozilla/5.0 (iPhone) MicroMessenger/8.0")
    ((kind, said),) = told(user)
    assert kind == NEW_DEVICE
    assert "iPhone" in said
    assert other.get("/notices/unread/").status_code == 200
