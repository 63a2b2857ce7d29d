"""robots.txt fetched, remembered for at most a day and asked, with the evidence of what it said."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wellspring.engine.errors import (
    AddressRefused,
    BadResponse,
    ConnectionFailed,
    FetchError,
    RobotsDisallowed,
    RobotsUnreachable,
    SiteResting,
    TooLarge,
    TooSlow,
)
from wellspring.engine.fetch.content import decoded_payload
from wellspring.engine.fetch.rules import MAX_PARSED, RobotsRules, parse_robots
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.urls import parse_url, redirect_target
from wellspring.engine.records import FetchedResponse, RobotsVerdict

PRODUCT = "Wellspring"
MAX_REDIRECTS = 5
KEPT_SECONDS = 24 * 3600.0
RETRIED_SECONDS = 600.0
"""How long an unreachable robots.txt keeps its site closed before it is asked again."""
MAX_SITES = 5000
REDIRECTS = (301, 302, 303, 307, 308)


class Fetches(Protocol):
    """What fetches one hop: the downloader itself, or a politer one around it."""

    @property
    def settings(self) -> FetchSettings: ...

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, cut_at: int | None = None
    ) -> FetchedResponse: ...


@dataclass(frozen=True, slots=True)
class _Entry:
    rules: RobotsRules
    reachable: bool
    note: str
    """Why there are no rules; empty where there are."""
    digest: str | None
    expires: float


class RobotsBook:
    """What the robots.txt of each site says. Belongs to one event loop."""

    def __init__(self, downloader: Fetches, slow_down: Callable[[str, float], None] | None = None) -> None:
        """`slow_down` is told an address and the Crawl-delay that its site asks for."""
        self._downloader = downloader
        self._slow_down = slow_down
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def verdict(self, url: str) -> tuple[RobotsVerdict, FetchedResponse | None]:
        """Whether `url` may be visited, and the robots.txt response if it was fetched just now.

        Raises AddressRefused, ConnectionFailed, SiteResting or TooSlow where the site itself is refused, cannot be
        reached or is to be left alone; every other failure makes a verdict.
        """
        target = parse_url(url)
        robots_url = f"{target.site}/robots.txt"
        if not self._downloader.settings.respect_robots:
            return RobotsVerdict(True, robots_url, "not asked"), None
        lock = self._locks.setdefault(target.site, asyncio.Lock())
        try:
            async with lock:
                entry, response = self._remembered(target.site), None
                if entry is None:
                    entry, response = await self._ask(robots_url)
                    self._remember(target.site, entry)
        except FetchError as problem:
            problem.data["url"] = target.url  # it is the page that was asked for
            raise
        finally:
            if not lock.locked():
                self._locks.pop(target.site, None)
        if self._slow_down is not None and entry.rules.crawl_delay is not None:
            self._slow_down(target.url, entry.rules.crawl_delay)
        allowed = entry.reachable and entry.rules.allows(target.path)
        reason = entry.note or ("allowed" if allowed else "disallowed")
        verdict = RobotsVerdict(
            allowed, robots_url, reason, entry.rules.crawl_delay, entry.digest, entry.rules.sitemaps
        )
        return verdict, response

    def _remembered(self, site: str) -> _Entry | None:
        entry = self._entries.get(site)
        return entry if entry is not None and entry.expires > time.monotonic() else None

    def _remember(self, site: str, entry: _Entry) -> None:
        self._entries[site] = entry
        self._entries.move_to_end(site)
        if len(self._entries) > MAX_SITES:
            self._entries.popitem(last=False)

    async def _ask(self, robots_url: str) -> tuple[_Entry, FetchedResponse | None]:
        url, trail = robots_url, []
        response = None
        try:
            while True:
                response = await self._downloader.fetch(url, cut_at=MAX_PARSED)
                location = response.header("location")
                if response.status not in REDIRECTS or not location:
                    break
                trail.append(url)
                if len(trail) > MAX_REDIRECTS:
                    return _entry("none (too many redirects)"), response
                url = redirect_target(url, location).url
        except (AddressRefused, ConnectionFailed, SiteResting, TooSlow) as problem:
            if not trail:
                raise
            return _unreachable(problem.code.replace("_", " ")), response
        except FetchError as problem:
            return _unreachable(problem.code.replace("_", " ")), response
        return _judged(response), response


def refusal(url: str, verdict: RobotsVerdict) -> RobotsDisallowed:
    """The error of a verdict that does not allow `url`."""
    if verdict.reason.startswith("unreachable"):
        return RobotsUnreachable(url=url, detail=verdict.reason)
    return RobotsDisallowed(url=url, detail=verdict.robots_url)


def _judged(response: FetchedResponse) -> _Entry:
    if response.status >= 500 or response.status == 429:
        return _unreachable(str(response.status))
    if response.status != 200:
        return _entry(f"none ({response.status})")
    try:
        content = _content(response)
    except BadResponse as problem:
        return _unreachable(problem.code.replace("_", " "))
    if response.truncated:
        content = content[: content.rfind(b"\n") + 1]  # half a rule would forbid more than it says
    rules = parse_robots(content, PRODUCT)
    note = "none (not a robots.txt)" if content.lstrip()[:1] == b"<" else ""
    digest = hashlib.sha256(response.payload).hexdigest()
    return _Entry(rules, True, note, digest, time.monotonic() + KEPT_SECONDS)


def _content(response: FetchedResponse) -> bytes:
    try:
        return decoded_payload(response, limit=8 * MAX_PARSED)
    except TooLarge:
        raise BadResponse(url=response.url, detail="robots.txt is too large") from None


def _entry(note: str) -> _Entry:
    return _Entry(RobotsRules(), True, note, None, time.monotonic() + KEPT_SECONDS)


def _unreachable(why: str) -> _Entry:
    return _Entry(RobotsRules(), False, f"unreachable ({why})", None, time.monotonic() + RETRIED_SECONDS)
