"""Looking at an address before it becomes a source: what it is and what it would give. Uses the network."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from wellspring.engine.errors import DiscoveryError
from wellspring.engine.extract import extract
from wellspring.engine.fetch.content import decoded_payload, page_problem
from wellspring.engine.fetch.discover import Discovery, discover, narrowed
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.single import fetch_page
from wellspring.engine.records import FoundPage, NewsRecord, RobotsVerdict, SourceKind

MOST_SITEMAPS = 3
"""Child sitemaps looked into before giving up."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What an address would give as a source."""

    url: str
    """Where it is really, after redirects."""
    kind: SourceKind | None
    """None: a web page that lists no reports, but advertises feeds."""
    name: str
    """The title of the feed or page, or the host."""
    pages: tuple[FoundPage, ...] = ()
    """After narrowing by the pattern."""
    everything: tuple[FoundPage, ...] = ()
    """Before narrowing."""
    robots: RobotsVerdict | None = None
    """What robots.txt says about the address."""
    sitemaps: int = 0
    """Child sitemaps of an index; the pages are those of the newest that has any."""
    feeds: tuple[str, ...] = ()
    """Feeds that the page advertises."""
    problem: DiscoveryError | None = None
    """Why a page with feeds lists no reports itself."""

    @property
    def found(self) -> int:
        """How many reports there are before narrowing."""
        return len(self.everything)


def try_source(url: str, settings: FetchSettings, *, pattern: str = "") -> Trial:
    """Fetch the address politely and find out its kind and what it would capture.

    Raises FetchError where it cannot be fetched, DiscoveryError where there is nothing in it or the pattern is wrong.
    """
    narrowed((), pattern)
    address, verdict, discovery = _looked_at(url, settings)
    if isinstance(discovery, Trial):
        return discovery
    sitemaps, pages = len(discovery.nested), discovery.pages
    children = list(discovery.nested)
    for _look in range(MOST_SITEMAPS):
        if pages or not children:
            break
        time.sleep(settings.delay)
        _address, _verdict, child = _looked_at(children.pop(0), settings)
        if isinstance(child, Discovery):
            pages, children = child.pages, [*child.nested, *children]
    return Trial(
        url=address,
        kind=discovery.kind,
        name=_name(discovery.name, address),
        pages=narrowed(pages, pattern),
        everything=tuple(pages),
        robots=verdict,
        sitemaps=sitemaps,
        feeds=discovery.feeds,
    )


def read_one(url: str, settings: FetchSettings) -> NewsRecord:
    """What the extractor reads from one page of a source; nothing of it is kept.

    Raises FetchError where it cannot be fetched, ExtractError where it cannot be read.
    """
    response = fetch_page(url, settings).page
    if problem := page_problem(response):
        raise problem
    content = decoded_payload(response, limit=settings.max_bytes)
    return extract(content, url=response.url, content_type=response.header("Content-Type"))


def _looked_at(url: str, settings: FetchSettings) -> tuple[str, RobotsVerdict, Discovery | Trial]:
    fetched = fetch_page(url, settings)
    response, verdict = fetched.page, fetched.verdict
    if problem := page_problem(response):
        raise problem
    content = decoded_payload(response, limit=settings.max_bytes)
    try:
        discovery = discover(response, content)
    except DiscoveryError as error:
        feeds = error.data.get("feeds")
        if not isinstance(feeds, list) or not feeds:
            raise
        name = _name(None, response.url)
        trial = Trial(url=response.url, kind=None, name=name, feeds=tuple(feeds), problem=error, robots=verdict)
        return response.url, verdict, trial
    feeds_elsewhere = tuple(feed for feed in discovery.feeds if feed != response.url)
    return response.url, verdict, replace(discovery, feeds=feeds_elsewhere)


def _name(title: str | None, url: str) -> str:
    return (title or urlsplit(url).hostname or url)[:80]
