"""The operators' tables close with the role, and hold nothing by which an account is taken over unseen."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client

from tests.people.factories import make_member, make_org, make_user
from wellspring.people.models import Level, Member
from wellspring.people.services.members import end_membership
from wellspring.people.services.roles import take_role
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Member:
    city = make_org("苏州市", level=Level.CITY)
    make_member("administrator", org=city)
    return make_member("administrator", "worker", org=city, user=make_user(is_staff=True, is_superuser=True))


def test_an_administrator_who_loses_the_role_leaves_the_operators_area_with_the_next_click(
    client: Client, operator: Member
) -> None:
    client.force_login(operator.user)
    assert client.get("/admin/").status_code == 200
    take_role(actor=INSTALLATION, member=operator, role="administrator")
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/library/source/").status_code == 302


def test_a_former_administrator_is_no_operator(client: Client, operator: Member) -> None:
    client.force_login(operator.user)
    end_membership(actor=INSTALLATION, member=operator)
    assert client.get("/admin/library/source/").status_code == 302


def test_an_operator_of_one_community_only_does_not_enter(client: Client) -> None:
    east = make_org("园东社区", parent=make_org("苏州市", level=Level.CITY))
    client.force_login(make_member("administrator", org=east, user=make_user(is_staff=True, is_superuser=True)).user)
    assert client.get("/admin/").status_code == 302


def test_accounts_second_factors_and_sessions_are_not_among_the_operators_tables() -> None:
    assert {model._meta.app_label for model in admin.site._registry} == {"library"}


def test_the_operators_area_asks_for_no_password_of_its_own(client: Client, operator: Member) -> None:
    client.force_login(operator.user)
    assert client.get("/admin/password_change/")["Location"] == "/account/password/"
