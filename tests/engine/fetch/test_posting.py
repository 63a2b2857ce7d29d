"""A message is posted once, to a public address, and never again anywhere else."""

from __future__ import annotations

import pytest

from tests.engine.fetch.conftest import names, settings_for
from tests.servers.raw import Exchange, RawServer, redirect, response
from wellspring.engine.errors import AddressRefused, ConnectionFailed, TooLarge, TooSlow
from wellspring.engine.fetch.posting import post_now
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.records import FetchedResponse

BODY = '{"text": "3 条新通知"}'.encode()


def post(url: str, settings: FetchSettings) -> FetchedResponse:
    return post_now(url, BODY, content_type="application/json", settings=settings)


def test_the_body_arrives_whole_and_the_answer_comes_back(server: RawServer) -> None:
    server.replies["/robot?key=a"] = response(b'{"errcode": 0}', content_type="application/json")
    answer = post(f"{server.url}/robot?key=a", settings_for(server))
    assert answer.payload == b'{"errcode": 0}'
    request = server.requests[0]
    assert request.head.startswith(b"POST /robot?key=a HTTP/1.1\r\nHost: ")
    assert request.headers["content-type"] == "application/json"
    assert request.body == BODY
    assert answer.request_head == request.head


def test_a_redirect_is_an_answer(server: RawServer) -> None:
    server.replies["/"] = redirect("/elsewhere")
    assert post(f"{server.url}/", settings_for(server)).status == 302
    assert server.paths() == ["/"]


def test_what_broke_before_the_answer_is_not_sent_again(server: RawServer) -> None:
    async def hang_up(exchange: Exchange) -> None:
        exchange.reset()

    server.replies["/"] = hang_up
    with pytest.raises(ConnectionFailed):
        post(f"{server.url}/", settings_for(server))
    assert len(server.requests) == 1


@pytest.mark.parametrize("url", ["http://inside.example/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/"])
def test_a_private_address_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(AddressRefused):
        post(url, settings_for(resolver=names({"inside.example": ["10.0.0.8"]})))


def test_a_long_or_slow_answer_is_cut_short(server: RawServer) -> None:
    async def never(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\n")

    server.replies |= {"/long": response(b"x" * 5000), "/slow": never}
    with pytest.raises(TooLarge):
        post(f"{server.url}/long", settings_for(server, max_bytes=1000))
    with pytest.raises(TooSlow):
        post(f"{server.url}/slow", settings_for(server, max_seconds=0.3))
