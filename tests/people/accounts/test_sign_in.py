"""Signing in: by name or mail address, telling nobody who is known here, back to where one came from."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tests.people.accounts.entering import PASSWORD, make_person, sign_in, who_is
from wellspring.core.models import User

pytestmark = pytest.mark.django_db


def test_the_user_name_and_the_mail_address_open_the_account_in_any_case() -> None:
    user = make_person(email="tinghe@example.org")
    for name in (
        user.username,
        user.username.upper(),
        "tinghe@example.org",
        "TingHe@Example.org",
        f" {user.username} ",
    ):
        assert sign_in(Client(), name), name


def test_an_unknown_name_and_a_wrong_password_are_told_apart_by_nobody(client: Client) -> None:
    user = make_person(email="tinghe@example.org")
    closed = make_person(is_active=False)
    answers = [
        client.post("/sign-in/", {"username": name, "password": "wrong"})
        for name in (user.username, "nobody", "tinghe@example.org", "nobody@example.org", closed.username)
    ]
    errors = {str(answer.context["form"].non_field_errors()) for answer in answers}
    assert len(errors) == 1
    assert {answer.status_code for answer in answers} == {200}


def test_what_was_typed_is_kept_but_the_password(client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "tinghe", "password": "a secret"}).content.decode()
    assert 'value="tinghe"' in answer
    assert "a secret" not in answer


def test_a_closed_account_is_told_so_to_who_knows_its_password(client: Client) -> None:
    user = make_person(is_active=False)
    answer = client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    assert "停用" in answer.content.decode()
    assert who_is(client) is None


@pytest.mark.parametrize("wanted", ["/library/?q=%E5%9E%83%E5%9C%BE", "/manage/"])
def test_one_comes_back_to_where_one_was(client: Client, wanted: str) -> None:
    answer = client.post("/sign-in/", {"username": make_person().username, "password": PASSWORD, "next": wanted})
    assert answer["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "x" * 9000,
    ],
)
def test_nobody_is_sent_elsewhere(client: Client, settings: Any, wanted: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    answer = client.post("/sign-in/", {"username": make_person().username, "password": PASSWORD, "next": wanted})
    assert "evil" not in answer["Location"]
    assert "alert" not in answer["Location"]


def test_nobody_signs_herself_up(client: Client) -> None:
    for address in ("/account/signup/", "/accounts/signup/", "/signup/", "/sign-in/signup/"):
        assert client.get(address).status_code == 404
    assert User.objects.count() == 0


def test_the_operators_area_has_no_entrance_of_its_own(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/sign-in/?next=%2Fadmin%2F")
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302
    operator = make_person("administrator", is_staff=True, is_superuser=True)
    assert sign_in(client, operator)
    assert client.get("/admin/").status_code == 200


def test_a_password_is_never_written_into_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sign_in(client, make_person())
    sign_in(client, "somebody", "not the right one 55")
    assert PASSWORD not in caplog.text
    assert "not the right one" not in caplog.text


def test_without_mail_the_page_says_whom_to_ask_and_offers_no_mail(client: Client) -> None:
    page = client.get("/sign-in/forgotten/").content.decode()
    assert "负责人" in page
    assert 'name="email"' not in page
    assert client.post("/sign-in/forgotten/", {"email": "a@example.org"}).status_code == 302


def test_buttons_of_other_services_stand_only_where_they_are_switched_on(client: Client, settings: Any) -> None:
    assert "微信" not in client.get("/sign-in/").content.decode()
    settings.OTHER_SERVICES = {"weixin": ("wx1", "secret")}
    page = client.get("/sign-in/").content.decode()
    assert "微信" in page
    assert "钉钉" not in page


def test_the_choices_kept_with_the_account_come_with_its_owner(client: Client) -> None:
    user = make_person(language="en", theme="dark", elder_mode=True)
    sign_in(client, user)
    assert client.cookies["language"].value == "en"
    assert client.cookies["theme"].value == "dark"
    assert client.cookies["elder"].value == "1"


def test_what_was_chosen_before_the_first_sign_in_becomes_her_own_but_not_on_a_shared_computer() -> None:
    first, second = make_person(), make_person()
    client = Client()
    client.post("/i18n/setlang/", {"language": "en"})
    client.post("/appearance/", {"elder": "on"})
    sign_in(client, first)
    first.refresh_from_db()
    assert (first.language, first.elder_mode) == ("en", True)
    client.post("/sign-out/")
    sign_in(client, second)
    second.refresh_from_db()
    assert (second.language, second.elder_mode) == ("", False)


def test_a_language_chosen_on_any_page_is_kept_with_the_account(client: Client) -> None:
    user = make_person()
    sign_in(client, user)
    client.post("/i18n/setlang/", {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    client.post("/i18n/setlang/", {"language": "xx"})
    client.get("/i18n/setlang/?language=zh-hans")
    user.refresh_from_db()
    assert user.language == "en"


def test_signing_out_ends_the_session_and_says_nothing_of_it_behind(client: Client) -> None:
    sign_in(client, make_person())
    key = client.session.session_key
    client.post("/sign-out/")
    assert who_is(client) is None
    assert client.session.session_key != key
    assert list(get_messages(client.get("/sign-in/").wsgi_request)) == []


def test_an_unknown_service_is_not_there(client: Client, settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT)
    assert client.post("/account/with/weixin/login/").status_code == 404
