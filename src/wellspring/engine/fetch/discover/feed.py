"""Reports that a feed announces: RSS 0.9x, 1.0, 2.0, Atom, JSON Feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.fetch.discover.document import MOST, Discovery, Document, chosen, plain, web_address
from wellspring.engine.fetch.discover.stamps import feed_time
from wellspring.engine.fetch.discover.xml import elements, local_name, text_of
from wellspring.engine.records import FoundPage, SourceKind

_TIMES = ("updated", "modified", "pubDate", "published", "issued", "date")
"""From the one that tells most of a change to the one that tells least."""


def read_feed(document: Document) -> Discovery:
    """The entries of an RSS or Atom feed; one without a web address is left out. Broken XML is read as far as it goes.

    Raises DiscoveryError where it is no feed after all. A feed without entries is fine: nothing was announced.
    """
    pages: list[FoundPage] = []
    name: str | None = None
    begun = False
    for element in elements(document, ("item", "entry", "title", "channel", "feed")):
        kind = local_name(element)
        parent = element.getparent()
        begun = True
        if kind == "title":
            if name is None and parent is not None and local_name(parent) in ("channel", "feed"):
                name = _told(text_of(element))
        elif kind in ("item", "entry"):
            url = _address(element, document)
            if url:
                pages.append(FoundPage(url, _title(element), _time(element)))
            element.clear()
    if not begun:
        raise DiscoveryError(marked("%(url)s begins like a feed but cannot be read as one."), url=document.url)
    return Discovery(SourceKind.FEED, chosen(pages), name=name)


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
    for item in items[:MOST]:
        if not isinstance(item, dict):
            continue
        url = web_address(_text(item.get("url")) or _text(item.get("id")), document.url)
        if url:
            stamp = _text(item.get("date_modified")) or _text(item.get("date_published"))
            pages.append(FoundPage(url, _told(item.get("title")), feed_time(stamp)))
    return Discovery(SourceKind.FEED, chosen(pages), name=_told(tree.get("title")))


def _address(entry: etree._Element, document: Document) -> str | None:
    base = urljoin(document.url, entry.base or "")
    candidates: list[tuple[int, str]] = []
    for child in _children(entry, "link"):
        if href := child.get("href"):
            rel = child.get("rel", "alternate")
            if rel == "alternate":
                candidates.append((0 if "html" in child.get("type", "html") else 1, href))
        elif child.text and child.text.strip():
            candidates.append((0, child.text))
    for child in _children(entry, "guid"):
        is_link = child.get("isPermaLink", "true").lower() != "false"
        if is_link and child.text and re.match(r"\s*https?://", child.text):
            candidates.append((2, child.text))
    for _rank, href in sorted(candidates, key=lambda candidate: candidate[0]):
        if url := web_address(href, base):
            return url
    return None


def _title(entry: etree._Element) -> str | None:
    for child in _children(entry, "title"):
        # Another vocabulary (of pictures, of podcasts) has titles as well.
        if etree.QName(child).namespace == etree.QName(entry).namespace:
            return _told(text_of(child))
    return None


def _time(entry: etree._Element) -> datetime | None:
    for name in _TIMES:
        for child in _children(entry, name):
            if time := feed_time(child.text):
                return time
    return None


def _children(entry: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in entry if isinstance(child.tag, str) and local_name(child) == name)


def _told(value: object) -> str | None:
    """A title as plain text: feeds put HTML into it, escaped once or twice."""
    text = _text(value) or ""
    text = re.sub(r"<[^<>]{0,500}>", "", text)
    return plain(unescape(text)) or None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
