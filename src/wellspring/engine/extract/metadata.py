"""What the page says about itself away from its text: meta elements, JSON-LD, publishing systems' comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from .dom import Page
from .text import tidy

_TITLES: Final = ("articletitle", "og:title", "twitter:title", "headline", "dc.title", "title")
_TIMES: Final = [
    "pubdate",
    "publishdate",
    "article:published_time",
    "firstpublishedtime",
    "datepublished",
    "publish_time",
    "publishtime",
    "pubtime",
    "publish-date",
    "publish_date",
    "og:release_date",
    "og:published_time",
    "weibo:article:create_at",
    "weibo:webpage:create_at",
    "dc.date.issued",
    "dc.date",
    "dateupdate",
    "datecreated",
    "date",
    "release_date",
    "createtime",
    "sailthru.date",
    "parsely-pub-date",
]
_SOURCES: Final = ("contentsource", "source", "article:source", "mediaid", "og:source", "copyright_source", "dc.source")
_AUTHORS: Final = ("author", "article:author", "og:article:author", "byl", "dc.creator", "parsely-author", "authors")
_COLUMNS: Final = ("columnname", "catalogs", "article:section", "channel", "section", "lanmu")
_ARTICLES: Final = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "BlogPosting",
        "Posting",
        "SocialMediaPosting",
        "AnalysisNewsArticle",
        "WebPage",
    ]
)
_LONGEST: Final = 1000
"""Characters of a statement that are read."""
_NOTE_FIELD: Final = re.compile(
    r"<(title|date|sourcename|author|editor|column|nodename)>\s*(?:<!\[CDATA\[)?([^<\]]{1,300})", re.I
)


@dataclass(slots=True)
class Metadata:
    """Statements with the name of the place that makes them, the most telling places first."""

    titles: list[tuple[str, str]] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    editors: list[tuple[str, str]] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    site: str | None = None
    body: str | None = None
    """articleBody of JSON-LD."""
    is_article: bool = False


def read_metadata(page: Page) -> Metadata:
    """Collect what the head, JSON-LD and comments state."""
    found = Metadata()
    metas: dict[str, str] = {}
    for name, content in page.metas:
        metas.setdefault(name, content)
    for names, into in (
        (_TITLES, found.titles),
        (_TIMES, found.times),
        (_SOURCES, found.sources),
        (_AUTHORS, found.authors),
        (_COLUMNS, found.columns),
    ):
        into.extend((tidy(metas[name][:_LONGEST]), name) for name in names if metas.get(name))
    found.site = metas.get("og:site_name") or metas.get("sitename")
    found.is_article = metas.get("og:type", "").lower().startswith(("article", "news"))
    for note in page.notes:
        _read_note(note, found)
    for kind, node in page.scripts:
        if kind == "application/ld+json":
            page.patience.check()
            _read_linked_data(node.text() or "", found)
    return found


def _read_note(note: str, found: Metadata) -> None:
    """A comment such as `<!--enpproperty <date>…</date><author>…</author> … -->`."""
    into = {
        "title": found.titles,
        "date": found.times,
        "sourcename": found.sources,
        "author": found.authors,
        "editor": found.editors,
        "column": found.columns,
        "nodename": found.columns,
    }
    fields = _NOTE_FIELD.findall(note)
    if len({name.lower() for name, _ in fields}) >= 3:
        for name, value in fields:
            if value.strip():
                into[name.lower()].append((tidy(unescape(value)), f"comment {name.lower()}"))


def _read_linked_data(text: str, found: Metadata) -> None:
    if len(text) > 400_000:
        return
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        try:
            data = json.loads(re.sub(r",\s*([}\]])", r"\1", text.strip().rstrip(";")), strict=False)
        except (ValueError, RecursionError):
            return
    for item in _items(data):
        kinds = item.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if not any(name in _ARTICLES for name in names if isinstance(name, str)):
            continue
        if "WebPage" not in names:
            found.is_article = True
        for key, into in (("headline", found.titles), ("datePublished", found.times), ("pubDate", found.times)):
            value = item.get(key)
            if isinstance(value, str) and value.strip():
                into.append((tidy(unescape(value[:_LONGEST])), f"JSON-LD {key}"))
        for name in _names(item.get("author")):
            found.authors.append((name, "JSON-LD author"))
        for name in _names(item.get("editor")):
            found.editors.append((name, "JSON-LD editor"))
        for name in _names(item.get("sourceOrganization")):
            found.sources.append((name, "JSON-LD sourceOrganization"))
        section = item.get("articleSection")
        for column in section if isinstance(section, list) else [section]:
            if isinstance(column, str) and column.strip():
                found.columns.append((tidy(column[:_LONGEST]), "JSON-LD articleSection"))
        body = item.get("articleBody")
        if isinstance(body, str) and len(body) > 60:
            found.body = found.body or unescape(body)


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """Objects of a JSON-LD document, without recursion and not without end."""
    waiting, seen = [data], 0
    while waiting and seen < 500:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting.extend(item[:100])
        elif isinstance(item, dict):
            yield item
            waiting.extend(value for key, value in item.items() if key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _names(value: Any) -> list[str]:
    names: list[Any] = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        names.extend(name if isinstance(name, list) else [name])
    texts = [name for name in names if isinstance(name, str) and not name.startswith("http")]
    return [tidy(unescape(text)) for text in texts if 0 < len(text.strip()) <= 80]
