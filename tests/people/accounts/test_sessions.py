"""Sessions: ended by doing nothing, by their owner, by whoever may help, by a change of password or account."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.people.accounts.entering import OTHER, PASSWORD, make_person, sign_in, who_is
from tests.people.factories import make_member, make_org, make_viewer
from wellspring.core.models import AuditEntry
from wellspring.people.accounts.client_names import device_name
from wellspring.people.accounts.entry import SEEN
from wellspring.people.accounts.queries import open_sessions
from wellspring.people.accounts.services import end_sessions_of
from wellspring.people.models import Role
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db

WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile MicroMessenger/8.0.47"


def idle(client: Client, minutes: int) -> None:
    session = client.session
    session[SEEN] = session[SEEN] - minutes * 60
    session.save()


def test_whoever_does_nothing_is_signed_out_and_told() -> None:
    client = Client()
    sign_in(client, make_person())
    idle(client, 119)
    assert who_is(client) is not None
    idle(client, 121)
    answer = client.get("/account/", follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/?next=/account/"
    assert "自动退出" in answer.content.decode()


def test_the_office_chooses_how_long_and_may_choose_never(settings: Any) -> None:
    client = Client()
    sign_in(client, make_person())
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, idle_minutes=10)
    idle(client, 11)
    assert who_is(client) is None
    sign_in(client, make_person())
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, idle_minutes=0)
    idle(client, 100_000)
    assert who_is(client) is not None


def test_what_a_page_asks_for_by_itself_is_no_sign_of_life() -> None:
    client = Client()
    sign_in(client, make_person())
    for _ in range(3):
        idle(client, 50)
        client.get("/healthz", HTTP_X_UNATTENDED="1")
    assert who_is(client) is None


def test_every_session_is_listed_with_its_device_the_latest_first() -> None:
    user = make_person()
    phone, computer = Client(), Client()
    sign_in(phone, user, HTTP_USER_AGENT=WECHAT)
    sign_in(computer, user, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/120 Edg/120.0")
    listed = open_sessions(user, here=computer.session.session_key or "")
    assert [(session.device, session.is_here) for session in listed] == [
        ("Edge · Windows电脑", True),
        ("微信 · 安卓手机", False),
    ]
    page = computer.get("/account/sessions/").content.decode()
    assert "微信 · 安卓手机" in page


def test_one_session_or_all_others_are_ended_by_their_owner_only() -> None:
    user, other = make_person(), make_person()
    here, there, third, stranger = Client(), Client(), Client(), Client()
    for client in (here, there, third):
        sign_in(client, user)
    sign_in(stranger, other)
    chosen = next(s for s in open_sessions(user) if s.pk != open_sessions(user, here="")[0].pk)
    stranger.post("/account/sessions/", {"session": chosen.pk})
    assert len(open_sessions(user)) == 3
    here.post("/account/sessions/", {"session": chosen.pk})
    assert len(open_sessions(user)) == 2
    here.post("/account/sessions/", {"session": "9" * 40})
    here.post("/account/sessions/")
    assert who_is(here) == user
    assert who_is(there) is None
    assert who_is(third) is None
    assert who_is(stranger) == other


def test_a_leader_signs_a_member_out_everywhere_and_nobody_above_or_beside_herself() -> None:
    worker, administrator = make_person("worker"), make_person("administrator")
    client = Client()
    sign_in(client, worker)
    leader = make_viewer("leader")
    with pytest.raises(PermissionDenied):
        end_sessions_of(actor=leader, user=administrator)
    with pytest.raises(PermissionDenied):
        end_sessions_of(actor=make_viewer("leader", org=make_org("荷塘社区")), user=worker)
    assert end_sessions_of(actor=leader, user=worker) == 1
    assert who_is(client) is None
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor, entry.data) == ("people.sessions_ended", leader.user, {"number": 1})


def test_a_new_password_ends_every_other_session_at_once() -> None:
    user = make_person()
    here, there = Client(), Client()
    sign_in(here, user)
    sign_in(there, user)
    answer = here.post("/account/password/", {"old_password": PASSWORD, "new_password1": OTHER, "new_password2": OTHER})
    assert answer.status_code == 302
    assert who_is(here) == user
    assert who_is(there) is None
    assert len(open_sessions(user)) == 1
    assert AuditEntry.objects.latest("number").action == "people.password_changed"


def test_the_old_password_is_asked_for_and_guessed_no_more_often_than_at_the_door() -> None:
    user = make_person()
    client = Client()
    sign_in(client, user)
    said = [
        client.post("/account/password/", {"old_password": "no", "new_password1": OTHER, "new_password2": OTHER})
        for _ in range(12)
    ]
    assert all(answer.status_code == 200 for answer in said)
    assert "次数过多" in said[-1].content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_closed_account_and_a_role_taken_are_felt_with_the_next_click() -> None:
    user = make_person("leader")
    client = Client()
    sign_in(client, user)
    assert client.get("/manage/").status_code == 200
    Role.objects.filter(member__user=user).delete()
    assert client.get("/manage/").status_code == 403
    make_member("leader", org=make_org("荷塘社区"), user=user)
    assert client.get("/manage/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/manage/").status_code == 302
    assert who_is(client) is None
    assert not viewer_of(user).is_authenticated


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (WECHAT, "微信 · 安卓手机"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/130.0", "Firefox · Linux电脑"),
        ("", "未知设备"),
        ("<script>alert(1)</script>", "未知设备"),
    ],
)
def test_a_device_is_named_so_that_its_owner_knows_it(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
