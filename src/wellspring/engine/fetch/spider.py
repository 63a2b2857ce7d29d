"""The spider: takes what is due from the desk, sends errands for it, and settles each with the desk."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterable
from typing import Any

import scrapy
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from wellspring.engine.errors import ArchiveFull, EngineError
from wellspring.engine.fetch.clerk import Clerk
from wellspring.engine.fetch.desk import CrawlDesk
from wellspring.engine.fetch.errands import Errand, Visit, following_errand, picture_errand, source_errand
from wellspring.engine.fetch.handler import Interrupted
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.settling import Settling
from wellspring.engine.fetch.urls import parse_url
from wellspring.engine.records import CaptureKind

logger = logging.getLogger("wellspring.crawler")

POLL_SECONDS = 1.0
LONGEST_POLL = 30.0
MAX_PICTURES = 100
"""Pictures asked for at a time."""
MAX_FOLLOWING = 100
"""Pages on which articles go on, asked for at a time."""
REST = 60.0
"""Seconds before a picture or such a page that could be neither kept nor refused is tried again."""
DESK_FAILURES = 5
"""With `once`: polls of a failing desk before the crawl ends with its failure."""


class ReportSpider(scrapy.Spider):
    """Runs until it is interrupted; with `once` until what was due has been visited and what was found is done."""

    name = "wellspring"

    def __init__(self, *, desk: CrawlDesk, fetch_settings: FetchSettings, once: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fetch_settings = fetch_settings
        self.once = once
        self.stopping = asyncio.Event()
        self.clerk = Clerk(desk, patient=not once, stopping=self.stopping)
        self.room = self.clerk.room
        self.failure: BaseException | None = None
        self._settling = Settling(self.clerk, fetch_settings, self._send)
        self._errands = 0
        self._in_hand: set[str] = set()
        self._pictures: dict[int, float] = {}
        """Until when a picture in hand, or tried in vain, is not sent for again."""
        self._following: dict[int, float] = {}
        """The same of pages on which articles go on."""

    async def start(self) -> AsyncIterator[Any]:
        """Poll the desk for what is due."""
        visited = False
        failures = 0
        while not self.stopping.is_set():
            sent = 0
            # Looked at before the desk is asked: an errand that ends meanwhile may have made something due.
            idle = not self._errands
            if self.room.is_set():
                if not (self.once and visited):
                    sources = await self.clerk.ask(self.clerk.desk.due_sources)
                    visited = sources is not None
                    failures = 0 if visited else failures + 1
                    for source in sources or ():
                        sent += 1
                        yield await self._opened(source_errand(source))
                if not failures:
                    for errand in [*await self._due_pages(), *await self._due_pictures()]:
                        sent += 1
                        yield self._request(errand)
            if self.once and idle and not sent and not self._errands and (visited or failures >= DESK_FAILURES):
                if not visited:
                    self.failure = EngineError(detail="the desk does not say what is due")
                return
            # A desk that fails, as on a full disk, is asked less and less often.
            await self._pause(min((0.1 if self.once else POLL_SECONDS) * 2**failures, LONGEST_POLL))

    async def arrived(self, response: Response) -> None:
        """Scrapy's callback: the errand reached its end, whatever the status there."""
        assert response.request is not None
        await self._settle(response.request.meta["errand"], None)

    async def failed(self, failure: Failure) -> None:
        """Scrapy's errback: the errand ended on the way."""
        await self._settle(failure.request.meta["errand"], failure.value)  # type: ignore[attr-defined]  # set by Scrapy

    async def finish(self) -> None:
        """Close the desk's thread. Visits cut short by an interruption stay open: whoever crawls next resumes them."""
        await asyncio.get_running_loop().run_in_executor(None, self.clerk.close)

    async def _settle(self, errand: Errand, problem: BaseException | None) -> None:
        done = False
        try:
            if isinstance(problem, EngineError):
                done = await self._settling.failed(errand, problem)
            elif problem is None:
                done = await self._settling.arrived(errand)
            elif not isinstance(problem, (Interrupted, asyncio.CancelledError)):
                logger.error("%s failed: %s: %s", errand.url, type(problem).__name__, problem)
        except ArchiveFull as full:
            if not self.stopping.is_set():
                self.failure = full
                self.stopping.set()
        except Exception as bug:
            logger.exception("%s failed: %s", errand.url, bug)
        finally:
            await self._close(errand, done)

    async def _close(self, errand: Errand, done: bool) -> None:
        self._errands -= 1
        self._in_hand.discard(errand.url)
        if errand.picture is not None:
            self._rest(self._pictures, errand.picture.picture_id, done)
        elif errand.following is not None:
            self._rest(self._following, errand.following.page_id, done)
        visit = errand.visit
        if visit is not None:
            visit.pending -= 1
            if not visit.pending and not self.stopping.is_set():
                await self._end(visit)

    def _rest(self, resting: dict[int, float], number: int, done: bool) -> None:
        """What is done does not come again; with `once` nothing is tried twice."""
        if done and not self.once:
            resting.pop(number, None)
        else:
            resting[number] = asyncio.get_running_loop().time() + REST

    async def _end(self, visit: Visit) -> None:
        await self.clerk.ask(
            self.clerk.desk.end_visit,
            visit.source.visit_id,
            found=visit.found,
            error=visit.error,
            retry_after=visit.retry_after,
        )
        logger.info(
            "visited %s: %d found, %d kept, %d refused%s",
            visit.source.url,
            visit.found,
            visit.kept,
            visit.refused,
            f"; {visit.error}" if visit.error else "",
        )

    async def _opened(self, errand: Errand) -> Request:
        assert errand.visit is not None
        logger.info("visiting %s", errand.url)
        errand.etag, errand.last_modified = await self.clerk.ask(self.clerk.desk.validators, errand.url) or (None, None)
        return self._request(errand)

    async def _due_pictures(self) -> list[Errand]:
        now = asyncio.get_running_loop().time()
        if not self.once:
            self._pictures = {number: until for number, until in self._pictures.items() if until > now}
        due = await self.clerk.ask(self.clerk.desk.due_pictures, MAX_PICTURES) or ()
        fresh = [picture for picture in due if picture.picture_id not in self._pictures]
        for picture in fresh:
            self._pictures[picture.picture_id] = float("inf")
        return [picture_errand(picture) for picture in fresh]

    async def _due_pages(self) -> list[Errand]:
        """Pages on which articles go on: asked conditionally, each once however many articles name it."""
        now = asyncio.get_running_loop().time()
        if not self.once:
            self._following = {number: until for number, until in self._following.items() if until > now}
        errands: list[Errand] = []
        for page in await self.clerk.ask(self.clerk.desk.due_pages, MAX_FOLLOWING) or ():
            if page.page_id in self._following or page.url in self._in_hand | {errand.url for errand in errands}:
                continue
            self._following[page.page_id] = float("inf")
            errand = following_errand(page)
            known = await self.clerk.ask(self.clerk.desk.validators, page.url)
            errand.etag, errand.last_modified = known or (None, None)
            errands.append(errand)
        return errands

    def _send(self, errands: Iterable[Errand]) -> None:
        """Send more errands of a visit that is under way; addresses already in hand are left out."""
        assert self.crawler.engine is not None
        for errand in errands:
            if errand.kind is CaptureKind.PAGE and errand.url in self._in_hand:
                continue
            self.crawler.engine.crawl(self._request(errand))

    def _request(self, errand: Errand) -> Request:
        self._errands += 1
        self._in_hand.add(errand.url)
        if errand.visit is not None:
            errand.visit.pending += 1
        address, slot = _readable(errand.url)
        return Request(
            address,
            callback=self.arrived,
            errback=self.failed,
            dont_filter=True,
            meta={"errand": errand, "download_slot": slot},
        )

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)


def _readable(url: str) -> tuple[str, str]:
    """An address that Scrapy takes, and its slot. The handler goes by the errand, and refuses what is no address."""
    try:
        target = parse_url(url)
    except EngineError:
        return "http://unreadable.invalid/", "unreadable"
    return target.url, f"{target.host}:{target.port}"
