"""The downloader: bytes exactly as they came, and every misbehaviour ends in a named failure."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from tests.engine.fetch.conftest import names, settings_for
from tests.servers import misbehaving
from tests.servers.raw import RawServer, response
from wellspring.engine.errors import (
    AddressRefused,
    BadResponse,
    ConnectionFailed,
    FetchError,
    TooLarge,
    TooSlow,
)
from wellspring.engine.fetch.download import Downloader
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.records import FetchedResponse


def fetch(url: str, settings: FetchSettings, **conditions: Any) -> FetchedResponse:
    async def go() -> FetchedResponse:
        downloader = Downloader(settings)
        try:
            return await downloader.fetch(url, **conditions)
        finally:
            await downloader.aclose()

    return asyncio.run(go())


def test_head_and_body_are_kept_byte_for_byte(server: RawServer) -> None:
    server.replies["/odd"] = misbehaving.ODD_BUT_TRUE
    got = fetch(f"{server.url}/odd", settings_for(server))
    assert got.head + got.body == misbehaving.ODD_BUT_TRUE
    assert got.payload == b"hello world"
    assert got.status == 200
    assert got.header("Content-Type") == "text/html;charset=gb2312"
    assert got.header("set-cookie") == "a=1"
    assert got.ip == "127.0.0.1"
    assert got.request_head == server.requests[0].head


def test_interim_answers_are_skipped(server: RawServer) -> None:
    page = response(b"page")
    server.replies["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + page
    got = fetch(f"{server.url}/", settings_for(server))
    assert got.head + got.body == page


@pytest.mark.parametrize("head", [b"HTTP/1.1 204 No Content\r\n\r\n", b"HTTP/1.1 304\r\nETag: x\r\n\r\n"])
def test_answers_without_a_body_end_with_their_head(server: RawServer, head: bytes) -> None:
    server.replies["/"] = head
    got = fetch(f"{server.url}/", settings_for(server))
    assert (got.head, got.body, got.payload) == (head, b"", b"")


def test_a_body_may_end_with_the_connection(server: RawServer) -> None:
    server.replies["/"] = misbehaving.closing(b"HTTP/1.0 200 OK\nContent-Type: text/html\n\nold server")
    got = fetch(f"{server.url}/", settings_for(server))
    assert got.payload == got.body == b"old server"
    assert got.header("content-type") == "text/html"


def test_packed_bodies_stay_packed(server: RawServer) -> None:
    server.replies["/"] = misbehaving.gzipped(b"page")
    got = fetch(f"{server.url}/", settings_for(server))
    assert got.payload[:2] == b"\x1f\x8b"


def test_the_crawler_says_who_it_is_and_carries_no_cookies(server: RawServer) -> None:
    server.otherwise = response(b"x", headers={"Set-Cookie": "a=1"})

    async def twice() -> None:
        downloader = Downloader(settings_for(server))
        await downloader.fetch(f"{server.url}/1")
        await downloader.fetch(f"{server.url}/2", etag='"abc"', last_modified="Fri, 15 Dec 2023 03:09:00 GMT")
        await downloader.aclose()

    asyncio.run(twice())
    first, second = server.requests
    assert first.headers["user-agent"] == "Wellspring/test (+library@example.org)"
    assert "cookie" not in second.headers
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == '"abc"'
    assert second.headers["if-modified-since"] == "Fri, 15 Dec 2023 03:09:00 GMT"
    assert server.connections == 1


def test_a_validator_cannot_smuggle_a_header(server: RawServer) -> None:
    server.otherwise = response(b"x")
    fetch(f"{server.url}/", settings_for(server), etag='"a"\r\nX-Evil: 1')
    assert "x-evil" not in server.requests[0].headers


def test_a_kept_connection_that_was_closed_meanwhile_is_opened_anew(server: RawServer) -> None:
    async def hang_up_on_the_second(exchange: Any) -> None:
        await exchange.send(response(b"x"))
        await asyncio.sleep(0.05)
        exchange.reset()

    server.otherwise = hang_up_on_the_second

    async def twice() -> list[int]:
        downloader = Downloader(settings_for(server))
        first = await downloader.fetch(f"{server.url}/1")
        await asyncio.sleep(0.2)
        second = await downloader.fetch(f"{server.url}/2")
        await downloader.aclose()
        return [first.status, second.status]

    assert asyncio.run(twice()) == [200, 200]
    assert server.connections == 2


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (misbehaving.endless_body(announce=True), TooLarge),
        (misbehaving.endless_body(announce=False), TooLarge),
        (misbehaving.endless_headers, TooLarge),
        (misbehaving.endless_interim, TooLarge),
        (misbehaving.slow_drip(0.02), TooSlow),
        (misbehaving.NONSENSE_CHUNKS, BadResponse),
        (misbehaving.NOT_HTTP, BadResponse),
        (misbehaving.short_body, BadResponse),
        (misbehaving.closing(b"HTTP/1.1 200 OK\r\nContent-"), BadResponse),
        (misbehaving.closing(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"), BadResponse),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", BadResponse),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", BadResponse),
        (misbehaving.reset_in_body, ConnectionFailed),
        (misbehaving.reset_before_answer, ConnectionFailed),
        (misbehaving.closing(b""), ConnectionFailed),
    ],
)
def test_a_misbehaving_server_ends_in_a_named_failure(server: RawServer, reply: Any, error: type[FetchError]) -> None:
    server.replies["/"] = reply
    started = time.monotonic()
    with pytest.raises(error) as failed:
        fetch(f"{server.url}/", settings_for(server, max_seconds=2.0))
    assert type(failed.value) is error
    assert failed.value.message % failed.value.data == str(failed.value)
    assert server.url in str(failed.value)
    assert time.monotonic() - started < 10


def test_a_body_of_just_the_limit_is_kept(server: RawServer) -> None:
    server.replies["/"] = response(b"x" * 1000)
    server.replies["/more"] = response(b"x" * 1001)
    assert len(fetch(f"{server.url}/", settings_for(server, max_bytes=1000)).payload) == 1000
    with pytest.raises(TooLarge):
        fetch(f"{server.url}/more", settings_for(server, max_bytes=1000))


def test_a_body_can_be_cut_instead(server: RawServer) -> None:
    server.replies["/"] = response(b"x" * 500_000)
    got = fetch(f"{server.url}/", settings_for(server, max_bytes=10_000), cut_at=100_000)
    assert got.truncated
    assert 100_000 <= len(got.payload) < 300_000


def test_nothing_listening_is_told_with_host_and_port(server: RawServer) -> None:
    settings = settings_for(server, guard_exceptions=frozenset({("127.0.0.1", 9)}))
    with pytest.raises(ConnectionFailed, match=r"nothing answers at 127\.0\.0\.1 port 9"):
        fetch("http://127.0.0.1:9/", settings)


def test_a_name_is_resolved_once_and_only_what_was_checked_is_connected_to(server: RawServer) -> None:
    asked = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    server.otherwise = response(b"x")
    with pytest.raises(AddressRefused):
        fetch(f"http://rebound.example:{server.port}/", settings_for(server, resolver=rebinding))
    with pytest.raises(AddressRefused):
        fetch("http://rebound.example/", settings_for(server, resolver=rebinding))
    assert asked == ["rebound.example"]
    assert server.connections == 0
    excepted = settings_for(server, resolver=rebinding, guard_exceptions=frozenset({("rebound.example", server.port)}))
    assert fetch(f"http://rebound.example:{server.port}/", excepted).ip == "127.0.0.1"
    assert asked == ["rebound.example"] * 2
    assert server.requests[0].headers["host"] == f"rebound.example:{server.port}"


def test_the_second_address_is_tried_when_the_first_does_not_answer() -> None:
    with RawServer() as server:
        server.otherwise = response(b"x")
        settings = settings_for(
            server,
            guard_exceptions=frozenset({("two.example", server.port)}),
            resolver=names({"two.example": ["::1", "127.0.0.1"]}),
        )
        assert fetch(f"http://two.example:{server.port}/", settings).ip == "127.0.0.1"


def test_proxies_from_the_environment_are_not_used(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.otherwise = response(b"x")
    assert fetch(f"{server.url}/", settings_for(server)).status == 200
