"""What the pages of accounts ask the database stays the same, however many sessions and attempts there are."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.people.accounts.entering import PASSWORD, make_person, sign_in

pytestmark = pytest.mark.django_db


def test_the_list_of_sessions_is_a_few_queries(django_assert_max_num_queries: Any) -> None:
    user = make_person()
    client = Client()
    sign_in(client, user)
    for _ in range(30):
        sign_in(Client(), user)
    assert UserSession.objects.filter(user=user).count() == 31
    with django_assert_max_num_queries(12):
        client.get("/account/sessions/")


def test_a_wrong_password_is_a_few_queries(django_assert_max_num_queries: Any) -> None:
    user = make_person()
    client = Client()
    client.get("/sign-in/")
    with django_assert_max_num_queries(14):
        client.post("/sign-in/", {"username": user.username, "password": "wrong"})
    for _ in range(5):
        client.post("/sign-in/", {"username": user.username, "password": "wrong"})
    with django_assert_max_num_queries(8):
        client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
