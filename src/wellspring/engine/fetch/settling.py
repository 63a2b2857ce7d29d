"""Settling an errand: what came is archived, what is wrong is noted, what it points to is sent for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from wellspring.engine.errors import (
    DiscoveryError,
    EngineError,
    FetchError,
    MoreLeft,
    SiteResting,
    marked,
)
from wellspring.engine.fetch.clerk import Clerk
from wellspring.engine.fetch.content import decoded_payload, page_problem
from wellspring.engine.fetch.discover import Discovery, discover, narrowed, newest_first
from wellspring.engine.fetch.errands import (
    MAX_DEPTH,
    MAX_PAGES,
    MAX_SITEMAPS,
    Errand,
    Visit,
    nested_errand,
    page_errand,
)
from wellspring.engine.fetch.follow import Part, Step
from wellspring.engine.fetch.pictures import picture_problem
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.records import CaptureKind, FetchedResponse, FoundPage, SourceKind

logger = logging.getLogger("wellspring.crawler")

Send = Callable[[Iterable[Errand]], None]

ASKED_AT_ONCE = 2000
"""Pages that the desk is asked about in one call: between two calls it can do something else."""

OTHER_KIND = marked(
    "%(url)s was a %(expected)s and now answers with a %(found)s. Look at the address and add the source anew."
)
SITEMAPS_LEFT = marked(
    "%(url)s lists more sitemaps than one visit reads (%(limit)s). The newest are read, or the first where they have "
    "no date. Add those that you need as sources of their own."
)
TOO_DEEP = marked(
    "%(url)s is a sitemap of sitemaps below %(limit)s others; what it lists is not read. "
    "Add the sitemaps in it that you need as sources of their own."
)
NOT_KEPT = marked("%(url)s was fetched but could not be put into the library. It is tried again on the next visit.")


class Settling:
    """Settles errands with the desk and sends those that follow from them."""

    def __init__(self, clerk: Clerk, settings: FetchSettings, send: Send) -> None:
        self._clerk = clerk
        self._settings = settings
        self._send = send

    async def failed(self, errand: Errand, error: EngineError) -> bool:
        """An errand ended on the way. Whether the desk knows what became of it."""
        await self._keep_way(errand)
        if isinstance(error, SiteResting):
            _blame(errand.visit, error)
            if errand.visit is not None:
                errand.visit.retry_after = _seconds(error)
            logger.info("%s", error)
            return False
        await self._refuse(errand, error)
        return True

    async def arrived(self, errand: Errand) -> bool:
        """An errand reached its end. Whether the desk knows what became of it."""
        await self._keep_way(errand)
        end = errand.steps[-1]
        if errand.kind is CaptureKind.PICTURE:
            return await self._picture(errand, end)
        kept = await self._clerk.keep(end, errand.kind, errand)
        if kept is None:
            _blame(errand.visit, FetchError(NOT_KEPT, url=end.response.url))
            return False
        if end.response.status == 304:
            return True
        problem: EngineError | None = page_problem(end.response)
        content = b""
        if problem is None:
            try:
                content = await self._content(end.response)
            except EngineError as refused:
                problem = refused
        if problem is not None:
            await self._refuse(errand, problem)
        elif errand.kind is CaptureKind.PAGE:
            if errand.visit is not None:
                errand.visit.kept += 1
            logger.info("kept %s (%d bytes)", end.response.url, len(end.response.payload))
        elif errand.visit is not None:
            await self._list(errand, errand.visit, end.response, content)
        return True

    async def _keep_way(self, errand: Errand) -> None:
        for step in errand.steps:
            if step.part is Part.ROBOTS:
                await self._clerk.keep(step, CaptureKind.ROBOTS, errand)
            elif step.part is Part.REDIRECT:
                await self._clerk.keep(step, CaptureKind.REDIRECT, errand)

    async def _picture(self, errand: Errand, end: Step) -> bool:
        try:
            problem = picture_problem(end.response, await self._content(end.response))
        except EngineError as refused:
            problem = refused
        if problem is not None:
            await self._refuse(errand, problem)
            return True
        kept = await self._clerk.keep(end, CaptureKind.PICTURE, errand)
        if kept is not None:
            logger.info("kept picture %s (%d bytes)", end.response.url, len(end.response.payload))
        return kept is not None

    async def _list(self, errand: Errand, visit: Visit, response: FetchedResponse, content: bytes) -> None:
        """Read a feed, sitemap or list page and send for what is new."""
        try:
            saved = None if errand.depth else visit.source.kind
            discovery = await asyncio.to_thread(discover, response, content, saved=saved)
            _check_kind(errand, visit, discovery)
            pages = await asyncio.to_thread(narrowed, discovery.pages, visit.source.pattern)
        except EngineError as problem:
            await self._refuse(errand, problem)
            return
        if discovery.nested and errand.depth >= MAX_DEPTH:
            await self._refuse(errand, DiscoveryError(TOO_DEEP, url=errand.url, limit=MAX_DEPTH))
        nested = visit.unseen_sitemaps(discovery.nested, errand.depth + 1)
        self._send(nested_errand(errand, url) for url in nested)
        if visit.sitemaps_left:
            _blame(visit, MoreLeft(SITEMAPS_LEFT, url=visit.source.url, limit=MAX_SITEMAPS))
        visit.found += len(pages)
        fresh = await self._wanted(visit, newest_first(pages))
        room = max(0, MAX_PAGES - visit.asked)
        if len(fresh) > room:
            _blame(visit, MoreLeft(url=visit.source.url, limit=MAX_PAGES))
            del fresh[room:]
        visit.asked += len(fresh)
        logger.info("%s points to %d pages, %d to fetch", response.url, len(pages), len(fresh))
        self._send(page_errand(visit, page.url) for page in fresh)

    async def _wanted(self, visit: Visit, pages: Sequence[FoundPage]) -> list[FoundPage]:
        """The pages to fetch among the found ones, no more than show that a visit cannot fetch all.

        New ones come first: a site that calls every page updated all the time would else never get past its first ones.
        """
        room = max(0, MAX_PAGES - visit.asked)
        new: list[FoundPage] = []
        updated: list[FoundPage] = []
        for start in range(0, len(pages), ASKED_AT_ONCE):
            some = pages[start : start + ASKED_AT_ONCE]
            wanted = await self._clerk.ask(self._clerk.desk.wanted, visit.source.id, some)
            if wanted is None:
                # Unblamed, the next answer could be a “not modified” that hides these pages.
                _blame(visit, FetchError(NOT_KEPT, url=visit.source.url))
                break
            new += wanted.new
            updated += wanted.updated
            if len(new) > room:
                break
        return [*new, *updated][: room + 1]

    async def _refuse(self, errand: Errand, error: EngineError) -> None:
        logger.info("refused: %s", error)
        await self._clerk.refuse(errand, error)
        visit = errand.visit
        if visit is not None:
            visit.refused += 1
            if errand.kind is not CaptureKind.PAGE and not errand.depth:
                visit.error = error

    async def _content(self, response: FetchedResponse) -> bytes:
        """Raises TooLarge and BadResponse."""
        if response.header("content-encoding") is None:
            return response.payload
        return await asyncio.to_thread(decoded_payload, response, limit=self._settings.max_bytes)


def _check_kind(errand: Errand, visit: Visit, discovery: Discovery) -> None:
    expected = SourceKind.SITEMAP if errand.depth else visit.source.kind
    if discovery.kind is not expected:
        raise DiscoveryError(OTHER_KIND, url=errand.url, expected=expected.value, found=discovery.kind.value)


def _blame(visit: Visit | None, error: EngineError) -> None:
    """Why a visit did not reach everything; so its source is not asked conditionally next time."""
    if visit is not None and visit.error is None:
        visit.error = error


def _seconds(error: SiteResting) -> float:
    seconds = error.data.get("seconds")
    return float(seconds) if isinstance(seconds, (int, float)) else 0.0
