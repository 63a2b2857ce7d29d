"""Health of people: is there an administrator, and a second one."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.people.factories import make_member, make_org
from wellspring.core.models import User
from wellspring.people.health import _administrators

pytestmark = pytest.mark.django_db


def levels() -> list[str]:
    return [finding.level for finding in _administrators()]


def test_an_installation_without_administrator_is_wrong() -> None:
    assert levels() == ["wrong"]
    make_member("administrator", left_on=date(2025, 1, 1))
    make_member("administrator", org=make_org("网格一", parent=make_org()))
    assert levels() == ["wrong"]


def test_a_single_administrator_is_worth_a_look_and_two_are_well() -> None:
    make_member("administrator")
    assert levels() == ["warning"]
    make_member("administrator")
    assert levels() == ["good"]


def test_an_operator_who_is_no_administrator_is_told() -> None:
    User.objects.create_superuser("operator")
    assert levels() == ["wrong", "warning"]


def test_the_page_tells_what_the_doctor_tells(client: Client) -> None:
    client.force_login(make_member("leader").user)
    answer = client.get("/manage/health/", headers={"Accept-Language": "en"})
    assert "Nobody is administrator of the whole installation." in answer.content.decode()
