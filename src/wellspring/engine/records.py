"""The frozen records that pass between the stages: response → archived record → news record → search document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

# --- fetch ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FetchedResponse:
    """One HTTP response exactly as it came over the wire. A redirect is a response of its own."""

    url: str
    """The address that was asked and answered, normalised, without fragment."""
    status: int
    head: bytes
    """Status line and header lines as received, header case and order kept, up to and with the empty line."""
    body: bytes
    """Message body as received: transfer coding (chunks) and content coding both still on."""
    payload: bytes
    """The body without transfer coding; content coding (gzip, br, …) still on. What the payload digest is taken of."""
    received_at: datetime
    """When the last byte had arrived, UTC."""
    ip: str
    """Address of the server that answered."""
    request_head: bytes = b""
    """Request line and headers as sent."""
    redirected_from: tuple[str, ...] = ()
    """Addresses that led here by redirects, first asked first."""
    truncated: bool = False
    """Reading stopped before the end of the body: only robots.txt is cut, everything else is refused when too large."""

    def header(self, name: str) -> str | None:
        """First value of a header, name in any case; None if absent. Bytes are read as latin-1."""
        wanted = name.lower().encode()
        for line in self.head.split(b"\n")[1:]:
            key, colon, value = line.partition(b":")
            if colon and key.strip().lower() == wanted:
                return value.strip().decode("latin-1")
        return None


@dataclass(frozen=True, slots=True)
class RobotsVerdict:
    """What robots.txt said about one address, and by which file, so that it can be shown later."""

    allowed: bool
    robots_url: str
    reason: str
    """`allowed`, `disallowed`, `none (404)`, `unreachable (503)`, … in English, short."""
    crawl_delay: float | None = None
    digest: str | None = None
    """SHA-256 (hex) of the robots.txt payload that decided; None where there was none."""
    sitemaps: tuple[str, ...] = ()


class SourceKind(StrEnum):
    FEED = "feed"
    SITEMAP = "sitemap"
    LIST = "list"


class CaptureKind(StrEnum):
    """What a response was fetched as."""

    PAGE = "page"
    PICTURE = "picture"
    FEED = "feed"
    SITEMAP = "sitemap"
    LIST = "list"
    ROBOTS = "robots"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """An address that a feed, sitemap or list page points to."""

    url: str
    title: str | None = None
    updated_at: datetime | None = None


# --- archive --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """Where a response lies in the archive and what it hashes to."""

    file: str
    """Name of the WARC file, relative to the archive folder."""
    offset: int
    length: int
    """Bytes of the capture in the file, from `offset`: the response or revisit record and its request, compressed."""
    record_id: str
    """WARC-Record-ID, `urn:uuid:…`."""
    record_digest: str
    """SHA-256 of those `length` bytes as they lie in the file, 64 hex digits."""
    payload_digest: str
    """SHA-256 of the payload, 64 hex digits."""
    payload_length: int
    is_revisit: bool


# --- extract --------------------------------------------------------------------------------------------------------


class PageKind(StrEnum):
    ARTICLE = "article"
    LIST = "list"
    OTHER = "other"


class Precision(StrEnum):
    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class BlockType(StrEnum):
    P = "p"
    H2 = "h2"
    H3 = "h3"
    LI = "li"
    QUOTE = "quote"
    TABLE = "table"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a report's body, in reading order."""

    type: BlockType
    text: str = ""
    """Plain text; of a table its cells, tab between cells and newline between rows; empty for an image."""
    src: str | None = None
    """Absolute address of an image."""
    caption: str | None = None

    def as_json(self) -> dict[str, str]:
        pairs = {"type": self.type.value, "text": self.text, "src": self.src, "caption": self.caption}
        return {key: value for key, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: which rule found it and where."""

    rule: str
    origin: str
    """The place: a CSS-like path, a meta name or the piece of text, at most 200 characters."""


@dataclass(frozen=True, slots=True)
class NewsRecord:
    """What a page says about itself. None or empty where unknown, never guessed."""

    kind: PageKind
    encoding: str
    url: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    """With zone; +08:00 where the page gives none."""
    published_precision: Precision | None = None
    source_name: str | None = None
    """来源: the outlet that the page names, kept apart from the hosting site."""
    authors: tuple[str, ...] = ()
    editor: str | None = None
    reprinted_from: str | None = None
    column_name: str | None = None
    """The page's own column (栏目), used to file it in a channel."""
    language: str | None = None
    body: tuple[Block, ...] = ()
    page_number: int | None = None
    """Which page of its article this is, from 1; None where the article has no other."""
    next_page: str | None = None
    """Absolute address of the page on which the article goes on; of joined pages, of the one that is not there."""
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The JSON record that `wellspring extract` prints, without `path`."""
        return {
            "url": self.url,
            "title": self.title,
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "published_precision": self.published_precision.value if self.published_precision else None,
            "source_name": self.source_name,
            "authors": list(self.authors),
            "editor": self.editor,
            "reprinted_from": self.reprinted_from,
            "column_name": self.column_name,
            "language": self.language,
            "kind": self.kind.value,
            "body": [block.as_json() for block in self.body],
            "page_number": self.page_number,
            "next_page": self.next_page,
            "evidence": {name: {"rule": e.rule, "from": e.origin} for name, e in self.evidence.items()},
            "encoding": self.encoding,
        }


# --- index ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What the index is told about one thing. `kind` and `id` together are its key."""

    kind: str
    id: int
    title: str
    text: str
    dated_at: datetime
    source: str = ""
    """Outlet name; a filter."""
    channel: str = ""
    """Channel slug; a filter."""
    topics: tuple[str, ...] = ()
    """Topic slugs; a filter."""
    people: tuple[str, ...] = ()
    """Authors, searchable."""


@dataclass(frozen=True, slots=True)
class SearchFilters:
    kind: str | None = None
    channel: str | None = None
    topic: str | None = None
    source: str | None = None
    dated_from: datetime | None = None
    dated_to: datetime | None = None
    """Exclusive."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    kind: str
    id: int
    score: float


@dataclass(frozen=True, slots=True)
class SearchPage:
    hits: tuple[SearchHit, ...]
    total: int
    loose: bool = False
    """No document has all that was asked for; these have most of it."""


class Likeness(StrEnum):
    """How another report relates to this one."""

    COPY = "copy"
    """The same text (转载)."""
    SAME_EVENT = "same_event"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class RelatedHit:
    id: int
    score: float
    likeness: Likeness
    same_text: tuple[int, ...] = ()
    """Others of which this one stands for all, because they are copies of it."""
