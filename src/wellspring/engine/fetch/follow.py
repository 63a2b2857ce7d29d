"""Following one address to its end: robots.txt, then hop by hop through redirects, each guarded and asked anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from enum import StrEnum

from wellspring.engine.errors import TooManyRedirects
from wellspring.engine.fetch.robots import REDIRECTS, Fetches, RobotsBook, refusal
from wellspring.engine.fetch.urls import parse_url, redirect_target
from wellspring.engine.records import FetchedResponse, RobotsVerdict

MAX_REDIRECTS = 5


class Part(StrEnum):
    """What a step's response is on the way."""

    ROBOTS = "robots"
    REDIRECT = "redirect"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    part: Part
    requested_url: str
    response: FetchedResponse
    verdict: RobotsVerdict | None
    """Of the robots.txt that let this response be fetched; None for a robots.txt itself."""


async def follow(
    url: str,
    *,
    downloader: Fetches,
    book: RobotsBook,
    etag: str | None = None,
    last_modified: str | None = None,
) -> AsyncIterator[Step]:
    """Every response on the way to the end of `url`'s redirects, in the order received; the last one is Part.END.

    Raises FetchError subclasses: RobotsDisallowed, AddressRefused and TooManyRedirects among them.
    """
    target = parse_url(url)
    passed: list[str] = []
    while True:
        verdict, robots = await book.verdict(target.url)
        if robots is not None:
            yield Step(Part.ROBOTS, verdict.robots_url, robots, None)
        if not verdict.allowed:
            raise refusal(target.url, verdict)
        response = await downloader.fetch(target.url, etag=etag, last_modified=last_modified)
        response = replace(response, redirected_from=tuple(passed))
        location = response.header("location")
        if response.status not in REDIRECTS or not location:
            yield Step(Part.END, url, response, verdict)
            return
        yield Step(Part.REDIRECT, target.url, response, verdict)
        passed.append(target.url)
        target = redirect_target(target.url, location)
        if target.url in passed or len(passed) > MAX_REDIRECTS:
            raise TooManyRedirects(url=parse_url(url).url, limit=MAX_REDIRECTS)
        etag = last_modified = None
