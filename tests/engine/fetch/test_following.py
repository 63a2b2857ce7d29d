"""Pages on which articles go on: fetched like any other, on the desk's word."""

from __future__ import annotations

from tests.engine.fetch.desk import MemoryDesk
from tests.engine.fetch.test_crawler import crawl
from tests.servers import feeds
from tests.servers.raw import RawServer, response
from wellspring.engine.errors import AddressRefused, RobotsDisallowed
from wellspring.engine.fetch.desk import DuePage
from wellspring.engine.records import CaptureKind


def test_a_page_on_which_an_article_goes_on_is_fetched_once_and_conditionally(
    server: RawServer, desk: MemoryDesk
) -> None:
    server.otherwise = feeds.article(1)
    address = f"{server.url}/a_2.html"
    desk.known[address] = ('"tag"', None)
    desk.pages = [DuePage(7, address, 3, None), DuePage(8, address, 3, None)]
    crawl(desk, server)
    assert [(each.kind, each.requested_url, each.source_id, each.visit_id) for each in desk.kept[1:]] == [
        (CaptureKind.PAGE, address, 3, None)
    ]
    assert b'If-None-Match: "tag"' in desk.kept[-1].response.request_head


def test_a_page_on_which_an_article_goes_on_obeys_robots_and_the_guard(server: RawServer, desk: MemoryDesk) -> None:
    server.replies["/robots.txt"] = response(b"User-agent: *\nDisallow: /private/\n")
    inside = "http://10.0.0.1/a_2.html"
    closed = f"{server.url}/private/a_2.html"
    desk.pages = [DuePage(7, closed, None, None), DuePage(8, inside, None, None)]
    crawl(desk, server)
    assert desk.urls(CaptureKind.PAGE) == []
    assert (type(desk.refused[closed]), type(desk.refused[inside])) == (RobotsDisallowed, AddressRefused)
