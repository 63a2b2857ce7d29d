"""Reports that a sitemap lists: urlset, sitemap index, news sitemap, plain list of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.fetch.discover.document import Discovery, Document, chosen, newest_first, plain, web_address
from wellspring.engine.fetch.discover.stamps import feed_time
from wellspring.engine.fetch.discover.xml import MOST_ELEMENTS, elements, local_name
from wellspring.engine.records import FoundPage, SourceKind


def read_sitemap(document: Document, *, saved: bool = False) -> Discovery:
    """Pages of a urlset, or child sitemaps of an index, the newest first.

    Raises DiscoveryError where it lists none; a `saved` one may be empty, as a news sitemap is after a quiet day.
    """
    index = document.root == "sitemapindex"
    found = list(_entries(document, "sitemap" if index else "url"))
    if not found and not saved:
        raise DiscoveryError(
            marked("%(url)s begins like a sitemap but lists no addresses."), url=document.url, detail=document.root
        )
    if index:
        return Discovery(SourceKind.SITEMAP, nested=tuple(child.url for child in newest_first(chosen(found))))
    return Discovery(SourceKind.SITEMAP, chosen(found))


def is_address_list(document: Document) -> bool:
    """Every line of the beginning is a web address."""
    lines = document.text[:4000].split()[:-1] if len(document.text) > 4000 else document.text.split()
    return bool(lines) and all(re.match(r"https?://\S+$", line, re.I) for line in lines)


def read_address_list(document: Document) -> Discovery:
    """Pages of a plain-text sitemap: one address a line."""
    addresses = (web_address(line, document.url) for line in islice(document.text.split(), MOST_ELEMENTS))
    return Discovery(SourceKind.SITEMAP, chosen(FoundPage(url) for url in addresses if url))


def _entries(document: Document, tag: str) -> Iterator[FoundPage]:
    """One FoundPage an entry; read as a stream, so that a 50 MB sitemap does not become a tree in memory."""
    for element in elements(document, (tag,)):
        values: dict[str, str] = {}
        for child in element:
            if isinstance(child.tag, str):
                values.setdefault(local_name(child), (child.text or "").strip())
        url = web_address(values.get("loc"), document.url)
        title = _news(element, "title")
        time = feed_time(values.get("lastmod")) or feed_time(_news(element, "publication_date"))
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
        if url:
            yield FoundPage(url, title, time)


def _news(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{{*}}news/{{*}}{name}")
    return (plain(found.text or "") or None) if found is not None else None
