"""Politeness, by the server's own clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest

from tests.engine.fetch.conftest import settings_for
from tests.engine.fetch.desk import MemoryDesk
from tests.engine.fetch.test_content import answer
from tests.servers import feeds
from tests.servers.raw import RawServer, response
from wellspring.engine.errors import SiteResting
from wellspring.engine.fetch import sites
from wellspring.engine.fetch.crawler import run_crawler
from wellspring.engine.fetch.download import Downloader
from wellspring.engine.fetch.sites import Sites, retry_after


def gaps(server: RawServer) -> list[float]:
    """Seconds from the end of each answer to the next request."""
    return [later.arrived_at - earlier.answered_at for earlier, later in pairwise(server.requests)]


def slow_article(seconds: float) -> Any:
    async def reply(exchange: Any) -> None:
        await asyncio.sleep(seconds)
        await exchange.send(feeds.article(1))

    return reply


def test_a_site_is_asked_one_thing_at_a_time_with_the_delay_between(server: RawServer) -> None:
    desk = MemoryDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(4)])
    server.replies["/list"] = feeds.feed([f"{server.url}/b{n}" for n in range(3)])
    server.otherwise = slow_article(0.1)
    desk.add(f"{server.url}/feed", delay=0.2)
    desk.add(f"{server.url}/list", delay=0.2)
    run_crawler(desk, settings_for(server), once=True)
    assert len(server.requests) == 10
    assert server.most_at_once == 1
    assert min(gaps(server)) >= 0.19


def test_the_installations_delay_holds_where_the_source_has_none(server: RawServer) -> None:
    desk = MemoryDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(3)])
    server.otherwise = feeds.article(1)
    desk.add(f"{server.url}/feed", delay=None)
    run_crawler(desk, settings_for(server, delay=0.3), once=True)
    assert min(gaps(server)) >= 0.29


def test_a_longer_delay_in_robots_is_honoured(server: RawServer) -> None:
    desk = MemoryDesk()
    server.replies["/robots.txt"] = response(b"User-agent: *\nCrawl-delay: 0.5\n")
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(2)])
    server.otherwise = feeds.article(1)
    desk.add(f"{server.url}/feed", delay=0.05)
    run_crawler(desk, settings_for(server), once=True)
    assert len(server.requests) == 4
    assert min(gaps(server)) >= 0.49


def test_two_sites_do_not_wait_for_each_other() -> None:
    with RawServer() as first, RawServer() as second:
        desk = MemoryDesk()
        for server in (first, second):
            server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(4)])
            server.otherwise = slow_article(0.2)
            desk.add(f"{server.url}/feed")
        run_crawler(desk, settings_for(first, second), once=True)
        assert first.most_at_once == second.most_at_once == 1
        starts = [server.requests[0].arrived_at for server in (first, second)]
        ends = [server.requests[-1].answered_at for server in (first, second)]
        assert max(starts) < min(ends) - 0.5


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("0", 0.0), ("-5", None), ("soon", None), ("", None), ("9" * 400, 999999999.0)],
)
def test_retry_after_in_seconds(value: str, seconds: float | None) -> None:
    busy = answer(b"", status=429)
    object.__setattr__(busy, "head", f"HTTP/1.1 429 Busy\r\nRetry-After: {value}\r\n\r\n".encode())
    assert retry_after(busy) == seconds


def test_retry_after_as_a_date() -> None:
    for offset, low, high in ((3600, 3590, 3600), (-3600, 0, 0)):
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=offset), usegmt=True)
        busy = answer(b"", status=503)
        object.__setattr__(busy, "head", f"HTTP/1.1 503 Busy\r\nretry-after: {date}\r\n\r\n".encode())
        assert low <= (retry_after(busy) or 0.0) <= high


def test_a_busy_site_that_does_not_say_how_long_rests_longer_each_time(
    server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "FIRST_REST", 40.0)
    server.otherwise = response(b"", status="503 Busy")

    async def go() -> list[float]:
        downloader = Downloader(settings_for(server))
        paces = Sites(downloader)
        await paces.at_pace().fetch(f"{server.url}/")
        rests = [paces.resting(f"{server.url}/other")]
        paces._site(server.url).rests_until = 0
        await paces.at_pace().fetch(f"{server.url}/")
        rests.append(paces.resting(server.url))
        with pytest.raises(SiteResting):
            await paces.at_pace().fetch(f"{server.url}/")
        await downloader.aclose()
        return rests

    first, second = asyncio.run(go())
    assert 39 < first <= 40
    assert 79 < second <= 80
    assert len(server.requests) == 2
