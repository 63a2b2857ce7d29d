"""The order of the rules: from the bytes of a page to its news record."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from wellspring.engine.errors import NeedsJavaScript
from wellspring.engine.records import Evidence, NewsRecord, PageKind

from .beside import add_what_stands_beside
from .blocks import Body, build_body
from .body import find_place
from .dates import BEIJING
from .decode import utf8_page
from .dom import Page
from .editors import find_editor
from .embedded import embedded_body
from .intake import refuse_what_is_no_page
from .metadata import Metadata, read_metadata
from .pagekind import kind_of
from .paging import find_paging, without_page_bars
from .patience import Patience
from .people import find_authors
from .source import find_reprint, find_source
from .times import find_time
from .title import Title, find_title, without_site
from .walk import read_page
from .within import lines_of
from .zone import zone_of

VERSION: Final = 2
"""Raised whenever the rules change what they find, so that records of older rules are made anew."""

_LITTLE: Final = 200
"""With fewer characters of visible text the page's data is looked into."""

_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_KANA: Final = re.compile(r"[\u3040-\u30ff]")


def extract(content: bytes, *, url: str | None = None, content_type: str | None = None) -> NewsRecord:
    """The news record of a page.

    `content` is the page as received, without content coding; `url` its address (pictures become absolute with it);
    `content_type` the HTTP header, whose charset is one witness among others. What the page does not say is None or
    empty. Raises ExtractError: EmptyPage, NotHtml, NeedsJavaScript, PageTooComplex.
    """
    refuse_what_is_no_page(content)
    markup, encoding = utf8_page(content, content_type)
    page = read_page(markup, Patience())
    address = url or _own_address(page)
    page.base = _joined(address, page.base)
    metadata = read_metadata(page)
    place = find_place(page)
    body = Body()
    evidence: dict[str, Evidence] = {}
    numbers = without_page_bars(page, lines_of(page, place.element)) if place else []
    page.patience.check()
    title = find_title(page, metadata, numbers[0] if numbers else None)
    if place is not None:
        body = build_body(page, numbers, title.text if title else None)
        if body.blocks:
            evidence["body"] = Evidence(place.rule, _path(place.element.marks))
    if body.characters < _LITTLE:
        inner = embedded_body(page, metadata, title.text if title else None, body.characters)
        if inner is not None:
            body.blocks, body.characters = inner.body.blocks, inner.body.characters
            evidence["body"] = Evidence("data inside the page", inner.origin)
            add_what_stands_beside(inner.owners, metadata)
            title = title if title and title.line is not None else find_title(page, metadata, None)
        else:
            _look_into_hidden(page, title, body, evidence)
    if not body.blocks:
        evidence.pop("body", None)
    if body.characters < 20 and _is_empty_shell(page):
        raise NeedsJavaScript()
    if title:
        evidence["title"] = Evidence(title.rule, title.origin[:200])
    elif page.title:
        evidence["title"] = Evidence("title element without the site's name", page.title[:200])
    page.patience.check()
    line = title.line if title else None
    time = find_time(page, metadata, line, body.first, body.last)
    if time:
        evidence["published_at"] = Evidence(time.rule, time.origin[:200])
    page.patience.check()
    zone = zone_of(page, line, body.numbers)
    source, reprint = find_source(page, metadata, zone), find_reprint(zone)
    authors, editor = find_authors(page, metadata, zone), find_editor(metadata, zone)
    for name, found in (("source_name", source), ("reprinted_from", reprint), ("authors", authors), ("editor", editor)):
        if found:
            evidence[name] = Evidence(found.rule, found.origin[:200])
    language, sign = _language(page, body)
    if language:
        evidence["language"] = Evidence(sign, page.language[:200])
    column, origin = _column(metadata)
    if column:
        evidence["column_name"] = Evidence("meta", origin)
    kind = kind_of(page, body, stated=metadata.is_article, titled=title is not None, dated=time is not None)
    evidence["kind"] = Evidence(kind.rule, kind.origin)
    if kind.kind is PageKind.LIST:
        # What stands by one entry of a list is not said of the page.
        time = source = reprint = authors = editor = None
        for name in ("published_at", "source_name", "reprinted_from", "authors", "editor"):
            evidence.pop(name, None)
    paging = None
    if kind.kind is not PageKind.LIST and body.first is not None and body.last is not None:
        paging = find_paging(page, address, (body.first, body.last), markup)
    if paging:
        evidence["next_page" if paging.next else "page_number"] = Evidence(paging.rule, paging.origin[:200])
    return NewsRecord(
        kind=kind.kind,
        encoding=encoding,
        url=address,
        title=title.text if title else (without_site(page.title[:1000]) or None),
        published_at=_local(time.at, language) if time else None,
        published_precision=time.precision if time else None,
        source_name=source.name if source else None,
        authors=authors.names if authors else (),
        editor=editor.names[0] if editor else None,
        reprinted_from=reprint.name if reprint else None,
        column_name=column,
        language=language,
        body=tuple(body.blocks),
        page_number=paging.number if paging else None,
        next_page=paging.next if paging else None,
        evidence=evidence,
    )


def _local(at: datetime, language: str | None) -> datetime:
    """A time stated in UTC on a Chinese page, as its readers' clocks show it."""
    return at.astimezone(BEIJING) if language == "zh" else at


def _look_into_hidden(page: Page, title: Title | None, body: Body, evidence: dict[str, Evidence]) -> None:
    """A report in an element that stays hidden until a script shows it."""
    place = find_place(page, hidden=True)
    if place is None or not place.element.hidden or place.weight < 4 * max(body.characters, 60):
        return
    found = build_body(page, lines_of(page, place.element, hidden=True), title.text if title else None)
    body.blocks, body.characters, body.numbers = found.blocks, found.characters, found.numbers
    evidence["body"] = Evidence("hidden element", _path(place.element.marks))


def _path(marks: str) -> str:
    tag, _, names = marks.partition(" ")
    return tag + "".join(f".{name}" for name in names.split())[:190]


def _own_address(page: Page) -> str | None:
    """The address that the page gives for itself, if it is absolute."""
    stated = dict(reversed(page.metas))
    for candidate in (page.canonical, stated.get("og:url")):
        if candidate and candidate.startswith(("http://", "https://")) and len(candidate) < 2000:
            return candidate
    return None


def _joined(address: str | None, base: str | None) -> str | None:
    if not base:
        return address
    try:
        joined = urljoin(address, base) if address else base
        return joined if urlsplit(joined).scheme in ("http", "https") else address
    except ValueError:
        return address


def _is_empty_shell(page: Page) -> bool:
    """Hardly any text, but scripts that would write it."""
    shown = sum(len(line.text) for line in page.lines if line.image is None and not line.element.hidden)
    return shown < 200 and bool(page.noscript or page.scripts or page.stores)


def _column(metadata: Metadata) -> tuple[str | None, str]:
    """The page's own column (栏目) and the name of the place that states it."""
    for column, origin in metadata.columns[:1]:
        if len(column) <= 30:
            return column, origin
    return None, ""


def _language(page: Page, body: Body) -> tuple[str | None, str]:
    """The language of the text, and the rule; what the page declares where the text does not tell."""
    declared = page.language.partition("-")[0].lower()[:10]
    sample = " ".join(block.text for block in body.blocks[:12])[:1500]
    if len(sample) >= 20:
        kana = len(_KANA.findall(sample))
        if kana * 12 > len(sample):
            return "ja", "kana in the text"
        if any(sum(map(len, _HAN.findall(part))) * 5 > len(sample) for part in (sample[: len(sample) // 3], sample)):
            return "zh", "Chinese characters in the text"
        if not declared and (sample.isascii() or sum(char < "\u0250" for char in sample) > 0.9 * len(sample)):
            return "en", "Latin letters in the text"
    return declared or None, "declared by the page"
