"""Reports that a sitemap lists: urlset, sitemap index, news sitemap, plain list of addresses."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.fetch.discover.document import Discovery, Document, chosen, plain, web_address
from wellspring.engine.fetch.discover.feed import iso_time
from wellspring.engine.records import FoundPage, SourceKind

MOST_NESTED = 50
"""Child sitemaps taken from one index."""


def read_sitemap(document: Document) -> Discovery:
    """Pages of a urlset, or child sitemaps of an index. Raises DiscoveryError where it lists none."""
    index = document.root == "sitemapindex"
    found = list(_entries(document, "sitemap" if index else "url"))
    if not found:
        raise DiscoveryError(
            marked("%(url)s begins like a sitemap but lists no addresses."), url=document.url, detail=document.root
        )
    if index:
        children = chosen(found, most=MOST_NESTED)
        children = tuple(sorted(children, key=lambda child: -child.updated_at.timestamp() if child.updated_at else 0.0))
        return Discovery(SourceKind.SITEMAP, nested=tuple(child.url for child in children))
    return Discovery(SourceKind.SITEMAP, chosen(found))


def is_address_list(document: Document) -> bool:
    """Every line of the beginning is a web address."""
    lines = document.text[:4000].split()[:-1] if len(document.text) > 4000 else document.text.split()
    return bool(lines) and all(re.match(r"https?://\S+$", line, re.I) for line in lines)


def read_address_list(document: Document) -> Discovery:
    """Pages of a plain-text sitemap: one address a line."""
    addresses = (web_address(line, document.url) for line in document.text.split())
    return Discovery(SourceKind.SITEMAP, chosen(FoundPage(url) for url in addresses if url))


def _entries(document: Document, tag: str) -> Iterator[FoundPage]:
    """One FoundPage an entry; read as a stream, so that a 50 MB sitemap does not become a tree in memory."""
    text = re.sub(r"^<\?xml[^>]*\?>", "", document.text, count=1)
    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        events=("end",),
        tag=f"{{*}}{tag}",
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _event, element in events:
            values: dict[str, str] = {}
            for child in element:
                if isinstance(child.tag, str):
                    values.setdefault(etree.QName(child).localname, (child.text or "").strip())
            url = web_address(values.get("loc"), document.url)
            title = _news(element, "title")
            time = iso_time(values.get("lastmod")) or iso_time(_news(element, "publication_date"))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            if url:
                yield FoundPage(url, title, time)
    except etree.XMLSyntaxError:
        return  # what was read before the damage counts


def _news(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{{*}}news/{{*}}{name}")
    return (plain(found.text or "") or None) if found is not None else None
