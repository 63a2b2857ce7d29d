"""Inviting and joining in the browser's eyes: once, by whom it is for, and what everybody else is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.people.factories import make_member, make_org
from tests.web.pages import page, parsed, words
from wellspring.core.models import User
from wellspring.people.models import Invitation, Member
from wellspring.people.services.invitations import invite, revoke_invitation
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db

ANSWERS = {"is_me": "on", "username": "lifang", "password": "green-river-7", "again": "green-river-7"}


@pytest.fixture
def link() -> str:
    return invite(actor=INSTALLATION, org=make_org(), full_name="李芳", post="网格员").path


def test_a_leader_gets_a_link_and_a_code_once() -> None:
    member = make_member("leader")
    client = Client()
    client.force_login(member.user)
    form = {"full_name": "李芳", "org": member.org_id, "roles": ["worker"], "days": "7"}
    answer = client.post("/manage/invitations/add/", form)
    tree = parsed(answer)
    address = words(tree, "textarea")
    assert "/join/" in address
    assert tree.css_first("svg.qr path") is not None
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/manage/invitations/add/", form).status_code == 422
    listed = page(client, "/manage/invitations/")
    assert "李芳" in words(listed, ".table")
    assert address.rstrip("/").rsplit("/", 1)[1] not in listed.html
    again = client.post(f"/manage/invitations/{Invitation.objects.get().pk}/renew/")
    assert words(parsed(again), "textarea") != address
    assert Client().get("/" + address.split("/", 3)[3]).status_code == 404


def test_who_opens_it_sees_whom_it_is_for_and_joins_with_a_new_account(link: str) -> None:
    client = Client()
    tree = page(client, link)
    assert "李芳" in words(tree, ".sign-in")
    assert "柳湾社区" in words(tree, "h1")
    answer = client.post(link, ANSWERS, follow=True)
    assert answer.status_code == 200
    assert answer.context["user"].get_full_name() == "李芳"
    assert User.objects.get(username="lifang").check_password("green-river-7")
    assert Client().get(link).status_code == 410


def test_looking_at_a_link_does_not_use_it_up(link: str) -> None:
    for _preview in range(3):
        assert Client().get(link).status_code == 200
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"is_me": ""}, "退还给发送人"),
        ({"again": "other"}, "不一致"),
        ({"password": "12345678", "again": "12345678"}, "密码"),
        ({"username": "bad name"}, "用户名"),
        ({"username": "LIFANG2"}, "已有人使用"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_kept(link: str, wrong: dict[str, str], said: str) -> None:
    User.objects.create_user("lifang2")
    answer = Client().post(link, {**ANSWERS, **wrong})
    tree = parsed(answer)
    assert answer.status_code == 422
    assert said in words(tree, ".error-summary")
    assert tree.css_first("input[name=username]").attributes["value"] == {**ANSWERS, **wrong}["username"]
    assert not Member.objects.exists()


def test_who_is_signed_in_adds_the_unit_to_her_account(link: str) -> None:
    user = make_member("worker", org=make_org("荷塘社区"), full_name="李芳").user
    client = Client()
    client.force_login(user)
    assert page(client, link).css_first("input[name=password]") is None
    client.post(link, {"is_me": "on"})
    assert {member.org.name for member in user.memberships.all()} == {"荷塘社区", "柳湾社区"}
    assert User.objects.count() == 1


def test_a_forwarded_link_warns_who_has_another_name(link: str) -> None:
    client = Client()
    client.force_login(make_member("worker", org=make_org("荷塘社区"), full_name="王强").user)
    assert "王强" in words(page(client, link), ".notice.is-wrong")
    assert client.post(link, {}).status_code == 422
    assert Invitation.objects.get().used_at is None


def test_the_inviter_sees_who_joined_and_can_end_it(link: str) -> None:
    Client().post(link, ANSWERS)
    client = Client()
    client.force_login(make_member("leader").user)
    listed = page(client, "/manage/invitations/")
    assert "李芳（lifang）" in words(listed, ".table")
    member = Member.objects.get(user__username="lifang")
    assert listed.css_first(f"a[href='/manage/people/{member.pk}/']") is not None


def test_each_link_that_holds_no_more_says_why_and_what_to_do(link: str) -> None:
    invitation = Invitation.objects.get()
    for address, status, said in (("/join/unknown/", 404, "找不到"), ("/join/" + "x" * 300 + "/", 404, "找不到")):
        answer = Client().get(address)
        assert answer.status_code == status
        assert said in words(parsed(answer), ".notice")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    answer = Client().get(link)
    assert (answer.status_code, "已过期" in words(parsed(answer), ".notice")) == (410, True)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    revoke_invitation(actor=INSTALLATION, invitation=invitation)
    answer = Client().post(link, ANSWERS)
    assert (answer.status_code, "已被撤回" in words(parsed(answer), ".notice")) == (410, True)
