"""Reports that a feed announces: RSS 0.9x, 1.0, 2.0, Atom, JSON Feed."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from time import struct_time
from typing import Any

import feedparser

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.fetch.discover.document import Discovery, Document, chosen, plain, web_address
from wellspring.engine.records import FoundPage, SourceKind

CHINA = timezone(timedelta(hours=8))
_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d|\b[A-Z]{1,4})\s*(?:\([^)]*\))?\s*$", re.I)


def read_feed(document: Document) -> Discovery:
    """The entries of an RSS or Atom feed; one without a web address is left out.

    Raises DiscoveryError where it is no feed after all. A feed without entries is fine: nothing was announced.
    """
    text = re.sub(r"^<\?xml[^>]*\?>", "", document.text, count=1)
    try:
        # A stream, not a string: feedparser would open a string as an address or a file.
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-location": document.url, "content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as problem:  # feedparser lets through whatever its parsers meet in broken feeds
        raise _broken(document, type(problem).__name__) from problem
    if not parsed.get("version") and not parsed.entries:
        raise _broken(document, str(parsed.get("bozo_exception", "no entries"))[:200])
    pages = []
    for entry in parsed.entries:
        url = web_address(entry.get("link"), document.url)
        if url:
            pages.append(FoundPage(url, _plain(entry.get("title")), _entry_time(entry)))
    return Discovery(SourceKind.FEED, chosen(pages), name=_plain(parsed.feed.get("title")))


def read_json_feed(document: Document) -> Discovery:
    """The items of a JSON Feed (jsonfeed.org, versions 1 and 1.1). Raises DiscoveryError where it is none."""
    try:
        tree: Any = json.loads(document.text)
        items = tree["items"]
        known = str(tree["version"]).startswith("https://jsonfeed.org/version/") and isinstance(items, list)
    except (ValueError, KeyError, TypeError, RecursionError):
        known = False
    if not known:
        raise DiscoveryError(marked("%(url)s is JSON, but not a JSON Feed."), url=document.url)
    pages = []
    for item in items:
        if not isinstance(item, dict):
            continue
        url = web_address(_text(item.get("url")) or _text(item.get("id")), document.url)
        if url:
            stamp = _text(item.get("date_modified")) or _text(item.get("date_published"))
            pages.append(FoundPage(url, _plain(item.get("title")), iso_time(stamp)))
    return Discovery(SourceKind.FEED, chosen(pages), name=_plain(tree.get("title")))


def iso_time(stamp: str | None) -> datetime | None:
    """A W3C date or time; +08:00 where it names no zone; None where it cannot be read."""
    try:
        time = datetime.fromisoformat((stamp or "").strip())
    except ValueError:
        return None
    return sane(time if time.tzinfo else time.replace(tzinfo=CHINA))


def sane(time: datetime) -> datetime | None:
    """The time in UTC, or None where the calendar cannot hold it."""
    try:
        return time.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _entry_time(entry: Any) -> datetime | None:
    for name in ("updated", "published"):
        parsed = dict.get(entry, f"{name}_parsed")  # its own get() answers one time for the other, with a warning
        if not isinstance(parsed, struct_time):
            continue
        try:
            # feedparser answers UTC, and takes a time without a zone for UTC; here that means local Chinese time.
            zoned = _ZONE.search(str(entry.get(name, "")))
            return sane(datetime(*parsed[:6], tzinfo=UTC if zoned else CHINA))
        except (ValueError, TypeError):
            continue
    return None


def _plain(value: object) -> str | None:
    text = unescape(re.sub(r"<[^<>]{0,500}>", "", _text(value) or ""))
    return plain(text) or None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _broken(document: Document, detail: str) -> DiscoveryError:
    return DiscoveryError(
        marked("%(url)s begins like a feed but cannot be read as one: %(detail)s"), url=document.url, detail=detail
    )
