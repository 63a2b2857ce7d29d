"""One page fetched now, with the whole way to it, for the shell and for adding a source."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from wellspring.engine.fetch.download import Downloader
from wellspring.engine.fetch.follow import Part, Step, follow
from wellspring.engine.fetch.robots import RobotsBook
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.records import FetchedResponse, RobotsVerdict


@dataclass(frozen=True, slots=True)
class FetchedPage:
    responses: tuple[FetchedResponse, ...]
    """The redirects, first asked first, then the page itself, whatever its status (see `content.page_problem`)."""
    verdict: RobotsVerdict
    """Of the robots.txt that let the page be fetched."""
    robots: FetchedResponse | None
    """That robots.txt; None where robots.txt is not asked or could not be fetched."""

    @property
    def page(self) -> FetchedResponse:
        return self.responses[-1]


def fetch_page(url: str, settings: FetchSettings) -> FetchedPage:
    """Fetch one address now, following its redirects. Not for use inside a running event loop.

    Raises FetchError subclasses.
    """
    steps = asyncio.run(_steps(url, settings))
    last = steps[-1]
    assert last.verdict is not None
    robots = {step.requested_url: step.response for step in steps if step.part is Part.ROBOTS}
    return FetchedPage(
        responses=tuple(step.response for step in steps if step.part is not Part.ROBOTS),
        verdict=last.verdict,
        robots=robots.get(last.verdict.robots_url),
    )


async def _steps(url: str, settings: FetchSettings) -> list[Step]:
    downloader = Downloader(settings)
    try:
        return [step async for step in follow(url, downloader=downloader, book=RobotsBook(downloader))]
    finally:
        await downloader.aclose()
