"""Links that open something: they open no more than their maker may, and looking at them uses nothing up."""

from __future__ import annotations

import dataclasses
import re
import threading
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.people.factories import make_member, make_org, make_user
from wellspring.core.models import Notification
from wellspring.people.accounts.errors import LinkUnusable
from wellspring.people.accounts.services import issue_sign_in_link, set_password_by_link
from wellspring.people.models import Member
from wellspring.people.services.invitations import invite
from wellspring.people.services.members import change_member, end_membership
from wellspring.people.services.roles import give_role, take_role
from wellspring.people.viewer import INSTALLATION, viewer_of

pytestmark = pytest.mark.django_db

GOOD = "青石桥下水长流 88"


@pytest.fixture
def leader() -> Member:
    return make_member("leader")


@pytest.fixture
def worker() -> Member:
    return make_member("worker")


def made_by(leader: Member, worker: Member) -> str:
    path = issue_sign_in_link(actor=viewer_of(leader.user), user=worker.user).path
    return path.rstrip("/").rsplit("/", 1)[1]


def test_a_link_made_before_somebody_became_administrator_opens_nothing(leader: Member, worker: Member) -> None:
    secret = made_by(leader, worker)
    give_role(actor=INSTALLATION, member=worker, role="administrator")
    with pytest.raises(LinkUnusable):
        set_password_by_link(secret, GOOD)
    assert Client().get(f"/sign-in/link/{secret}/").status_code == 410


@pytest.mark.parametrize("how", ["role", "membership", "account"])
def test_a_link_of_a_leader_who_is_none_any_more_opens_nothing(leader: Member, worker: Member, how: str) -> None:
    secret = made_by(leader, worker)
    if how == "role":
        take_role(actor=INSTALLATION, member=leader, role="leader")
    elif how == "membership":
        end_membership(actor=INSTALLATION, member=leader)
    else:
        leader.user.is_active = False
        leader.user.save()
    with pytest.raises(LinkUnusable):
        set_password_by_link(secret, GOOD)


def test_the_preview_of_a_chat_uses_nothing_up(leader: Member, worker: Member) -> None:
    links = [
        f"/sign-in/link/{made_by(leader, worker)}/",
        invite(actor=INSTALLATION, org=make_org(), full_name="客").path,
    ]
    for path in links:
        for _ in range(3):
            robot = Client(headers={"User-Agent": "MicroMessenger preview"})
            assert robot.get(path).status_code in {200, 302}
            assert robot.head(path).status_code in {200, 302}
        assert "no-store" in Client().get(path)["Cache-Control"]
        assert Client().get(path)["Referrer-Policy"] == "same-origin"


def test_a_changed_mail_address_is_told_to_its_owner(leader: Member, worker: Member) -> None:
    change_member(
        actor=viewer_of(leader.user),
        member=worker,
        version=worker.version,
        post="",
        phone="",
        is_generalist=False,
        joined_on=worker.joined_on,
        email="somebody@example.org",
    )
    told = Notification.objects.get(user=worker.user)
    assert told.kind == "people.mail_changed"
    assert "somebody@" not in str(told.data)


def test_a_mail_to_set_a_password_leads_to_the_public_address_whatever_host_was_asked(settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, email_url="smtp://mail.example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL = ["*"], "https://news.example.org"
    make_member(user=make_user(email="li@example.org", password=GOOD))
    Client().post("/sign-in/forgotten/", {"email": "li@example.org"}, HTTP_HOST="evil.example")
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(1)
    (message,) = mail.outbox
    assert re.findall(r"https?://[^/\s]+", message.body) == ["https://news.example.org"]
