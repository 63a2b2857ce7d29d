"""What the crawler is sent for: one errand per address, and the visits that errands belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from wellspring.engine.errors import EngineError
from wellspring.engine.fetch.desk import DuePage, DuePicture, DueSource
from wellspring.engine.fetch.follow import Step
from wellspring.engine.fetch.urls import parse_url
from wellspring.engine.records import CaptureKind, SourceKind

MAX_DEPTH = 3
"""Sitemaps of sitemaps of sitemaps, and no further."""
MAX_SITEMAPS = 50
"""Nested sitemaps of one visit."""
MAX_PAGES = 1000
"""Pages fetched in one visit; the others are still wanted on the next."""

_CAPTURE_KINDS = {
    SourceKind.FEED: CaptureKind.FEED,
    SourceKind.SITEMAP: CaptureKind.SITEMAP,
    SourceKind.LIST: CaptureKind.LIST,
}


@dataclass(eq=False, slots=True)
class Visit:
    """A visit that is under way."""

    source: DueSource
    pending: int = 0
    """Errands not yet settled; the visit ends when there are none."""
    found: int = 0
    asked: int = 0
    """Pages that errands were sent for."""
    kept: int = 0
    refused: int = 0
    error: EngineError | None = None
    retry_after: float | None = None
    sitemaps: set[str] = field(default_factory=set)
    sitemaps_left: bool = False
    """There are more nested sitemaps than one visit reads."""

    def unseen_sitemaps(self, addresses: tuple[str, ...], depth: int) -> list[str]:
        """Those of the nested sitemaps that are to be read, within depth and number, each once."""
        fresh: list[str] = []
        for address in addresses if depth <= MAX_DEPTH else ():
            try:
                url = parse_url(address).url
            except EngineError:
                continue
            if url not in self.sitemaps:
                if len(self.sitemaps) > MAX_SITEMAPS:
                    self.sitemaps_left = True
                    break
                self.sitemaps.add(url)
                fresh.append(url)
        return fresh


@dataclass(eq=False, slots=True)
class Errand:
    """One address to fetch, why, and what came of it so far."""

    url: str
    kind: CaptureKind
    delay: float | None
    visit: Visit | None = None
    picture: DuePicture | None = None
    following: DuePage | None = None
    """The page of an article that it is for, where no source's list names it."""
    depth: int = 0
    """Of a nested sitemap; the source's own is 0."""
    etag: str | None = None
    last_modified: str | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def source_id(self) -> int | None:
        if self.visit is not None:
            return self.visit.source.id
        due = self.picture or self.following
        return due.source_id if due is not None else None

    @property
    def visit_id(self) -> int | None:
        return self.visit.source.visit_id if self.visit is not None else None

    @property
    def picture_id(self) -> int | None:
        return self.picture.picture_id if self.picture is not None else None


def source_errand(source: DueSource) -> Errand:
    """The errand that opens a visit."""
    visit = Visit(source)
    visit.sitemaps.add(source.url)
    return Errand(source.url, _CAPTURE_KINDS[source.kind], source.delay, visit)


def nested_errand(parent: Errand, url: str) -> Errand:
    """A sitemap that another one lists."""
    return Errand(url, CaptureKind.SITEMAP, parent.delay, parent.visit, depth=parent.depth + 1)


def page_errand(visit: Visit, url: str) -> Errand:
    return Errand(url, CaptureKind.PAGE, visit.source.delay, visit)


def picture_errand(picture: DuePicture) -> Errand:
    return Errand(picture.url, CaptureKind.PICTURE, picture.delay, picture=picture)


def following_errand(page: DuePage) -> Errand:
    """A page on which an article goes on."""
    return Errand(page.url, CaptureKind.PAGE, page.delay, following=page)
