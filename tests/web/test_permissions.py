"""Who gets what at every address: a table over addresses, roles, guests, former members and strangers."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.library.factories import make_picture, make_snapshot, make_source, make_topic
from tests.library.responses import make_response
from tests.people.factories import make_member, make_org
from tests.web.addresses import (
    TABLE,
    accounts,
    calendar,
    files,
    library_log,
    named_addresses,
    notices,
    office,
    plan,
    sharing,
    sharing_day,
)
from tests.web.addresses.answers import WHO
from tests.web.addresses.library_desk import desk_arguments
from wellspring.core.models import User
from wellspring.engine.records import CaptureKind
from wellspring.library.services.captures import record_capture

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.fixture
def addresses() -> dict[str, str]:
    """A working address for every row of the table."""
    topic = make_topic()
    page = make_response("https://news.example.com/1.html", "<title>议事亭</title><p>议事亭里坐满了人。".encode())
    picture = make_response("https://news.example.com/1.png", PNG, headers="Content-Type: image/png")
    snapshot = make_snapshot(
        topics=[topic],
        capture=record_capture(page, kind=CaptureKind.PAGE, requested_url=page.url),
        source=make_source(),
    )
    make_picture(
        snapshot, capture=record_capture(picture, kind=CaptureKind.PICTURE, requested_url=picture.url), position=0
    )
    assert snapshot.source is not None
    filled: dict[str, dict[str, Any]] = {
        "library:channel": {"slug": snapshot.channel.slug},
        "library:topic": {"slug": topic.slug},
        "library:source": {"pk": snapshot.source.pk},
        "library:capture": {"pk": snapshot.capture.pk},
        **accounts.arguments(),
        **calendar.arguments(),
        **files.arguments(),
        **notices.arguments(),
        **desk_arguments(),
        **library_log.arguments(),
        **office.arguments(),
        **sharing.arguments(),
        **plan.arguments(),
        **sharing_day.arguments(),
    }
    about_a_snapshot = ("library:snapshot", "library:original", "library:picture", "api:snapshot", "api:related")
    paths = {}
    for name in TABLE:
        arguments = filled.get(name) or ({"pk": snapshot.pk} if name.startswith(about_a_snapshot) else {})
        if name == "api:snapshots":
            arguments = {}
        if name == "library:picture":
            arguments["position"] = 0
        paths[name] = reverse(name, kwargs=arguments)
    return paths


def client_of(who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who == "guest":
        return client
    if who == "former":
        member = make_member("leader", left_on=date(2025, 1, 1))
    elif who == "stranger":
        member = make_member("leader", org=make_org("荷塘社区"))
    else:
        member = make_member(who)
    client.force_login(member.user)
    return client


def test_every_address_is_in_the_table() -> None:
    assert named_addresses() == set(TABLE)


ONE_DATABASE = [
    who if who in {"worker", "administrator"} else pytest.param(who, marks=pytest.mark.one_database) for who in WHO
]
"""Every role on SQLite; on PostgreSQL, whose queries are the same, those two."""


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
@pytest.mark.parametrize("who", ONE_DATABASE)
def test_everybody_gets_what_the_table_says(addresses: dict[str, str], settings: Any, who: str, closed: bool) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, members_only=closed)
    client = client_of(who)
    wrong = []
    for name, path in addresses.items():
        status = client.get(path).status_code
        if status != TABLE[name].of(who, closed=closed):
            wrong.append(f"{name}: {status} instead of {TABLE[name].of(who, closed=closed)} at {path}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", [*WHO, "operator"])
def test_the_admin_is_for_operators(who: str) -> None:
    client = Client(raise_request_exception=False)
    if who == "operator":
        client.force_login(make_member("administrator", user=User.objects.create_superuser("operator")).user)
    else:
        client = client_of(who)
    pages = [reverse("admin:index")]
    for model in admin.site._registry:
        place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages += [reverse(f"{place}_changelist")]
    for page in pages:
        answer = client.get(page)
        if who == "operator":
            assert answer.status_code == 200, page
        else:
            assert answer.status_code == 302, page
            assert answer["Location"].startswith(reverse("admin:login")), page


def test_a_closed_house_tells_guests_nothing(addresses: dict[str, str], settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, members_only=True)
    for name, path in addresses.items():
        answer = Client().get(path)
        assert "议事亭" not in answer.content.decode("utf-8", "replace"), name


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_without_the_form_of_ours(addresses: dict[str, str], method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for name, path in addresses.items():
        assert client.generic(method, path).status_code in {403, 404, 405}, name
