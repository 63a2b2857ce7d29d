"""The library's side of crawling: its desk at which the crawler asks and delivers, and what a fetch is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.models import F

from wellspring.core.lifelocks import LifeLock
from wellspring.engine.errors import EngineError
from wellspring.engine.extract import may_go_on
from wellspring.engine.fetch.desk import DuePage, DuePicture, DueSource, Wanted
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.records import CaptureKind, FetchedResponse, FoundPage, RobotsVerdict, SourceKind
from wellspring.library.archive import kept_content
from wellspring.library.models import Capture, Visit
from wellspring.library.queries import crawling as books
from wellspring.library.services.articles import fetched_meanwhile, is_page_of_an_article, note_missing_page
from wellspring.library.services.captures import record_capture
from wellspring.library.services.pictures import fill_picture
from wellspring.library.services.readings import read_capture
from wellspring.library.services.refusals import record_refusal, settle_refusals
from wellspring.library.services.visits import claim_due_sources, close_dead_visits, close_visit, make_due

log = logging.getLogger("wellspring.crawler")

P = ParamSpec("P")
R = TypeVar("R")


def fetch_settings() -> FetchSettings:
    """What every fetch of this installation is told, from the environment."""
    told: FetchSettings = settings.ENVIRONMENT.fetch_settings()
    return told


def _in_worker(method: Callable[Concatenate[LibraryDesk, P], R]) -> Callable[Concatenate[LibraryDesk, P], R]:
    """Give back connections that went stale while the crawler waited for the network."""

    @wraps(method)
    def wrapped(self: LibraryDesk, *args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            close_old_connections()
        return method(self, *args, **kwargs)

    return wrapped


def _may_be_one_of_several(response: FetchedResponse) -> bool:
    """Whether a page looks as if its article had others, which are to be fetched in the same visit."""
    if response.status == 304 or is_page_of_an_article(response.url):
        return True
    try:
        return response.status == 200 and may_go_on(kept_content(response))
    except EngineError:
        return False


def _read_now(capture: Capture) -> None:
    """Read a page without waiting for the worker, who takes it up where that fails."""
    try:
        read_capture(capture.pk)
    except Exception as problem:  # noqa: BLE001  (the crawler goes on; the task to read the page is in the queue)
        log.warning("capture %s is left to the worker: %s: %s", capture.pk, type(problem).__name__, problem)


class LibraryDesk:
    """A `CrawlDesk` on the library's tables.

    It holds a lock file for as long as it lives. Whoever opens a desk later on this host finds the locks of dead
    crawlers free, closes the visits they left open and makes their sources due again: that is how a crawl resumes.
    """

    def __init__(self, *, only_source: int | None = None, locks: Path | None = None) -> None:
        """`only_source`: visit this source alone, and the first time at once."""
        self._only = only_source
        self._lock = LifeLock(locks or settings.ENVIRONMENT.data / "crawlers")
        self.name = self._lock.name
        close_dead_visits(host=self._lock.home, alive=self._lock.alive())
        if only_source is not None:
            make_due(only_source)

    def close(self) -> None:
        """Let go of the lock; open visits count as interrupted from now on."""
        self._lock.close()

    @_in_worker
    def due_sources(self) -> Sequence[DueSource]:
        return [
            DueSource(
                id=visit.source.pk,
                url=visit.source.url,
                kind=SourceKind(visit.source.kind),
                pattern=visit.source.pattern,
                delay=visit.source.delay_seconds,
                visit_id=visit.pk,
            )
            for visit in claim_due_sources(crawler=self.name, only=self._only)
        ]

    @_in_worker
    def wanted(self, source_id: int, found: Sequence[FoundPage]) -> Wanted:
        return books.wanted_pages(found)

    @_in_worker
    def validators(self, url: str) -> tuple[str | None, str | None]:
        return books.validators(url)

    @_in_worker
    def keep(
        self,
        response: FetchedResponse,
        *,
        kind: CaptureKind,
        source_id: int | None,
        visit_id: int | None,
        requested_url: str,
        verdict: RobotsVerdict | None,
        picture_id: int | None = None,
    ) -> int:
        capture = record_capture(
            response,
            kind=kind,
            source_id=source_id,
            visit_id=visit_id,
            requested_url=requested_url,
            verdict=verdict,
        )
        if response.status == 200:
            settle_refusals({requested_url, response.url})
        if picture_id is not None:
            fill_picture(picture_id, capture)
        elif kind is CaptureKind.PAGE and visit_id is not None:
            # The number while the visit goes on; closing counts again.
            Visit.objects.filter(pk=visit_id).update(captured=F("captured") + 1)
        if kind is CaptureKind.PAGE and _may_be_one_of_several(response):
            _read_now(capture)
        return capture.pk

    @_in_worker
    def refuse(
        self,
        url: str,
        error: EngineError,
        *,
        source_id: int | None,
        visit_id: int | None,
        picture_id: int | None = None,
    ) -> None:
        refusal = record_refusal(url, error, source_id=source_id, visit_id=visit_id, picture_id=picture_id)
        note_missing_page(url, error, times=refusal.times)

    @_in_worker
    def due_pictures(self, limit: int) -> Sequence[DuePicture]:
        """As asked for; a picture whose address was kept lately for another report is taken from there unasked."""
        pictures = list(books.pictures_to_fetch(limit))
        kept = books.kept_pictures([picture.url for picture in pictures])
        due = []
        for picture in pictures:
            if picture.url in kept:
                fill_picture(picture.pk, kept[picture.url])
                continue
            source = picture.snapshot.source
            due.append(
                DuePicture(
                    picture.pk, picture.url, source.pk if source else None, source.delay_seconds if source else None
                )
            )
        return due

    @_in_worker
    def due_pages(self, limit: int) -> Sequence[DuePage]:
        """As asked for; a page that was captured meanwhile for another reason is joined to its article unasked."""
        pages = list(books.pages_to_fetch(limit))
        done = fetched_meanwhile(pages)
        due = []
        for page in pages:
            if page.pk not in done:
                source = page.first.source
                due.append(
                    DuePage(page.pk, page.url, source.pk if source else None, source.delay_seconds if source else None)
                )
        return due

    @_in_worker
    def end_visit(
        self, visit_id: int, *, found: int, error: EngineError | None = None, retry_after: float | None = None
    ) -> None:
        close_visit(visit_id, found=found, error=error, retry_after=retry_after)
