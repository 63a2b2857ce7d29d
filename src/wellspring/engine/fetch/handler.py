"""Scrapy's download handler over our own downloader: politely, hop by hop, every response kept as received."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response

from wellspring.engine.errors import ConnectionFailed, FetchError, TooSlow
from wellspring.engine.fetch.download import UNTRUSTED, Downloader
from wellspring.engine.fetch.errands import Errand
from wellspring.engine.fetch.follow import Part, follow
from wellspring.engine.fetch.robots import RobotsBook
from wellspring.engine.fetch.sites import BUSY, LONGEST_WAIT, Sites

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

RETRY_PAUSES = (2.0, 8.0)
"""Seconds before the second and the third try of an address whose connection failed; a slow one is tried twice."""


class Interrupted(Exception):
    """The crawler is being stopped; the errand is neither done nor refused."""


class WireHandler(BaseDownloadHandler):
    """Runs the errand of a request. The responses on the way stand in the errand, also when the last hop fails."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from wellspring.engine.fetch.spider import ReportSpider

        assert isinstance(crawler.spider, ReportSpider)
        self._spider = crawler.spider
        self._downloader = Downloader(self._spider.fetch_settings)
        self._sites = Sites(self._downloader)
        self._book = RobotsBook(self._sites.at_pace(), self._sites.slow_down)

    async def download_request(self, request: Request) -> Response:
        errand = request.meta["errand"]
        assert isinstance(errand, Errand)
        running = asyncio.ensure_future(self._run(errand))
        stopping = asyncio.ensure_future(self._spider.stopping.wait())
        try:
            await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                raise Interrupted
            running.result()
        finally:
            running.cancel()
            stopping.cancel()
        end = errand.steps[-1].response
        return Response(end.url, status=end.status, body=end.payload, request=request)

    async def close(self) -> None:
        await self._downloader.aclose()

    async def _run(self, errand: Errand) -> None:
        await self._spider.room.wait()
        for tries, pause in enumerate((*RETRY_PAUSES, None), 1):
            try:
                await self._follow(errand)
            except (ConnectionFailed, TooSlow) as failure:
                slow_again = isinstance(failure, TooSlow) and tries > 1
                if pause is None or slow_again or failure.message == UNTRUSTED:
                    self._sites.note_failure(_failed_url(failure, errand))
                    raise
                await asyncio.sleep(pause)
                continue
            end = errand.steps[-1].response
            if end.status not in BUSY:
                return
            rest = self._sites.resting(end.url)
            if pause is None or rest > LONGEST_WAIT:
                if errand.visit is not None:
                    errand.visit.retry_after = rest
                return

    async def _follow(self, errand: Errand) -> None:
        errand.steps = [step for step in errand.steps if step.part is Part.ROBOTS]
        pace = self._sites.at_pace(errand.delay)
        async for step in follow(
            errand.url, downloader=pace, book=self._book, etag=errand.etag, last_modified=errand.last_modified
        ):
            errand.steps.append(step)


def _failed_url(failure: FetchError, errand: Errand) -> str:
    url = failure.data.get("url")
    return url if isinstance(url, str) else errand.url
