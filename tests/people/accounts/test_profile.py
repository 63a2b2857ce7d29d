"""The profile: one's own, kept, and no way to somebody else's account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.people.accounts.entering import PASSWORD, make_person, sign_in
from tests.people.factories import make_user
from wellspring.core.models import AuditEntry, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_person(full_name="陆听荷", email="tinghe@example.org")


@pytest.fixture
def client(person: User) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    return {"full_name": "陆听荷", "email": "tinghe@example.org", "language": "", "theme": "", **changes}


def test_name_language_colours_and_elder_mode_are_kept(client: Client, person: User) -> None:
    answer = client.post(
        "/account/", typed(full_name=" 陆  听荷 ", language="en", theme="dark", elder_mode="on"), follow=True
    )
    person.refresh_from_db()
    kept = (person.full_name, person.language, person.theme, person.elder_mode)
    assert kept == ("陆 听荷", "en", "dark", True)
    assert 'lang="en"' in answer.content.decode()
    assert AuditEntry.objects.latest("number").data == {"fields": ["full_name"]}


def test_a_new_mail_address_wants_the_password(client: Client, person: User) -> None:
    answer = client.post("/account/", typed(email="new@example.org"))
    assert "密码不正确" in answer.content.decode()
    assert 'value="new@example.org"' in answer.content.decode()
    client.post("/account/", typed(email="new@example.org", current_password=PASSWORD))
    person.refresh_from_db()
    assert person.email == "new@example.org"


def test_somebody_elses_mail_address_is_refused_in_any_case(client: Client, person: User) -> None:
    make_user(email="Taken@example.org")
    answer = client.post("/account/", typed(email="taken@example.org", current_password=PASSWORD))
    assert "已被他人使用" in answer.content.decode()
    person.refresh_from_db()
    assert person.email == "tinghe@example.org"


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": ""},
        {"full_name": "听" * 81},
        {"email": "no address"},
        {"language": "fr"},
        {"theme": "pink"},
        {"full_name": "听\x00荷"},
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(client: Client, person: User, changes: dict[str, str]) -> None:
    assert client.post("/account/", typed(**changes)).status_code == 200
    person.refresh_from_db()
    assert (person.full_name, person.email) == ("陆听荷", "tinghe@example.org")


def test_nothing_but_the_profile_is_taken_from_the_form(client: Client, person: User) -> None:
    client.post("/account/", typed(is_superuser="1", is_staff="1", username="root", password="x"))
    person.refresh_from_db()
    assert not person.is_superuser
    assert not person.is_staff
    assert person.username != "root"
    assert person.check_password(PASSWORD)


def test_an_account_without_a_password_is_told_how_to_get_one() -> None:
    client = Client()
    client.force_login(make_user())
    assert "一次性链接" in client.get("/account/password/").content.decode()
    assert client.post("/account/password/", {"new_password1": "x", "new_password2": "x"}).status_code == 200
