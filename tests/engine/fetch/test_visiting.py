"""Visits to feeds, sitemaps and lists: what they point to, within which bounds, and what is said where they fail."""

from __future__ import annotations

import pytest

from tests.engine.fetch.desk import MemoryDesk
from tests.engine.fetch.test_crawler import crawl
from tests.servers import feeds, misbehaving
from tests.servers.raw import RawServer, redirect, response
from wellspring.engine.errors import AddressRefused, BadResponse, DiscoveryError, StatusRefused
from wellspring.engine.fetch import settling
from wellspring.engine.records import CaptureKind, SourceKind


@pytest.mark.parametrize(
    ("kind", "reply", "error"),
    [
        (SourceKind.FEED, response(b"<html><body>not a feed</body></html>"), DiscoveryError),
        (SourceKind.FEED, response(b"plain words"), DiscoveryError),
        (SourceKind.FEED, feeds.sitemap(["http://a.example/1"]), DiscoveryError),
        (SourceKind.SITEMAP, feeds.feed(["http://a.example/1"]), DiscoveryError),
        (SourceKind.FEED, response(b"", status="404 Not Found"), StatusRefused),
        (SourceKind.FEED, response(b""), StatusRefused),
        (SourceKind.FEED, misbehaving.NOT_HTTP, BadResponse),
        (SourceKind.FEED, redirect("http://10.0.0.1/feed"), AddressRefused),
    ],
)
def test_a_source_that_cannot_be_read_says_why(
    server: RawServer, desk: MemoryDesk, kind: SourceKind, reply: bytes, error: type[Exception]
) -> None:
    server.replies["/source"] = reply
    source = desk.add(f"{server.url}/source", kind)
    crawl(desk, server)
    assert type(desk.ended[source.visit_id]["error"]) is error
    assert type(desk.refused[source.url]) is error


def test_a_pattern_narrows_what_is_fetched(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/feed"] = feeds.feed(f"{server.url}/{name}" for name in ("news/1", "shop/2", "news/3"))
    server.otherwise = feeds.article(1)
    source = desk.add(f"{server.url}/feed", pattern="/news/")
    crawl(desk, server)
    assert desk.urls(CaptureKind.PAGE) == [f"{server.url}/news/1", f"{server.url}/news/3"]
    assert desk.ended[source.visit_id]["found"] == 2


def test_sitemaps_of_sitemaps_are_followed_within_bounds(server: RawServer, desk: MemoryDesk) -> None:
    def at(path: str) -> str:
        return server.url + path

    server.replies = {
        "/index": feeds.sitemap_index([at("/index"), at("/1"), at("/feed"), at("/missing"), "http://10.0.0.1/x"]),
        "/1": feeds.sitemap_index([at("/2"), at("/index")]),
        "/2": feeds.sitemap_index([at("/3")]),
        "/3": feeds.sitemap_index([at("/4")]),
        "/4": feeds.sitemap([at("/too-deep")]),
        "/pages": feeds.sitemap([at("/page")]),
        "/page": feeds.article(1),
        "/feed": feeds.feed([at("/page")]),
    }
    server.replies["/1"] = feeds.sitemap_index([at("/2"), at("/index"), at("/pages")])
    source = desk.add(at("/index"), SourceKind.SITEMAP)
    crawl(desk, server)
    assert desk.urls(CaptureKind.PAGE) == [at("/page")]
    assert "/4" not in server.paths()
    assert server.paths().count("/index") == 1
    assert {url: type(error) for url, error in desk.refused.items()} == {
        at("/feed"): DiscoveryError,
        at("/missing"): StatusRefused,
        at("/3"): DiscoveryError,
        "http://10.0.0.1/x": AddressRefused,
    }
    assert desk.ended[source.visit_id]["error"] is None


def test_no_more_than_so_many_nested_sitemaps_are_read(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/index"] = feeds.sitemap_index(f"{server.url}/s{n}" for n in range(200))
    server.otherwise = feeds.sitemap([f"{server.url}/page"])
    source = desk.add(f"{server.url}/index", SourceKind.SITEMAP)
    crawl(desk, server)
    assert sum(path.startswith("/s") for path in server.paths()) == 50
    assert "more sitemaps than one visit reads (50)" in str(desk.ended[source.visit_id]["error"])


def test_an_unchanged_feed_is_asked_for_conditionally(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/feed"] = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'
    source = desk.add(f"{server.url}/feed")
    desk.known[source.url] = ('"v1"', "Fri, 15 Dec 2023 03:09:00 GMT")
    crawl(desk, server)
    asked = server.requests[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "Fri, 15 Dec 2023 03:09:00 GMT")
    assert [each.response.status for each in desk.kept if each.kind is CaptureKind.FEED] == [304]
    assert desk.ended[source.visit_id] == {"found": 0, "error": None, "retry_after": None}


def test_more_pages_than_one_visit_fetches_are_left_to_the_next(
    server: RawServer, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "MAX_PAGES", 3)
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(5)])
    server.otherwise = feeds.article(1)
    first = desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert len(desk.urls(CaptureKind.PAGE)) == 3
    assert "next visits" in str(desk.ended[first.visit_id]["error"])
    second = desk.add(f"{server.url}/feed")
    crawl(desk, server)
    assert desk.urls(CaptureKind.PAGE) == [f"{server.url}/{n}" for n in range(5)]
    assert desk.ended[second.visit_id]["error"] is None


def test_a_sitemap_of_thousands_is_fetched_to_its_end_visit_by_visit(
    server: RawServer, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "MAX_PAGES", 4)
    monkeypatch.setattr(settling, "ASKED_AT_ONCE", 100)
    addresses = [f"{server.url}/{n}" for n in range(2000)]
    server.replies["/map"] = feeds.sitemap(addresses)
    server.otherwise = feeds.article(1)
    desk.remembered.update(addresses[:1994])
    for _ in range(2):
        source = desk.add(f"{server.url}/map", SourceKind.SITEMAP)
        crawl(desk, server)
    assert desk.urls(CaptureKind.PAGE) == addresses[1994:]
    assert desk.ended[source.visit_id]["found"] == 2000
    assert desk.ended[source.visit_id]["error"] is None
    assert max(desk.questions) <= 100


def test_the_newest_pages_are_fetched_first_and_new_ones_before_updated_ones(
    server: RawServer, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "MAX_PAGES", 2)
    rows = "".join(f"<url><loc>{server.url}/{day}</loc><lastmod>2024-05-0{day}</lastmod></url>" for day in (1, 3, 2))
    server.replies["/map"] = response(f"<urlset>{rows}</urlset>".encode())
    server.otherwise = feeds.article(1)
    for _ in range(2):
        desk.add(f"{server.url}/map", SourceKind.SITEMAP)
        crawl(desk, server)
    assert desk.urls(CaptureKind.PAGE) == [f"{server.url}/{n}" for n in (3, 2, 1, 3)], "and new before updated ones"


def test_a_visit_whose_finds_could_not_be_looked_up_says_so(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/feed"] = feeds.feed([f"{server.url}/1"])
    source = desk.add(f"{server.url}/feed")
    desk.wanted = lambda source_id, found: 1 // 0  # type: ignore[method-assign]  # a desk that fails
    crawl(desk, server)
    assert desk.ended[source.visit_id]["error"] is not None


@pytest.mark.parametrize("rows", [0, 1])
def test_a_saved_sitemap_or_list_with_little_in_it_is_well(server: RawServer, desk: MemoryDesk, rows: int) -> None:
    report = f'<li><a href="{server.url}/202405/t20240512_1.html">垃圾分类进楼道，邻里一起动手</a></li>'
    server.replies["/map"] = response(b"<urlset></urlset>")
    server.replies["/list"] = response(f"<html><body><a href=/>首页</a><ul>{report}</ul></body></html>".encode())
    server.otherwise = feeds.article(1)
    source = desk.add(
        f"{server.url}/list" if rows else f"{server.url}/map", SourceKind.LIST if rows else SourceKind.SITEMAP
    )
    crawl(desk, server)
    assert desk.ended[source.visit_id] == {"found": rows, "error": None, "retry_after": None}
