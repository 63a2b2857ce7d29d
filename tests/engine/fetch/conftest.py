"""Fixtures of the fetching tests: a raw server, and settings that reach it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.engine.fetch.desk import MemoryDesk
from tests.servers.raw import RawServer
from wellspring.engine.fetch import handler
from wellspring.engine.fetch.settings import FetchSettings, Resolver


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        yield running


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handler, "RETRY_PAUSES", (0.02, 0.05))


def settings_for(*servers: RawServer, **changes: Any) -> FetchSettings:
    values: dict[str, Any] = {
        "user_agent": "Wellspring/test (+library@example.org)",
        "delay": 0.0,
        "max_bytes": 1_000_000,
        "max_seconds": 5.0,
        "guard_exceptions": frozenset().union(*(server.exception for server in servers)),
        "resolver": names({}),
    }
    return FetchSettings(**(values | changes))


def names(known: dict[str, Sequence[str]]) -> Resolver:
    """A resolver that knows these names and no others."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        if host not in known:
            raise OSError("unknown name")
        return known[host]

    return resolve
