"""The crawler process: Scrapy on an asyncio loop, everything of Scrapy's own that is not wanted switched off."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import Settings

from wellspring.engine.fetch.desk import CrawlDesk
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.spider import ReportSpider

logger = logging.getLogger("wellspring.crawler")

_HANDLER = "wellspring.engine.fetch.handler.WireHandler"
SCRAPY_SETTINGS: dict[str, Any] = {
    "TWISTED_REACTOR_ENABLED": False,
    "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER, "data": None, "file": None, "s3": None, "ftp": None},
    # Robots, redirects, retries, cookies, proxies and decompression are ours, below the handler.
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "SPIDER_MIDDLEWARES_BASE": {},
    "EXTENSIONS_BASE": {},
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    # One request at a time per slot, a slot per site; no limit on sites, so that a slow one never holds up another.
    "CONCURRENT_REQUESTS": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    # The delays are ours too (`sites`). Without any here, Scrapy 2.19 empties a slot's queue before the first download
    # has begun, and its one at a time does not hold; a millisecond is enough.
    "DOWNLOAD_DELAY": 0.001,
    "DOWNLOAD_DELAY_JITTER": 0,
    "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 64 * 1024 * 1024,
    "STATS_DUMP": False,
}


def run_crawler(desk: CrawlDesk, settings: FetchSettings, *, once: bool) -> None:
    """Crawl what the desk gives until SIGINT or SIGTERM; with `once` until what was due is done.

    Every call to the desk is made in one worker thread. Raises ArchiveFull (only with `once`).
    """
    asyncio.run(_crawl(desk, settings, once=once))


async def _crawl(desk: CrawlDesk, settings: FetchSettings, *, once: bool) -> None:
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    crawler = Crawler(ReportSpider, Settings(SCRAPY_SETTINGS))
    running = asyncio.ensure_future(crawler.crawl_async(desk=desk, fetch_settings=settings, once=once))
    await asyncio.sleep(0)
    spider = crawler.spider
    assert isinstance(spider, ReportSpider)
    _on_signals(spider)
    stopping = asyncio.ensure_future(spider.stopping.wait())
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            await crawler.stop_async()
        await running
    finally:
        stopping.cancel()
        await spider.finish()
    if spider.failure is not None:
        raise spider.failure


def _on_signals(spider: ReportSpider) -> None:
    def stop(name: str) -> None:
        logger.info("%s: stopping", name)
        spider.stopping.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(RuntimeError, ValueError, NotImplementedError):  # not in the main thread
            loop.add_signal_handler(number, stop, number.name)
