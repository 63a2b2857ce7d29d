"""Signing in as one of the demo's people: by one click at this computer, and in no other way."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.test import Client

from tests.people.factories import make_user
from wellspring.core.models import User
from wellspring.demo.community import demo_people, load_community
from wellspring.demo.models import Farewell

pytestmark = pytest.mark.django_db

HERE = {"HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture(autouse=True)
def _the_demo_runs(settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, demo=True)
    settings.ALLOWED_HOSTS = ["*"]  # the worst case: Django itself refuses no host name
    load_community()


def chosen() -> User:
    return demo_people()[0].user


def try_to_get_in(client: Client | None = None, **meta: Any) -> User | None:
    client = client or Client()
    client.post("/demo/sign-in/", {"person": chosen().pk}, **meta)
    user = client.get("/healthz", **HERE).wsgi_request.user
    return user if user.is_authenticated else None


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_one_click_at_this_computer_signs_in(host: str, address: str) -> None:
    assert try_to_get_in(HTTP_HOST=host, REMOTE_ADDR=address) == chosen()


@pytest.mark.parametrize(
    "host",
    [
        "news.example.org",  # its name may have been turned to 127.0.0.1
        "localhost.example.org",
        "127.0.0.1.example.org",
        "example.org:127.0.0.1",
        "192.168.1.20:8000",
        "0.0.0.0:8000",
        "",
        "localhost@example.org",
    ],
)
def test_another_host_name_gets_nobody_in(host: str) -> None:
    assert try_to_get_in(HTTP_HOST=host, REMOTE_ADDR="127.0.0.1") is None


@pytest.mark.parametrize("address", ["192.168.1.20", "10.0.0.1", "203.0.113.5", "::ffff:192.168.1.20", "", "localhost"])
def test_another_computer_gets_nobody_in(address: str) -> None:
    assert try_to_get_in(HTTP_HOST="localhost", REMOTE_ADDR=address) is None


@pytest.mark.parametrize(
    "header", ["X_FORWARDED_FOR", "FORWARDED", "X_REAL_IP", "VIA", "X_FORWARDED_HOST", "X_FORWARDED_PROTO"]
)
def test_nobody_gets_in_through_a_proxy_even_one_that_says_loopback(header: str) -> None:
    assert try_to_get_in(**HERE, **{f"HTTP_{header}": "127.0.0.1"}) is None


def test_without_the_demo_nobody_gets_in(settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, demo=False)
    assert try_to_get_in(**HERE) is None
    assert Client().get("/demo/people/", **HERE).status_code == 404


def test_behind_proxies_of_ones_own_nobody_gets_in(settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, proxies=1)
    assert try_to_get_in(**HERE) is None


def test_once_the_demo_was_left_nobody_gets_in() -> None:
    person = chosen()
    Farewell.objects.create()
    client = Client()
    assert client.post("/demo/sign-in/", {"person": person.pk}, **HERE).status_code == 404


def test_only_the_demos_own_people_are_signed_in_as() -> None:
    real = make_user("真人", is_staff=True)
    client = Client()
    for person in (real.pk, 0, "", "x", chosen().username):
        assert client.post("/demo/sign-in/", {"person": person}, **HERE).status_code == 404
    assert not client.get("/healthz", **HERE).wsgi_request.user.is_authenticated


def test_a_page_from_elsewhere_cannot_press_the_button() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/demo/sign-in/", {"person": chosen().pk}, HTTP_ORIGIN="http://evil.example", **HERE)
    assert answer.status_code == 403


def test_the_sign_in_page_shows_the_people_at_this_computer_only() -> None:
    assert "小徐" in Client().get("/sign-in/", **HERE).content.decode()
    elsewhere = Client().get("/sign-in/", HTTP_HOST="localhost", REMOTE_ADDR="192.168.1.20")
    assert "小徐" not in elsewhere.content.decode()
    assert elsewhere.status_code == 200


def test_changing_over_to_somebody_else_leaves_nothing_of_the_first() -> None:
    client = Client()
    first, second = demo_people()[0].user, demo_people()[1].user
    client.post("/demo/sign-in/", {"person": first.pk}, **HERE)
    before = client.session.session_key
    answer = client.post("/demo/sign-in/", {"person": second.pk, "next": "https://evil.example/"}, **HERE)
    assert answer["Location"] == "/today/"
    assert client.session.session_key != before
    assert second.get_full_name() in client.get("/demo/people/", **HERE).content.decode()


def test_every_page_says_that_it_is_a_demo() -> None:
    for page in ("/", "/sign-in/", "/demo/people/"):
        assert "演示" in Client().get(page, **HERE).content.decode()
