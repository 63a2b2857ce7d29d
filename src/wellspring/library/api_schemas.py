"""The shapes of the JSON API: what is asked, what is answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

MOST = 100
DEEPEST = 10_000
"""An index pages by counting: further down, narrow the dates instead."""


class Paging(Schema):
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20
    offset: Annotated[int, Field(ge=0, le=DEEPEST)] = 0


class SnapshotFilters(Paging):
    q: Annotated[str, Field(max_length=500)] = ""
    channel: Annotated[str, Field(max_length=60, description="slug of a channel")] = ""
    topic: Annotated[str, Field(max_length=60, description="slug of a topic")] = ""
    source: Annotated[str, Field(max_length=100, description="name of an outlet (来源), as snapshots name it")] = ""
    date_from: Annotated[date | None, Field(alias="from", description="first day, YYYY-MM-DD")] = None
    date_to: Annotated[date | None, Field(alias="to", description="last day, YYYY-MM-DD")] = None


class Failure(Schema):
    code: str
    message: str


class FailureAnswer(Schema):
    """Every answer that is not 200: a stable code, and a message in the reader's language."""

    error: Failure


class ChannelOut(Schema):
    slug: str
    name: str
    name_en: str


class ChannelItem(ChannelOut):
    count: int


class TopicItem(Schema):
    slug: str
    name: str
    name_en: str
    synonyms: list[str]
    count: int


class SnapshotItem(Schema):
    """A snapshot in a list."""

    id: int
    url: Annotated[str, Field(description="its page here")]
    title: str
    channel: ChannelOut
    source_name: Annotated[str | None, Field(description="来源: the outlet that the page names")]
    published_at: datetime | None
    published_precision: Annotated[str | None, Field(description="second, minute or day")]
    captured_at: datetime
    original_url: str
    reuse: Annotated[str, Field(description="full_text, excerpt, link_only or unknown: what may be shown")]
    excerpt: Annotated[str | None, Field(description="null where only a link may be shown")]


class CorrectionOut(Schema):
    """A field that the library set right; the bytes as captured are unchanged."""

    field: Annotated[str, Field(description="such as title, published_at, source_name, channel or topics")]
    now: str
    as_captured: Annotated[str | None, Field(description="what was read from the page, in words")]
    reason: str
    at: datetime


class SnapshotOut(SnapshotItem):
    """A snapshot with everything that may be shown of it."""

    authors: list[str]
    editor: str | None
    reprinted_from: str | None
    language: str | None
    topics: list[str]
    is_latest: Annotated[bool, Field(description="false where the address was captured again later")]
    corrections: Annotated[list[CorrectionOut], Field(description="what the library set right, in the open")]
    payload_sha256: Annotated[str, Field(description="digest of the bytes as received")]
    body: Annotated[
        list[dict[str, Any]] | None, Field(description="blocks in reading order; null unless full text may be shown")
    ]


class SnapshotList(Schema):
    items: list[SnapshotItem]
    count: int


class RelatedList(Schema):
    items: list[SnapshotItem]
    count: int
    copies: Annotated[list[SnapshotItem], Field(description="the same text elsewhere (转载)")]


class ChannelList(Schema):
    items: list[ChannelItem]
    count: int


class TopicList(Schema):
    items: list[TopicItem]
    count: int


class SourceItem(Schema):
    id: int
    name: str
    url: str
    kind: Annotated[str, Field(description="feed, sitemap or list")]
    channel: ChannelOut
    reuse: str
    health: Annotated[str, Field(description="well, failing, new, running or paused")]
    reports: int
    last_visit_at: datetime | None


class SourceList(Schema):
    items: list[SourceItem]
    count: int
