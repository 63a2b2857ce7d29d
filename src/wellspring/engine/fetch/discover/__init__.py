"""Finding reports: what a fetched feed, sitemap or list page points to. Pure functions: bytes in, addresses out."""

from __future__ import annotations

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.fetch.discover import feed, listpage, sitemap
from wellspring.engine.fetch.discover.document import Discovery, Document, newest_first, read_document
from wellspring.engine.fetch.discover.pattern import narrowed
from wellspring.engine.records import FetchedResponse, SourceKind

__all__ = ["Discovery", "discover", "narrowed", "newest_first"]


def discover(response: FetchedResponse, content: bytes, *, saved: SourceKind | None = None) -> Discovery:
    """What the document points to. `content` is the payload without content coding.

    `saved`: its kind when somebody made it a source. A saved sitemap may be empty, and of a saved list page a single
    link that looks like a report is enough: nothing has to be told apart from a page that lists nothing.

    The kind is told from the content alone: content types are wrong too often. Pages keep the order of the document,
    each address once, without fragment, at most `document.MOST` of them (the newest where the document dates them).
    Raises DiscoveryError that says what was found instead.
    """
    document = read_document(content, url=response.url, content_type=response.header("Content-Type"))
    if document.root in {"rss", "rdf", "feed", "channel"}:
        return feed.read_feed(document)
    if document.root in {"urlset", "sitemapindex"}:
        return sitemap.read_sitemap(document, saved=saved is SourceKind.SITEMAP)
    if document.text.startswith("{"):
        return feed.read_json_feed(document)
    if sitemap.is_address_list(document):
        return sitemap.read_address_list(document)
    if _is_html(document):
        return listpage.read_list_page(document, saved=saved is SourceKind.LIST)
    if document.root:
        raise DiscoveryError(
            marked("%(url)s is XML of a kind that lists no reports (<%(root)s>). Give a feed or a sitemap."),
            url=document.url,
            root=document.root[:40],
        )
    raise DiscoveryError(
        marked("%(url)s is neither a feed, nor a sitemap, nor a web page. Give the address of one of these."),
        url=document.url,
    )


def _is_html(document: Document) -> bool:
    if document.root in {"html", "head", "body", "div", "table", "ul", "section", "main", "meta", "title", "script"}:
        return True
    start = document.text[:2000].lower()
    return "<html" in start or "<body" in start or (not document.root and "<a " in document.text.lower())
