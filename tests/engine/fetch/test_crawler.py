"""The crawl as a whole: a site that behaves, a site that does not, and a desk that fails."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from tests.engine.fetch.conftest import settings_for
from tests.engine.fetch.desk import MemoryDesk
from tests.servers import feeds, misbehaving
from tests.servers.raw import RawServer, redirect, response
from wellspring.engine.errors import (
    AddressRefused,
    ArchiveFull,
    BadResponse,
    ConnectionFailed,
    EngineError,
    NotAPicture,
    RobotsDisallowed,
    RobotsUnreachable,
    SiteResting,
    StatusRefused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from wellspring.engine.fetch import robots, sites
from wellspring.engine.fetch.crawler import run_crawler
from wellspring.engine.fetch.desk import DuePicture
from wellspring.engine.records import CaptureKind

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


def crawl(desk: MemoryDesk, server: RawServer, **changes: Any) -> None:
    run_crawler(desk, settings_for(server, **changes), once=True)


def test_a_feed_is_visited_and_its_reports_are_kept(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/robots.txt"] = response(b"User-agent: *\nDisallow: /private/\n")
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(3)])
    server.otherwise = feeds.article(1)
    source = desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert [each.kind for each in desk.kept[:2]] == [CaptureKind.ROBOTS, CaptureKind.FEED]
    assert desk.urls(CaptureKind.PAGE) == [f"{server.url}/{n}" for n in range(3)]
    assert {(each.source_id, each.visit_id) for each in desk.kept} == {(source.id, source.visit_id)}
    assert desk.kept[-1].verdict is not None
    assert desk.kept[-1].verdict.reason == "allowed"
    assert desk.ended == {source.visit_id: {"found": 3, "error": None, "retry_after": None}}
    assert desk.refused == {}


def test_the_desk_is_called_in_one_thread_that_is_not_the_crawlers(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(20)])
    server.otherwise = feeds.article(1)
    desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert len(desk.threads) == 1
    assert threading.get_ident() not in desk.threads


def test_what_is_captured_already_is_not_fetched_again(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(3)])
    server.otherwise = feeds.article(1)
    for _ in range(2):
        desk.add(f"{server.url}/feed")
        crawl(desk, server)
    assert server.paths().count("/1") == 1
    assert server.paths().count("/feed") == 2


def test_a_misbehaving_site_is_crawled_to_its_end(server: RawServer, desk: MemoryDesk) -> None:
    private = {
        "/to-metadata": redirect("http://169.254.169.254/latest/"),
        "/to-mapped": redirect("http://[::ffff:10.0.0.1]/"),
        "/to-number": redirect("http://2130706433/"),
    }
    replies: dict[str, tuple[Any, type[Exception]]] = {
        "/circle": (redirect("/circle"), TooManyRedirects),
        "/bomb": (misbehaving.gzip_bomb(50_000_000), TooLarge),
        "/empty": (misbehaving.EMPTY_PAGE, StatusRefused),
        "/huge": (misbehaving.endless_body(announce=True), TooLarge),
        "/endless": (misbehaving.endless_body(), TooLarge),
        "/headers": (misbehaving.endless_headers, TooLarge),
        "/drip": (misbehaving.slow_drip(0.02), TooSlow),
        "/chunks": (misbehaving.NONSENSE_CHUNKS, BadResponse),
        "/not-http": (misbehaving.NOT_HTTP, BadResponse),
        "/short": (misbehaving.short_body, BadResponse),
        "/coding": (response(b"plain", headers={"Content-Encoding": "gzip"}), BadResponse),
        "/gone": (response(b"gone", status="410 Gone"), StatusRefused),
        "/missing": (response(b"missing", status="404 Not Found"), StatusRefused),
        "/broken": (response(b"oops", status="500 Internal Server Error"), StatusRefused),
        "/private/page": (response(b"never asked for"), RobotsDisallowed),
        "/reset": (misbehaving.reset_in_body, ConnectionFailed),
    } | {path: (reply, AddressRefused) for path, reply in private.items()}
    server.replies = {path: reply for path, (reply, _) in replies.items()}
    server.replies |= {"/robots.txt": response(b"User-agent: *\nDisallow: /private/\n"), "/good": feeds.article(1)}
    server.replies["/moved"] = redirect("/good-too", "301 Moved Permanently")
    server.replies |= {
        "/good-too": feeds.article(2),
        "/charset": response(b"\xd6\xd0\xb9\xfa", content_type="text/html; charset=utf-8"),
    }
    paths = ["/good", *replies, "/moved", "/charset"]
    server.replies["/feed"] = feeds.feed(f"{server.url}{path}" for path in paths)
    source = desk.add(f"{server.url}/feed")
    crawl(desk, server, max_bytes=1_000_000, max_seconds=1.5)

    refused = {url.removeprefix(server.url): type(error) for url, error in desk.refused.items()}
    assert refused == {path: error for path, (_, error) in replies.items()}
    assert "/private/page" not in server.paths()
    # kept although refused, so that the reason can be looked at beside what came
    kept = {url.removeprefix(server.url) for url in desk.urls(CaptureKind.PAGE)}
    assert kept == {"/good", "/good-too", "/charset", "/empty", "/gone", "/missing", "/broken", "/bomb", "/coding"}
    assert {url.removeprefix(server.url) for url in desk.urls(CaptureKind.REDIRECT)} == {"/moved", "/circle", *private}
    moved = next(each for each in desk.kept if each.response.url.endswith("/good-too"))
    assert moved.requested_url == f"{server.url}/moved"
    assert moved.response.redirected_from == (f"{server.url}/moved",)
    assert desk.ended[source.visit_id] == {"found": len(paths), "error": None, "retry_after": None}


def test_a_connection_that_fails_for_a_moment_is_tried_again(server: RawServer, desk: MemoryDesk) -> None:
    tries = []

    async def third_time_lucky(exchange: Any) -> None:
        tries.append(exchange)
        if len(tries) < 3:
            exchange.reset()
        else:
            await exchange.send(feeds.article(1))

    server.replies = {"/feed": feeds.feed([f"{server.url}/page"]), "/page": third_time_lucky}
    desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert len(tries) == 3
    assert desk.urls(CaptureKind.PAGE) == [f"{server.url}/page"]
    assert desk.refused == {}


def test_a_busy_site_is_given_the_rest_it_asks_for(server: RawServer, desk: MemoryDesk) -> None:
    tries = []

    async def busy_once(exchange: Any) -> None:
        tries.append(exchange.request.arrived_at)
        if len(tries) == 1:
            await exchange.send(response(b"slowly", status="429 Too Many Requests", headers={"Retry-After": "1"}))
        else:
            await exchange.send(feeds.article(1))

    server.replies = {"/feed": feeds.feed([f"{server.url}/a", f"{server.url}/b"]), "/a": busy_once}
    server.replies["/b"] = feeds.article(2)
    desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert len(desk.urls(CaptureKind.PAGE)) == 2
    assert tries[1] - tries[0] >= 1.0
    assert server.paths()[-3:] == ["/a", "/a", "/b"]


def test_a_site_that_asks_for_a_long_rest_is_left_for_its_next_visit(server: RawServer, desk: MemoryDesk) -> None:
    busy = response(b"", status="503 Service Unavailable", headers={"Retry-After": "7200"})
    server.replies = {"/feed": feeds.feed([f"{server.url}/{n}" for n in range(5)]), "/0": busy}
    server.otherwise = feeds.article(1)
    source = desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert server.paths() == ["/robots.txt", "/feed", "/0"]
    ended = desk.ended[source.visit_id]
    assert isinstance(ended["error"], SiteResting)
    assert 7000 < ended["retry_after"] <= 7200
    assert list(desk.refused) == [f"{server.url}/0"]


def test_a_site_that_rests_is_not_taken_for_one_that_keeps_crawlers_out(
    server: RawServer, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots, "RETRIED_SECONDS", 0.0)
    busy = response(b"", status="503 Service Unavailable", headers={"Retry-After": "7200"})
    server.replies = {"/robots.txt": busy}
    first, second = desk.add(f"{server.url}/a"), desk.add(f"{server.url}/b")
    crawl(desk, server)
    assert server.paths() == ["/robots.txt"]
    assert type(desk.ended[first.visit_id]["error"]) is RobotsUnreachable
    assert type(desk.ended[second.visit_id]["error"]) is SiteResting
    assert list(desk.refused) == [first.url]


def test_a_dead_site_is_not_knocked_at_for_every_page(server: RawServer, desk: MemoryDesk) -> None:
    server.replies = {"/feed": feeds.feed([f"{server.url}/{n}" for n in range(30)])}
    server.otherwise = misbehaving.reset_before_answer
    server.replies["/robots.txt"] = response(b"")
    source = desk.add(f"{server.url}/feed")
    assert sites.LONGEST_WAIT < sites.REST_AFTER_FAILURES
    crawl(desk, server)
    assert len(desk.refused) == sites.FAILURES_IN_A_ROW
    assert len(server.requests) < 15
    assert isinstance(desk.ended[source.visit_id]["error"], SiteResting)


def test_pictures_are_fetched_by_their_content_and_not_by_what_is_said_of_it(
    server: RawServer, desk: MemoryDesk
) -> None:
    server.replies = {
        "/true.png": response(PNG, content_type="application/octet-stream"),
        "/script.png": response(b"<script>alert(1)</script>", content_type="image/png"),
        "/vector.svg": response(b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"),
        "/empty.png": response(b"", content_type="image/png"),
        "/huge.jpg": misbehaving.endless_body(announce=True),
    }
    paths = [*server.replies, "/missing.gif"]
    desk.pictures = [DuePicture(n, f"{server.url}{path}", source_id=7, delay=0.0) for n, path in enumerate(paths)]
    crawl(desk, server)
    kept = [each for each in desk.kept if each.kind is CaptureKind.PICTURE]
    assert [(each.picture_id, each.source_id, each.visit_id) for each in kept] == [(0, 7, None)]
    refused = {url.removeprefix(server.url): type(error) for url, error in desk.refused.items()}
    assert refused == {
        "/script.png": NotAPicture,
        "/vector.svg": NotAPicture,
        "/empty.png": NotAPicture,
        "/huge.jpg": TooLarge,
        "/missing.gif": StatusRefused,
    }


def test_an_address_that_is_none_is_refused_and_stops_nothing(server: RawServer, desk: MemoryDesk) -> None:
    desk.pictures = [
        DuePicture(n, url, 1, 0.0) for n, url in enumerate(["data:image/png;base64,x", "//", "", "http://["])
    ]
    crawl(desk, server)
    assert {type(error) for error in desk.refused.values()} == {AddressRefused}
    assert len(desk.refused) == 4


class FailingDesk(MemoryDesk):
    """Fails at each call now and then."""

    calls = 0

    def keep(self, *args: Any, **kwargs: Any) -> int:
        self.calls += 1
        if self.calls % 3 == 0:
            raise RuntimeError("the database went away")
        return super().keep(*args, **kwargs)


def test_a_failing_desk_is_logged_and_the_crawl_goes_on(server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    desk = FailingDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(10)])
    server.otherwise = feeds.article(1)
    source = desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert len(desk.kept) == 8
    assert "the database went away" in caplog.text
    assert "Traceback" not in caplog.text
    assert "could not be put into the library" in str(desk.ended[source.visit_id]["error"])


def test_a_desk_that_never_says_what_is_due_ends_a_single_crawl_with_a_named_failure(server: RawServer) -> None:
    class Silent(MemoryDesk):
        def due_sources(self) -> Any:
            raise OSError("no database")

    with pytest.raises(EngineError, match="does not say what is due"):
        crawl(Silent(), server)


class FullDesk(MemoryDesk):
    room = False

    def keep(self, *args: Any, **kwargs: Any) -> int:
        if not self.room:
            raise ArchiveFull(path="/archive")
        return super().keep(*args, **kwargs)


def test_a_full_disk_ends_a_single_crawl_with_its_name(server: RawServer) -> None:
    desk = FullDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(10)])
    desk.add(f"{server.url}/feed")
    with pytest.raises(ArchiveFull):
        crawl(desk, server)
    assert len(server.requests) <= 3


def test_one_line_tells_an_event(server: RawServer, desk: MemoryDesk, caplog: pytest.LogCaptureFixture) -> None:
    server.replies = {"/feed": feeds.feed([f"{server.url}/1", f"{server.url}/2"]), "/1": feeds.article(1)}
    desk.add(f"{server.url}/feed")
    with caplog.at_level(logging.INFO):
        crawl(desk, server)
    assert {record.name for record in caplog.records} == {"wellspring.crawler"}
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0] == f"visiting {server.url}/feed"
    assert lines[-1] == f"visited {server.url}/feed: 2 found, 1 kept, 1 refused"
    assert any(line.startswith(f"kept {server.url}/1 (") for line in lines)
    assert any("404" in line for line in lines)
    assert not any("\n" in line for line in lines)
