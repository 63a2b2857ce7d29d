"""One page fetched with its way: robots.txt asked, redirects followed, each guarded."""

from __future__ import annotations

import hashlib

import pytest

from tests.engine.fetch.conftest import names, settings_for
from tests.servers.raw import RawServer, redirect, response
from wellspring.engine.errors import AddressRefused, ConnectionFailed, RobotsDisallowed, TooManyRedirects
from wellspring.engine.fetch.single import fetch_page

ROBOTS = response(b"User-agent: *\nDisallow: /private/\n", content_type="text/plain")


def test_a_page_comes_with_its_redirects_and_what_robots_said(server: RawServer) -> None:
    server.replies |= {
        "/robots.txt": ROBOTS,
        "/old": redirect("/newer", "301 Moved Permanently"),
        "/newer": redirect("/new"),
        "/new": response(b"<p>page"),
    }
    fetched = fetch_page(f"{server.url}/old", settings_for(server))
    assert [each.status for each in fetched.responses] == [301, 302, 200]
    assert fetched.page.payload == b"<p>page"
    assert fetched.page.redirected_from == (f"{server.url}/old", f"{server.url}/newer")
    assert fetched.verdict.reason == "allowed"
    assert fetched.robots is not None
    assert fetched.verdict.digest == hashlib.sha256(fetched.robots.payload).hexdigest()
    assert server.paths() == ["/robots.txt", "/old", "/newer", "/new"]


def test_a_page_that_robots_disallows_is_not_asked_for(server: RawServer) -> None:
    server.replies |= {"/robots.txt": ROBOTS, "/open": redirect("/private/page")}
    for path in ("/private/page", "/open"):
        with pytest.raises(RobotsDisallowed, match="asks crawlers to stay away"):
            fetch_page(f"{server.url}{path}", settings_for(server))
    assert "/private/page" not in server.paths()


def test_robots_can_be_left_out_for_ones_own_pages(server: RawServer) -> None:
    server.replies |= {"/robots.txt": ROBOTS, "/private/page": response(b"mine")}
    fetched = fetch_page(f"{server.url}/private/page", settings_for(server, respect_robots=False))
    assert fetched.page.payload == b"mine"
    assert fetched.verdict.reason == "not asked"


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/",
        "http://127.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://inside.example/",
        "file:///etc/passwd",
        "http://a:b@8.8.8.8/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(server: RawServer, location: str) -> None:
    server.replies["/"] = redirect(location)
    settings = settings_for(server, resolver=names({"inside.example": ["192.168.0.10"]}))
    with pytest.raises(AddressRefused):
        fetch_page(f"{server.url}/", settings)


def test_circles_and_long_chains_of_redirects_end(server: RawServer) -> None:
    server.replies |= {"/a": redirect("/b"), "/b": redirect("/a"), "/self": redirect("/self")}
    server.replies |= {f"/{n}": redirect(f"/{n + 1}") for n in range(100)}
    for path in ("/a", "/self", "/0"):
        with pytest.raises(TooManyRedirects):
            fetch_page(f"{server.url}{path}", settings_for(server))
    server.replies["/5"] = response(b"end")
    assert fetch_page(f"{server.url}/0", settings_for(server)).page.payload == b"end"


def test_a_redirect_to_another_site_asks_that_sites_robots(server: RawServer) -> None:
    with RawServer() as other:
        server.replies["/"] = redirect(f"{other.url}/page")
        other.replies |= {"/robots.txt": response(b"User-agent: *\nDisallow: /"), "/page": response(b"x")}
        with pytest.raises(RobotsDisallowed):
            fetch_page(f"{server.url}/", settings_for(server, other))
        assert other.paths() == ["/robots.txt"]


def test_an_unknown_name_is_told_as_such_and_not_as_robots() -> None:
    with pytest.raises(ConnectionFailed, match=r"news\.example/1 could not .* the name news\.example is not known"):
        fetch_page("http://news.example/1", settings_for())
