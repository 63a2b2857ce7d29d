"""robots.txt fetched and remembered: what each answer means for the site."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.engine.fetch.conftest import settings_for
from tests.servers import misbehaving
from tests.servers.raw import RawServer, redirect, response
from wellspring.engine.errors import AddressRefused, ConnectionFailed
from wellspring.engine.fetch import robots
from wellspring.engine.fetch.download import Downloader
from wellspring.engine.fetch.robots import RobotsBook
from wellspring.engine.records import FetchedResponse, RobotsVerdict

Said = tuple[RobotsVerdict, FetchedResponse | None]
FORBIDDING = b"User-agent: *\nDisallow: /\n"


def ask(server: RawServer, *paths: str, **changes: Any) -> list[Said]:
    async def go() -> list[Said]:
        downloader = Downloader(settings_for(server, **changes))
        book = RobotsBook(downloader)
        try:
            return [await book.verdict(f"{server.url}{path}") for path in paths]
        finally:
            await downloader.aclose()

    return asyncio.run(go())


@pytest.mark.parametrize(
    ("reply", "allowed", "reason"),
    [
        (response(b"User-agent: *\nDisallow: /x"), True, "allowed"),
        (response(FORBIDDING), False, "disallowed"),
        (misbehaving.gzipped(FORBIDDING), False, "disallowed"),
        (response(b""), True, "allowed"),
        (response(b"<html>not found, politely"), True, "none (not a robots.txt)"),
        (response(b"", status="404 Not Found"), True, "none (404)"),
        (response(b"", status="403 Forbidden"), True, "none (403)"),
        (response(b"", status="401 Unauthorized"), True, "none (401)"),
        (response(b"", status="500 Oops"), False, "unreachable (500)"),
        (response(b"", status="503 Busy"), False, "unreachable (503)"),
        (response(b"", status="429 Too Many"), False, "unreachable (429)"),
        (misbehaving.NOT_HTTP, False, "unreachable (bad response)"),
        (misbehaving.gzip_bomb(50_000_000), False, "unreachable (bad response)"),
        (redirect("http://169.254.169.254/"), False, "unreachable (address refused)"),
    ],
)
def test_every_answer_has_its_meaning(server: RawServer, reply: bytes, allowed: bool, reason: str) -> None:
    server.replies["/robots.txt"] = reply
    ((verdict, _),) = ask(server, "/page")
    assert (verdict.allowed, verdict.reason) == (allowed, reason)
    assert verdict.robots_url == f"{server.url}/robots.txt"


def test_it_is_asked_once_and_given_once_as_evidence(server: RawServer) -> None:
    rules = b"User-agent: *\nDisallow: /b\nCrawl-delay: 2\nSitemap: http://a.example/s\n"
    server.replies["/robots.txt"] = response(rules)
    (first, evidence), (second, nothing) = ask(server, "/a", "/b")
    assert (first.allowed, second.allowed) == (True, False)
    assert evidence is not None
    assert nothing is None
    assert first.digest == second.digest
    assert first.crawl_delay == 2.0
    assert first.sitemaps == ("http://a.example/s",)
    assert server.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("kept", "asked"), [(86400.0, 1), (0.0, 2)])
def test_it_is_asked_again_when_it_is_too_old(
    server: RawServer, monkeypatch: pytest.MonkeyPatch, kept: float, asked: int
) -> None:
    assert robots.KEPT_SECONDS <= 24 * 3600
    assert robots.RETRIED_SECONDS < robots.KEPT_SECONDS
    monkeypatch.setattr(robots, "KEPT_SECONDS", kept)
    server.replies["/robots.txt"] = response(FORBIDDING)
    ask(server, "/a", "/b")
    assert len(server.requests) == asked


def test_five_redirects_are_followed_and_a_sixth_means_none(server: RawServer) -> None:
    server.replies |= {"/robots.txt": redirect("/1")} | {f"/{n}": redirect(f"/{n + 1}") for n in range(1, 5)}
    server.replies["/5"] = response(FORBIDDING)
    assert ask(server, "/a")[0][0].reason == "disallowed"
    server.replies |= {"/5": redirect("/6"), "/6": response(FORBIDDING)}
    assert ask(server, "/a")[0][0].reason == "none (too many redirects)"


def test_a_file_of_two_megabytes_is_cut_and_not_refused(server: RawServer) -> None:
    server.replies["/robots.txt"] = response(b"User-agent: *\nDisallow: /early\n" + b"Disallow: /filler\n" * 120_000)
    (early, evidence), (other, _) = ask(server, "/early", "/other", max_bytes=10_000)
    assert (early.allowed, other.allowed) == (False, True)
    assert evidence is not None
    assert evidence.truncated


def test_an_endless_file_is_cut_too(server: RawServer) -> None:
    server.replies["/robots.txt"] = misbehaving.endless_body()
    assert ask(server, "/a")[0][0].allowed


def test_a_site_that_cannot_be_reached_is_told_as_such(server: RawServer) -> None:
    server.replies["/robots.txt"] = misbehaving.reset_before_answer
    with pytest.raises(ConnectionFailed):
        ask(server, "/a")
    with pytest.raises(AddressRefused):
        ask(server, "/a", guard_exceptions=frozenset())


def test_pages_of_one_site_at_the_same_time_share_one_asking(server: RawServer) -> None:
    server.replies["/robots.txt"] = response(FORBIDDING)

    async def go() -> None:
        downloader = Downloader(settings_for(server))
        book = RobotsBook(downloader)
        await asyncio.gather(*(book.verdict(f"{server.url}/{n}") for n in range(10)))
        await downloader.aclose()

    asyncio.run(go())
    assert len(server.requests) == 1
