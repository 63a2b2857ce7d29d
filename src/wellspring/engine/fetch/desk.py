"""What the crawler asks of whoever keeps its books: which sources are due, what is wanted, where responses go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from wellspring.engine.errors import EngineError
from wellspring.engine.records import CaptureKind, FetchedResponse, FoundPage, RobotsVerdict, SourceKind


@dataclass(frozen=True, slots=True)
class DueSource:
    """A source to be visited now; its visit is already open."""

    id: int
    url: str
    kind: SourceKind
    pattern: str
    """Regular expression that a report's address must match; empty: all."""
    delay: float | None
    """Seconds between requests to its site; None: the installation's own."""
    visit_id: int


@dataclass(frozen=True, slots=True)
class DuePicture:
    """A picture of a report that is not kept yet."""

    picture_id: int
    url: str
    source_id: int | None
    delay: float | None


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page on which an article goes on and that is not kept yet."""

    page_id: int
    url: str
    source_id: int | None
    delay: float | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages among the found ones are to be fetched, each kind in the order found."""

    new: Sequence[FoundPage] = ()
    """Not captured yet."""
    updated: Sequence[FoundPage] = ()
    """Captured, and updated since if their source is right."""


class CrawlDesk(Protocol):
    """Every method blocks and writes durably before it returns; the crawler calls it in a worker thread only."""

    def due_sources(self) -> Sequence[DueSource]:
        """Sources whose time has come, a visit opened for each; no other crawler gets the same ones."""
        ...

    def wanted(self, source_id: int, found: Sequence[FoundPage]) -> Wanted:
        """Those not captured yet, and those updated since; without those lately refused."""
        ...

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last capture under this address."""
        ...

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
        """Put a response into the archive; the id of its capture. Raises ArchiveError, ArchiveFull."""
        ...

    def refuse(
        self,
        url: str,
        error: EngineError,
        *,
        source_id: int | None,
        visit_id: int | None,
        picture_id: int | None = None,
    ) -> None:
        """Note that an address was not captured, and why."""
        ...

    def due_pictures(self, limit: int) -> Sequence[DuePicture]:
        """Pictures still to be fetched, the oldest first. The same ones come again until kept or refused."""
        ...

    def due_pages(self, limit: int) -> Sequence[DuePage]:
        """Pages on which articles go on, the oldest first. The same ones come again until kept or refused."""
        ...

    def end_visit(
        self, visit_id: int, *, found: int, error: EngineError | None = None, retry_after: float | None = None
    ) -> None:
        """Close a visit. `retry_after`: seconds that the site asked to be left alone."""
        ...
