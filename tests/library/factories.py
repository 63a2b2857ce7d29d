"""Rows for tests, each valid and telling a little story; a test states only what it is about."""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from wellspring.engine.records import CaptureKind, Precision, SourceKind
from wellspring.library.models import Capture, Channel, Picture, Reuse, Snapshot, SnapshotTopic, Source, Visit
from wellspring.topics.models import Topic

SHANGHAI = timezone(timedelta(hours=8))
NOON = datetime(2025, 3, 5, 12, 0, tzinfo=SHANGHAI)

_numbers = itertools.count(1)

BODY: tuple[Mapping[str, str], ...] = (
    {"type": "p", "text": "东篱时报讯 柳湾社区的议事亭里，居民们围坐一圈，商量楼道里的电动车往哪儿停。"},
    {"type": "h2", "text": "先听，再议"},
    {"type": "p", "text": "社工小陆把三十多条意见贴在墙上，一条一条地念。"},
)


def make_channel(slug: str = "domestic", name: str = "国内", name_en: str = "Domestic", **fields: Any) -> Channel:
    """The channel of this slug; made where it is not there yet."""
    channel, _ = Channel.objects.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en, **fields})
    return channel


def make_topic(slug: str = "sorting", name: str = "垃圾分类", name_en: str = "Waste sorting", **fields: Any) -> Topic:
    """The topic of this slug; made where it is not there yet."""
    topic, _ = Topic.objects.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en, **fields})
    return topic


def make_source(name: str | None = None, *, reuse: str = Reuse.FULL_TEXT, **fields: Any) -> Source:
    """A feed that allows full text, never due unless the test says so."""
    number = next(_numbers)
    fields.setdefault("channel", None)
    fields["channel"] = fields["channel"] or make_channel()
    fields.setdefault("url", f"https://site{number}.example.com/feed.xml")
    fields.setdefault("kind", SourceKind.FEED.value)
    return Source.objects.create(name=name or f"东篱时报 {number}", reuse=reuse, **fields)


def make_visit(source: Source | None = None, **fields: Any) -> Visit:
    return Visit.objects.create(source=source or make_source(), **fields)


def make_capture(url: str | None = None, *, payload: bytes | None = None, **fields: Any) -> Capture:
    """A page's capture row; the archive file it names is not written."""
    number = next(_numbers)
    url = url or f"https://news.example.com/{number}.html"
    payload = payload if payload is not None else f"page {number}".encode()
    defaults: dict[str, Any] = {
        "kind": CaptureKind.PAGE.value,
        "requested_url": url,
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "captured_at": NOON,
        "ip": "93.184.216.34",
        "warc_file": "test.warc.gz",
        "warc_offset": number * 1000,
        "warc_length": 900,
        "record_id": f"urn:uuid:{uuid.uuid4()}",
        "payload_digest": hashlib.sha256(payload).hexdigest(),
        "payload_length": len(payload),
    }
    given = {**defaults, **fields}
    return Capture.objects.create(url=url, **{"received_at": given["captured_at"], **given})


def make_snapshot(
    title: str | None = None,
    *,
    source: Source | None = None,
    channel: Channel | None = None,
    url: str | None = None,
    published_at: datetime | None = NOON,
    captured_at: datetime | None = None,
    body: Sequence[Mapping[str, str]] = BODY,
    topics: Iterable[Topic] = (),
    reuse: str = Reuse.FULL_TEXT,
    with_source: bool = True,
    **fields: Any,
) -> Snapshot:
    """A latest snapshot with its capture; `source` is made (with `reuse`) unless `with_source` is False."""
    number = next(_numbers)
    if source is None and with_source:
        source = make_source(reuse=reuse, **({"channel": channel} if channel else {}))
    capture = fields.pop("capture", None) or make_capture(url, source=source, captured_at=captured_at or NOON)
    text = "".join(block.get("text", "") for block in body)
    defaults: dict[str, Any] = {
        "original_url": capture.url,
        "published_precision": Precision.SECOND.value if published_at else "",
        "source_name": "东篱时报",
        "language": "zh",
        "body": [dict(block) for block in body],
        "excerpt": text[:120],
        "captured_at": capture.captured_at,
        "dated_at": published_at or capture.captured_at,
    }
    snapshot = Snapshot.objects.create(
        capture=capture,
        source=source,
        channel=channel or (source.channel if source else make_channel()),
        title=title or f"柳湾社区议事亭的第{number}次恳谈",
        published_at=published_at,
        **{**defaults, **fields},
    )
    for topic in topics:
        SnapshotTopic.objects.create(snapshot=snapshot, topic=topic, words=[topic.name])
    return snapshot


def make_picture(snapshot: Snapshot, *, position: int = 0, fetched: bool = True, **fields: Any) -> Picture:
    """A picture of a snapshot; with a capture row unless `fetched` is False."""
    url = fields.pop("url", f"https://news.example.com/{snapshot.pk}-{position}.png")
    if fetched and "capture" not in fields:
        fields["capture"] = make_capture(url, kind=CaptureKind.PICTURE.value, content_type="image/png")
    return Picture.objects.create(snapshot=snapshot, position=position, url=url, **fields)
