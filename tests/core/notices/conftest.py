"""Fixtures of the notices' tests: kinds of their own, and somebody to be told."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import time
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests.servers.smtp import SmtpServer

if TYPE_CHECKING:
    from wellspring.core.models import User


@pytest.fixture(autouse=True)
def _kinds_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.core.notices.kinds import KINDS
    from wellspring.core.notices import kinds

    monkeypatch.setattr(kinds, "_kinds", {kind.code: kind for kind in KINDS})


@pytest.fixture
def li(db: None) -> User:
    from tests.people.factories import make_user

    return make_user("小荷", email="he@example.org")


@pytest.fixture
def post(settings: Settings) -> Iterator[SmtpServer]:
    """A real mail server of this test's own, which the installation sends through."""
    with SmtpServer() as server:
        settings.ENVIRONMENT = dataclasses.replace(
            settings.ENVIRONMENT, email_url=f"smtp://127.0.0.1:{server.port}", public_url="https://ws.example.org"
        )
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        settings.DEFAULT_FROM_EMAIL = "柳湾社区 <office@example.org>"
        yield server


@pytest.fixture
def never_quiet(li: User) -> User:
    """小荷, who may be mailed at any hour."""
    from wellspring.core.models import NoticeSettings

    NoticeSettings.objects.create(user=li, quiet_from=time(0), quiet_until=time(0), rest_days=True)
    return li
