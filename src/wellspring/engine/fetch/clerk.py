"""The crawler's side of the desk: every call in the one worker thread, failures logged, a full disk waited out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from wellspring.engine.errors import ArchiveFull, EngineError
from wellspring.engine.fetch.desk import CrawlDesk
from wellspring.engine.fetch.errands import Errand
from wellspring.engine.fetch.follow import Part, Step
from wellspring.engine.records import CaptureKind

P = ParamSpec("P")
R = TypeVar("R")
logger = logging.getLogger("wellspring.crawler")

FULL_PAUSE = 30.0
"""Seconds before a capture is tried again on a full disk."""


class Clerk:
    """Talks to the desk. Belongs to one event loop.

    `room` is set while there is room on the disk; nothing is fetched while it is not. With `patient` false, and once
    `stopping` is set, ArchiveFull goes on to the caller.
    """

    def __init__(self, desk: CrawlDesk, *, patient: bool, stopping: asyncio.Event) -> None:
        self.desk = desk
        self._stopping = stopping
        self.room = asyncio.Event()
        self.room.set()
        self._patient = patient
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the desk in its thread; its exception goes to the caller."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(function, *args, **kwargs))

    async def ask(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Call the desk; None where it failed, which is logged, so that one failure does not stop the crawl."""
        try:
            return await self.call(function, *args, **kwargs)
        except ArchiveFull:
            raise
        except Exception as problem:  # noqa: BLE001  (whatever the desk is made of, the crawler goes on)
            name = getattr(function, "__name__", "call")
            logger.error("the desk failed at %s: %s: %s", name, type(problem).__name__, problem)
            return None

    async def keep(self, step: Step, kind: CaptureKind, errand: Errand) -> int | None:
        """Archive one response of an errand; the capture's id, None where the desk failed.

        Waits while the disk is full. Raises ArchiveFull where this clerk is not patient or is stopping.
        """
        while True:
            try:
                number = await self.ask(
                    self.desk.keep,
                    step.response,
                    kind=kind,
                    source_id=errand.source_id,
                    visit_id=errand.visit_id,
                    requested_url=step.requested_url,
                    verdict=step.verdict,
                    picture_id=errand.picture_id if step.part is Part.END else None,
                )
            except ArchiveFull as full:
                if not self._patient or self._stopping.is_set():
                    raise
                if self.room.is_set():
                    logger.error("%s", full)
                    self.room.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), FULL_PAUSE)
                continue
            if not self.room.is_set():
                logger.info("there is room on the disk again, captures go on")
                self.room.set()
            return number

    async def refuse(self, errand: Errand, error: EngineError) -> None:
        """Note why an errand's address was not captured."""
        await self.ask(
            self.desk.refuse,
            errand.url,
            error,
            source_id=errand.source_id,
            visit_id=errand.visit_id,
            picture_id=errand.picture_id,
        )

    def close(self) -> None:
        """End the thread; calls not begun yet are dropped."""
        self._thread.shutdown(wait=True, cancel_futures=True)
