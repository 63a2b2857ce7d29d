"""Guessing is stopped soon, and the owner still gets in."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client, RequestFactory

from tests.people.accounts.entering import OTHER, PASSWORD, make_person, sign_in
from wellspring.people.accounts.client import client_address
from wellspring.people.accounts.errors import TooManyAttempts
from wellspring.people.accounts.services import issue_sign_in_link
from wellspring.people.accounts.services.attempts import begin_attempt, sweep_attempts
from wellspring.people.models import SignInAttempt
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


def wait(minutes: int) -> None:
    """As if everything counted so far were so much older."""
    SignInAttempt.objects.update(at=F("at") - timedelta(minutes=minutes))


def tries_let_through(number: int, *, account: str = "user 1", address: str = "203.0.113.5", device: str = "") -> int:
    through = 0
    for _ in range(number):
        try:
            begin_attempt(account=account, address=address, device=device)
        except TooManyAttempts:
            continue
        through += 1
    return through


def test_ten_thousand_guesses_are_five() -> None:
    assert tries_let_through(10_000) == 5
    assert SignInAttempt.objects.count() <= 15


def test_guesses_from_a_hundred_addresses_are_twenty() -> None:
    through = sum(tries_let_through(5, address=f"198.51.{n // 250}.{n % 250}") for n in range(100))
    assert through == 20


def test_one_password_for_five_hundred_names_is_a_hundred_tries() -> None:
    assert sum(tries_let_through(1, account=f"name {n}") for n in range(500)) == 100


def test_the_page_tells_the_guesser_and_the_owner_what_to_do_and_lets_neither_in(client: Client) -> None:
    user = make_person()
    for _ in range(5):
        assert not sign_in(client, user, "wrong")
    answer = client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    told = str(answer.context["form"].non_field_errors())
    assert "15分钟" in told
    assert "一次性登录链接" in told


def test_name_and_mail_address_are_one_account_to_the_count(client: Client) -> None:
    user = make_person(email="tinghe@example.org")
    for name in (user.username, "tinghe@example.org", user.username.upper(), "TINGHE@example.org", user.username):
        sign_in(client, name, "wrong")
    assert not sign_in(client, user)


def test_who_waits_gets_in() -> None:
    user = make_person()
    client = Client()
    for _ in range(6):
        sign_in(client, user, "wrong")
    assert not sign_in(client, user)
    wait(14)
    assert not sign_in(client, user)
    wait(2)
    assert sign_in(client, user)


def test_an_attacker_from_everywhere_does_not_lock_out_the_browser_of_the_owner() -> None:
    user = make_person()
    owners = Client()
    assert sign_in(owners, user)
    owners.post("/sign-out/")
    for n in range(30):
        sign_in(Client(), user, "wrong", REMOTE_ADDR=f"203.0.113.{n}")
    assert not sign_in(Client(), user, REMOTE_ADDR="192.0.2.1")
    assert sign_in(owners, user)


def test_an_attacker_in_the_office_does_not_lock_out_the_neighbours_behind_the_same_address() -> None:
    neighbour = make_person()
    browser = Client()
    assert sign_in(browser, neighbour)
    browser.post("/sign-out/")
    assert sum(tries_let_through(1, account=f"name {n}", address="127.0.0.1") for n in range(300)) == 100
    assert not sign_in(Client(), neighbour)
    assert sign_in(browser, neighbour)


def test_a_browser_that_is_known_is_counted_too() -> None:
    assert tries_let_through(200, device="known") == 10


def test_somebody_elses_cookie_makes_no_browser_known() -> None:
    user, thief = make_person(), make_person()
    client = Client()
    sign_in(client, thief)
    client.post("/sign-out/")
    for _ in range(5):
        sign_in(client, user, "wrong")
    assert not sign_in(client, user)
    forged = Client()
    forged.cookies["device"] = client.cookies["device"].value[:-2] + "xx"
    assert not sign_in(forged, user)


def test_the_attackers_own_sign_in_does_not_reset_the_count_of_his_victim() -> None:
    victim, attacker = make_person(), make_person()
    client = Client()
    for _ in range(4):
        sign_in(client, victim, "wrong")
    assert sign_in(client, attacker)
    client.post("/sign-out/")
    sign_in(client, victim, "wrong")
    assert not sign_in(client, victim)


def test_the_leaders_link_is_a_way_in_when_all_is_locked() -> None:
    user = make_person()
    for n in range(30):
        sign_in(Client(), user, "wrong", REMOTE_ADDR=f"203.0.113.{n}")
    assert not sign_in(Client(), user, REMOTE_ADDR="192.0.2.7")
    owner = Client()
    owner.get(issue_sign_in_link(actor=INSTALLATION, user=user).path)
    owner.post("/sign-in/link/", {"new_password1": OTHER, "new_password2": OTHER})
    assert sign_in(Client(), user, OTHER, REMOTE_ADDR="192.0.2.7")


def test_what_is_a_day_old_is_swept_away_and_nothing_typed_is_kept() -> None:
    begin_attempt(account="name tinghe", address="203.0.113.5")
    assert "tinghe" not in str(list(SignInAttempt.objects.values()))
    assert "203.0.113.5" not in str(list(SignInAttempt.objects.values()))
    assert sweep_attempts() == ""
    wait(24 * 60 + 1)
    assert sweep_attempts()
    assert not SignInAttempt.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),  # whoever wrote the header is not believed
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),  # what the client put in front is not believed
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (1, "", "192.0.2.1"),
        (1, "not an address", "0.0.0.0"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (3, "198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_clients_address_is_the_one_that_ones_own_proxy_saw(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, proxies=proxies)
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_all_the_same() -> None:
    def guess(number: int) -> int:
        try:
            return tries_let_through(5)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(8))) <= 5
