"""The order of the rules: from the bytes of a page to its news record."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from wellspring.engine.errors import NeedsJavaScript
from wellspring.engine.records import Evidence, NewsRecord, PageKind

from .blocks import Body, build_body, lines_of
from .body import find_place
from .decode import utf8_page
from .dom import Page
from .embedded import embedded_body
from .intake import refuse_what_is_no_page
from .metadata import read_metadata
from .pagekind import kind_of
from .paging import find_paging
from .people import find_authors, find_editor
from .source import find_reprint, find_source
from .times import BEIJING, find_time
from .title import Title, find_title, without_site
from .toil import lightened
from .walk import read_page
from .zone import zone_of

VERSION = 1
"""Raised whenever the rules change what they find, so that records of older rules are made anew."""

_LITTLE = 200
"""With fewer characters of visible text the page's data is looked into."""

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_KANA = re.compile(r"[\u3040-\u30ff]")


def extract(content: bytes, *, url: str | None = None, content_type: str | None = None) -> NewsRecord:
    """The news record of a page.

    `content` is the page as received, without content coding; `url` its address (pictures become absolute with it);
    `content_type` the HTTP header, whose charset is one witness among others. What the page does not say is None or
    empty. Raises ExtractError: EmptyPage, NotHtml, NeedsJavaScript, PageTooComplex.
    """
    refuse_what_is_no_page(content)
    markup, encoding = utf8_page(content, content_type)
    page = read_page(lightened(markup))
    address = url or _own_address(page)
    page.base = _joined(address, page.base)
    metadata = read_metadata(page)
    place = find_place(page)
    body = Body()
    evidence: dict[str, Evidence] = {}
    numbers = lines_of(page, place.element) if place else []
    title = find_title(page, metadata, numbers[0] if numbers else None)
    if place is not None:
        body = build_body(page, numbers, title.text if title else None)
        evidence["body"] = Evidence(place.rule, _path(place.element.marks))
    if body.characters < _LITTLE:
        inner = embedded_body(page, metadata, title.text if title else None, body.characters)
        if inner is not None:
            body.blocks, body.characters = inner[0].blocks, inner[0].characters
            evidence["body"] = Evidence("data inside the page", inner[1])
        else:
            _look_into_hidden(page, title, body, evidence)
    if body.characters < 20 and _is_empty_shell(page):
        raise NeedsJavaScript()
    if title:
        evidence["title"] = Evidence(title.rule, title.origin[:200])
    line = title.line if title else None
    time = find_time(page, metadata, line, body.first, body.last)
    if time:
        evidence["published_at"] = Evidence(time.rule, time.origin[:200])
    zone = zone_of(page, line, body.numbers)
    source, reprint = find_source(page, metadata, zone), find_reprint(zone)
    authors, editor = find_authors(metadata, zone), find_editor(metadata, zone)
    for name, found in (("source_name", source), ("reprinted_from", reprint), ("authors", authors), ("editor", editor)):
        if found:
            evidence[name] = Evidence(found.rule, found.origin[:200])
    language = _language(page, body)
    column = metadata.columns[0][0] if metadata.columns else None
    kind = kind_of(page, body, stated=metadata.is_article, titled=title is not None, dated=time is not None)
    paging = None
    if kind is not PageKind.LIST and body.first is not None and body.last is not None:
        paging = find_paging(page, address, (body.first, body.last), markup)
    if paging:
        evidence["next_page" if paging.next else "page_number"] = Evidence(paging.rule, paging.origin[:200])
    return NewsRecord(
        kind=kind,
        encoding=encoding,
        url=address,
        title=title.text if title else (without_site(page.title) or None),
        published_at=_local(time.at, language) if time else None,
        published_precision=time.precision if time else None,
        source_name=source.name if source else None,
        authors=authors.names if authors else (),
        editor=editor.names[0] if editor else None,
        reprinted_from=reprint.name if reprint else None,
        column_name=column if column and len(column) <= 30 else None,
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


def _language(page: Page, body: Body) -> str | None:
    sample = " ".join(block.text for block in body.blocks[:12])[:1500]
    if len(sample) < 20:
        return page.language.partition("-")[0].lower()[:10] or None
    if _KANA.search(sample) and len(_KANA.findall(sample)) * 12 > len(sample):
        return "ja"
    if sum(map(len, _HAN.findall(sample))) * 5 > len(sample):
        return "zh"
    if sample.isascii() or sum(char < "\u0250" for char in sample) > 0.9 * len(sample):
        return page.language.partition("-")[0].lower()[:10] or "en"
    return page.language.partition("-")[0].lower()[:10] or None
