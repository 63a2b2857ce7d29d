"""Politeness: one request at a time to a site, the delay it is owed between two, and the rest that it asks for."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from wellspring.engine.errors import SiteResting
from wellspring.engine.fetch.robots import Fetches
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.urls import parse_url
from wellspring.engine.records import FetchedResponse

BUSY = (429, 503)
"""Statuses by which a site asks to be left alone for a while."""
FIRST_REST = 10.0
"""Seconds to rest where a busy site does not say how long; doubled each time in a row."""
LONGEST_REST = 24 * 3600.0
LONGEST_WAIT = 60.0
"""Seconds of rest that a request waits through; for a longer one it is left for the next visit."""
FAILURES_IN_A_ROW = 3
REST_AFTER_FAILURES = 600.0
MAX_SITES = 5000


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    """Monotonic time of the end of the last request."""
    crawl_delay: float = 0.0
    """What robots.txt asks for."""
    rests_until: float = 0.0
    busy_in_a_row: int = 0
    failures_in_a_row: int = 0


class Sites:
    """A pace for every site. A site is a host and port, whatever the scheme. Belongs to one event loop."""

    def __init__(self, downloader: Fetches) -> None:
        self._downloader = downloader
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    def at_pace(self, delay: float | None = None) -> Pace:
        """A downloader that keeps at least `delay` seconds (None: the settings') between two requests to one site."""
        return Pace(self, self._downloader.settings.delay if delay is None else max(0.0, delay))

    def slow_down(self, url: str, crawl_delay: float) -> None:
        """The site's robots.txt asks for this many seconds between two requests."""
        self._site(url).crawl_delay = crawl_delay

    def resting(self, url: str) -> float:
        """Seconds that the site still rests; 0 where it does not."""
        return max(0.0, self._site(url).rests_until - time.monotonic())

    def note_failure(self, url: str) -> None:
        """A request failed for good; after several in a row the site rests."""
        site = self._site(url)
        site.failures_in_a_row += 1
        if site.failures_in_a_row >= FAILURES_IN_A_ROW:
            site.rests_until = max(site.rests_until, time.monotonic() + REST_AFTER_FAILURES)

    async def fetch(
        self,
        url: str,
        *,
        delay: float,
        etag: str | None = None,
        last_modified: str | None = None,
        cut_at: int | None = None,
    ) -> FetchedResponse:
        """Fetch when it is the request's turn. Raises SiteResting and what the downloader raises."""
        site = self._site(url)
        async with site.lock:
            await self._turn(site, url, delay)
            try:
                response = await self._downloader.fetch(url, etag=etag, last_modified=last_modified, cut_at=cut_at)
            finally:
                site.free_at = time.monotonic()
        site.failures_in_a_row = 0
        if response.status in BUSY:
            site.rests_until = time.monotonic() + self._rest(site, response)
            site.busy_in_a_row += 1
        else:
            site.busy_in_a_row = 0
        return response

    async def _turn(self, site: _Site, url: str, delay: float) -> None:
        while True:
            now = time.monotonic()
            if site.rests_until - now > LONGEST_WAIT:
                raise SiteResting(url=url, seconds=round(site.rests_until - now))
            due = max(site.free_at + max(delay, site.crawl_delay), site.rests_until)
            if due <= now or not site.free_at:
                return
            await asyncio.sleep(due - now)

    def _rest(self, site: _Site, response: FetchedResponse) -> float:
        asked = retry_after(response)
        if asked is None:
            asked = FIRST_REST * 2.0 ** min(site.busy_in_a_row, 8)
        return min(asked, LONGEST_REST)

    def _site(self, url: str) -> _Site:
        target = parse_url(url)
        name = f"{target.host}:{target.port}"
        site = self._sites.get(name)
        if site is None:
            site = self._sites[name] = _Site()
            self._forget_idle()
        self._sites.move_to_end(name)
        return site

    def _forget_idle(self) -> None:
        now = time.monotonic()
        for name, site in list(self._sites.items())[: max(0, len(self._sites) - MAX_SITES)]:
            if not site.lock.locked() and site.rests_until < now and now - site.free_at > 2 * LONGEST_WAIT:
                del self._sites[name]


@dataclass(frozen=True, slots=True)
class Pace:
    """The sites' downloader at one delay; what `follow` and a RobotsBook fetch with."""

    sites: Sites
    delay: float

    @property
    def settings(self) -> FetchSettings:
        return self.sites._downloader.settings

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, cut_at: int | None = None
    ) -> FetchedResponse:
        return await self.sites.fetch(url, delay=self.delay, etag=etag, last_modified=last_modified, cut_at=cut_at)


def retry_after(response: FetchedResponse) -> float | None:
    """Seconds of a Retry-After header, given as seconds or as a date; None where it is absent or unreadable."""
    value = response.header("retry-after")
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())
