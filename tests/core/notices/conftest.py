"""Fixtures of the notices' tests: kinds of their own, and somebody to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
