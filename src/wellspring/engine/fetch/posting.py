"""One message posted now to an address somebody gave, through the address guard."""

from __future__ import annotations

import asyncio

from wellspring.engine.fetch.download import Downloader
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.records import FetchedResponse


def post_now(url: str, body: bytes, *, content_type: str, settings: FetchSettings) -> FetchedResponse:
    """Post `body` once and give the answer, whatever its status; a redirect is an answer and is not followed.

    Not for use inside a running event loop. Raises FetchError subclasses.
    """

    async def go() -> FetchedResponse:
        downloader = Downloader(settings)
        try:
            return await downloader.post(url, body, content_type=content_type)
        finally:
            await downloader.aclose()

    return asyncio.run(go())
