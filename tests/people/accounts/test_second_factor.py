"""The second factor: codes computed for real, used once, guessed seldom; a way out; asked of administrators."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.people.accounts.entering import OTHER, PASSWORD, make_person, sign_in, who_is
from wellspring.core.models import User
from wellspring.people.accounts.services import issue_sign_in_link
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


def code_of(secret: str, *, steps: int = 0) -> str:
    """RFC 6238, six figures, half a minute, written from the standard."""
    counter = int(time.time()) // 30 + steps
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def set_up_app(client: Client) -> str:
    """Set up the authenticator app of whoever is signed in; its secret."""
    page = client.get("/account/second-factor/totp/activate/", follow=True)
    if "again" in page.request["PATH_INFO"]:
        again = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
        page = client.post(again, {"password": PASSWORD}, follow=True)
    secret: str = page.context["form"].secret
    answer = client.post("/account/second-factor/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    return secret


@pytest.fixture
def person() -> User:
    return make_person()


@pytest.fixture
def secret(person: User) -> str:
    client = Client()
    sign_in(client, person)
    return set_up_app(client)


def test_a_code_is_asked_for_after_the_password_and_opens(person: User, secret: str) -> None:
    client = Client()
    asked = client.post("/sign-in/", {"username": person.username, "password": PASSWORD, "next": "/manage/"})
    assert asked["Location"] == "/account/second-factor/authenticate/"
    assert who_is(client) is None
    wrong = client.post("/account/second-factor/authenticate/", {"code": "000000"})
    assert "不正确" in wrong.content.decode()
    answer = client.post("/account/second-factor/authenticate/", {"code": code_of(secret, steps=1)})
    assert answer["Location"] == "/manage/"
    assert who_is(client) == person


def test_a_code_opens_once(person: User, secret: str) -> None:
    code = code_of(secret, steps=1)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, person)
        client.post("/account/second-factor/authenticate/", {"code": code})
    assert who_is(first) == person
    assert who_is(second) is None


def test_codes_are_guessed_no_more_often_than_passwords(person: User, secret: str) -> None:
    client = Client()
    sign_in(client, person)
    for n in range(5):
        client.post("/account/second-factor/authenticate/", {"code": f"{n:06d}"})
    answer = client.post("/account/second-factor/authenticate/", {"code": code_of(secret, steps=1)})
    assert "次数过多" in answer.content.decode()
    assert who_is(client) is None


def test_the_password_alone_opens_no_page_in_between(person: User, secret: str) -> None:
    client = Client()
    sign_in(client, person)
    for page in ("/account/", "/manage/", "/account/second-factor/", "/account/second-factor/recovery-codes/"):
        assert client.get(page).status_code == 302, page


def test_a_recovery_code_opens_once(person: User, secret: str) -> None:
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    client = Client()
    sign_in(client, person)
    client.post("/account/second-factor/authenticate/", {"code": codes[0]})
    assert who_is(client) == person
    again = Client()
    sign_in(again, person)
    again.post("/account/second-factor/authenticate/", {"code": codes[0]})
    assert who_is(again) is None


def test_the_secret_cannot_be_read_in_the_database_alone(person: User, secret: str) -> None:
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_setting_up_wants_the_password_once_more(person: User) -> None:
    client = Client()
    client.force_login(person)
    page = client.get("/account/second-factor/totp/activate/")
    assert page["Location"].startswith("/account/again/")


def test_who_lost_the_telephone_gets_in_by_a_link_that_takes_the_second_factor_away(person: User, secret: str) -> None:
    client = Client()
    client.get(issue_sign_in_link(actor=INSTALLATION, user=person).path)
    client.post("/sign-in/link/", {"new_password1": OTHER, "new_password2": OTHER})
    sign_in(client, person, OTHER)
    assert who_is(client) is None, "an ordinary link leaves the second factor"
    client.get(issue_sign_in_link(actor=INSTALLATION, user=person, ends_second_factor=True).path)
    client.post("/sign-in/link/", {"new_password1": OTHER, "new_password2": OTHER})
    assert sign_in(client, person, OTHER)


def test_where_it_is_asked_for_an_administrator_sets_it_up_before_anything_else(settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, second_factor=True)
    administrator, worker = make_person("administrator"), make_person("worker")
    client = Client()
    sign_in(client, administrator)
    assert client.get("/manage/")["Location"] == "/account/second-factor/"
    assert client.get("/admin/")["Location"] == "/account/second-factor/"
    page = client.get("/account/second-factor/")
    assert "您的角色需要两步验证" in page.content.decode()
    set_up_app(client)
    assert client.get("/manage/").status_code == 200
    other = Client()
    sign_in(other, worker)
    assert other.get("/today/").status_code == 200


@pytest.mark.parametrize("credential", ["", "{", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}'])
def test_a_broken_passkey_is_refused_and_breaks_nothing(credential: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post("/account/second-factor/webauthn/login/", {"credential": credential})
    assert answer.status_code < 500
    assert who_is(client) is None
