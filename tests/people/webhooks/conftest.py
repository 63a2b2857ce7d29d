"""Fixtures of the group chats' tests: the three robots, reachable by this installation alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django import Settings

from tests.servers.robots import Robots

if TYPE_CHECKING:
    from wellspring.people.models import GroupWebhook

MakeRobot = Callable[..., "GroupWebhook"]


@pytest.fixture
def robots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Robots]:
    with Robots(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        settings.ENVIRONMENT = dataclasses.replace(
            settings.ENVIRONMENT, guard_exceptions=running.server.exception, public_url="https://ws.example.org"
        )
        yield running


@pytest.fixture(autouse=True)
def _never_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellspring.people.webhooks.services.next_loud_moment", lambda moment, *_: moment)


@pytest.fixture
def make_robot(robots: Robots) -> MakeRobot:
    """A robot of a service in 柳湾社区, or in the unit that is named."""

    def make(service: str = "wecom", **fields: Any) -> GroupWebhook:
        from tests.people.factories import make_org
        from wellspring.people.models import GroupWebhook

        fields = {
            "org": make_org(),
            "name": f"{service} 群",
            "url": robots.address(service),
            "host": "127.0.0.1",
        } | fields
        return GroupWebhook.objects.create(service=service, **fields)

    return make
