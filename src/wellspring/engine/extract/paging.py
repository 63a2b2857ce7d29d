"""The next page of the same article: by links around the report's end, their wording and the address alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final
from urllib.parse import urldefrag, urljoin

from .dom import Element, Line, Page
from .page_addresses import WHOLE, are_of_one, number_after, number_of, shows_whole
from .text import tidy
from .wording import HEADING_OF_A_LIST

_BELOW: Final = 40
"""Lines below the report that are looked at."""
_LONGEST: Final = 160
_SHORT: Final = 12
"""Characters of a line without links that can be part of a page bar."""
_NEXT: Final = re.compile(
    r"[\W_]{0,3}(?:(?:点击|继续阅读|阅读|查看|进入)?(?:下一?[页頁]|后一[页頁])(?:继续)?(?:阅读|查看)?|"
    r"next(?: page)?)[\W_]{0,3}|[>›»＞]{1,2}",
    re.I,
)
_BEFORE: Final = re.compile(
    r"[\W_]{0,3}(?:上一?[页頁]|前一[页頁]|prev(?:ious)?(?: page)?)[\W_]{0,3}|[<‹«＜]{1,2}", re.I
)
_NUMBER: Final = re.compile(r"[\W_]{0,2}(\d{1,2})[\W_]{0,2}|第\s?(\d{1,2})\s?[页頁](?:\s?[:：].{1,40})?")
_WHOLE: Final = re.compile(
    r"[\W_]{0,3}(?:在?(?:本|单|一)[页頁](?:显示|阅读|浏览)(?:余下|剩余)?(?:全文|全部|内容)?|(?:显示|查看)(?:全文|全部内容)|"
    r"(?:余下|剩余)全文|全文(?:阅读|显示)|阅读全文|(?:view|read)? ?(?:as|on)?(?: a)? ?single page|view all)[\W_]{0,3}",
    re.I,
)
_BAR: Final = re.compile(
    r"(?:[\W_]*(?:首[页頁]|第一[页頁]|(?:点击|继续阅读|阅读|查看|进入)?[上下前后]一?[页頁](?:继续)?(?:阅读|查看)?|"
    r"[末尾][页頁]|最后一[页頁]|共\s?\d{1,3}\s?[页頁]|第\s?\d{1,2}\s?[页頁]|"
    r"(?<!\d)\d{1,2}(?!\d)|next|prev(?:ious)?|page|of|在?[本单一][页頁](?:显示|阅读|浏览)(?:余下|剩余)?(?:全文|全部|内容)?|"
    r"(?:显示|查看)全文|(?:余下|剩余)全文|全文阅读|阅读全文|single|view|all))+[\W_]*|第\s?\d{1,2}\s?[页頁]\s?[:：].{1,40}|[\s<>‹›«»＜＞]+",
    re.I,
)
_HOW_MANY: Final = re.compile(r"共\s?\d{1,3}\s?[页頁]?|/\s?\d{1,3}")
_CURRENT: Final = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_OF_COMMENTS: Final = re.compile(r"comment|pinglun|\bcmt|repl(?:y|ies)|relat|recommen")
_WRITTEN_BAR: Final = re.compile(
    rb"""createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*["']([\w./-]{1,120})["']\s*,\s*["'](\w{2,6})["']"""
)
_SIGNS: Final = re.compile(
    b"|".join(
        [
            *(
                re.escape(word.encode(coding))
                for word in ("下一页", "下页", "余下全文")
                for coding in ("utf-8", "gb18030")
            ),
            *(re.escape(word.encode(coding)) for word in ("下一頁", "下頁") for coding in ("utf-8", "big5")),
            rb"""rel=["']?next\b""",
            rb"createPageHTML\(\d",
            rb"[_-]2\.s?html?\b",
            rb"[?&]page=2\b",
        ]
    )
)
_HEAD_LINK: Final = re.compile(rb"""<link\b[^>]{0,300}?\brel=["']?next["'\s/>][^>]{0,2000}""", re.I)
_HREF: Final = re.compile(rb"""\bhref\s*=\s*(?:"([^"]{1,1000})"|'([^']{1,1000})'|([^\s"'>]{1,1000}))""", re.I)
_CLICK: Final = re.compile(r"location(?:\.href)?\s*=\s*['\"]([^'\"\s]{1,500})['\"]")
_HEAD: Final = 24_000
"""Bytes at the beginning in which <link rel=next> is looked for."""
_SMALL: Final = 120_000
"""Bytes of a page that is searched for a script that writes its bar: the systems that do so make small pages."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands among the pages of its article."""

    next: str | None
    """Absolute address of the page that follows, without fragment."""
    number: int
    """Of this page, from 1."""
    rule: str
    origin: str


@dataclass(slots=True)
class _Bar:
    """What the page bars around the report say."""

    next: list[tuple[str, str, str]] = field(default_factory=list)
    """(address, rule, text) of links to the page that follows."""
    of_one: str | None = None
    """Text of a link to another page of the same article."""
    another: str = ""
    """Its address."""
    whole: tuple[str, str] | None = None
    """(address, text) of a link to the whole article on one page."""
    unlinked: set[int] = field(default_factory=set)
    """Numbers in page bars that are no links: the current page."""
    labels: dict[str, int] = field(default_factory=dict)
    """Number by which a page is called, by its address."""


def may_go_on(content: bytes) -> bool:
    """Whether a page, without content coding, has words by which it could be one of several; made to be quick."""
    return bool(_SIGNS.search(content))


def find_paging(page: Page, address: str | None, span: tuple[int, int] | None, markup: bytes) -> Paging | None:
    """The page that follows and the number of this one; None where the page is not one of several.

    `address`: of this page; `span`: numbers of the report's first and last line. A list's pages, pages of comments and
    the next article are not taken: what follows has the same address but for a page number.
    """
    if not address or span is None:
        return None
    bar = _read_bars(page, address, *span)
    if bar.whole and number_of(address, bar.whole[0]) != WHOLE:
        return Paging(bar.whole[0], 1, "all on one page", bar.whole[1][:200])
    stated = bar.next or _stated(page, address, markup)
    if stated:
        there, rule, text = stated[0]
        return Paging(there, _own_number(bar, address, there), rule, text[:200])
    if bar.of_one is not None and number_of(address, bar.another) != WHOLE:
        return Paging(None, _own_number(bar, address, None), "page bar", bar.of_one[:200])
    return None


def without_page_bars(page: Page, numbers: list[int]) -> list[int]:
    """The report's lines without the page bars among them, also where each number of a bar stands in a line."""
    lines = page.lines
    bars = {number for number in numbers if lines[number].links and _is_page_bar(lines[number])}
    if not bars:
        return numbers
    for order in (numbers, numbers[::-1]):
        for before, number in pairwise(order):
            if before in bars and lines[number].image is None and _NUMBER.fullmatch(lines[number].text):
                bars.add(number)
    return [number for number in numbers if number not in bars]


def _is_page_bar(line: Line) -> bool:
    """Whether a line is nothing but numbers and words of a page bar."""
    text = line.text
    if len(text) > (_LONGEST if line.links else _SHORT) or not text:
        return False
    # Numbers in elements of their own are apart, also where no space stands between them.
    return bool(_BAR.fullmatch(" ".join(line.segments) or text))


def _read_bars(page: Page, address: str, first: int, last: int) -> _Bar:
    bar = _Bar()
    lines = page.lines
    for number in range(first, min(last + _BELOW, len(lines))):
        line = lines[number]
        text = line.text
        if not text:
            continue
        if number > last and HEADING_OF_A_LIST.match(text):
            break
        if not _is_page_bar(line) or _is_of_comments(line.element):
            continue
        linked: set[int] = set()
        if line.links:
            for label, there in _links_in(page, number):
                _take(bar, address, label, there, linked)
        apart = _HOW_MANY.sub(" ", " ".join(line.segments) or text)
        bar.unlinked |= {int(found) for found in _CURRENT.findall(apart)} - linked
    bar.next.sort(key=lambda found: found[1] != "next-page link")
    return bar


def _take(bar: _Bar, address: str, label: str, there: str | None, linked: set[int]) -> None:
    """What one link of a page bar says."""
    called = _NUMBER.fullmatch(label)
    name = int(called[1] or called[2]) if called else None
    if name is not None:
        linked.add(name)
    joined = _absolute(address, there)
    if joined is None or joined == address:
        return
    if _WHOLE.fullmatch(label):
        if shows_whole(address, joined):
            bar.whole = bar.whole or (joined, label)
        return
    if not are_of_one(address, joined):
        return
    if name is not None:
        bar.labels[joined] = name
    if not (name or _NEXT.fullmatch(label) or _BEFORE.fullmatch(label)):
        return
    if bar.of_one is None:
        bar.of_one, bar.another = label, joined
    number = number_after(address, joined)
    if number is None:
        return
    if _NEXT.fullmatch(label):
        bar.next.append((joined, "next-page link", label))
    elif name is not None and name >= 2 and name in (number, number + 1):
        bar.next.append((joined, "page bar", label))


def _links_in(page: Page, number: int) -> list[tuple[str, str | None]]:
    """Text and address of each link in a line."""
    inline = page.inline
    at = bisect_left(inline, number, key=lambda pair: pair[1])
    links: list[tuple[str, str | None]] = []
    while at < len(inline) and inline[at][1] == number and len(links) < 120:
        node = inline[at][0]
        if node.tag == "a":
            links.append((tidy(node.text()), _address_in(node.attributes)))
        at += 1
    return links


def _address_in(attributes: dict[str, str | None]) -> str | None:
    """A link's address, also where a click sets it."""
    href = attributes.get("href")
    if href and not href.lower().startswith(("javascript:", "#")):
        return href
    click = _CLICK.search((attributes.get("onclick") or href or "")[:1000])
    return click[1] if click else None


def _stated(page: Page, address: str, markup: bytes) -> list[tuple[str, str, str]]:
    """The page that follows as the head, or the script that writes the page bar, states it."""
    head = markup[:_HEAD]
    for sign in (b'rel="next"', b"rel=next", b"rel='next'"):
        if sign not in head:
            continue
        for link in _HEAD_LINK.findall(head):
            href = _HREF.search(link)
            value = next((one for one in href.groups() if one), b"") if href else b""
            joined = _absolute(address, value.decode("utf-8", "replace").replace("&amp;", "&"))
            if joined and number_after(address, joined):
                return [(joined, "rel=next", value.decode("utf-8", "replace"))]
    if len(markup) <= _SMALL and b"createPageHTML(" in markup and (call := _WRITTEN_BAR.search(markup)):
        count, index = int(call[1]), int(call[2])
        name = f"{call[3].decode()}_{index + 1}.{call[4].decode()}"
        joined = _absolute(address, name)
        if index + 1 < count and joined and number_after(address, joined):
            return [(joined, "page bar written by a script", call[0].decode("utf-8", "replace"))]
    return []


def _own_number(bar: _Bar, address: str, there: str | None) -> int:
    """The number of this page: as its bar shows it, else one less than that of the next, else by its address."""
    if there is not None and bar.labels.get(there, 0) >= 2:
        return bar.labels[there] - 1
    if len(bar.unlinked) == 1:
        return max(1, next(iter(bar.unlinked)))
    other = there or bar.another
    own = number_of(address, other) if other else None
    return max(1, own) if own is not None else 1


def _is_of_comments(element: Element | None) -> bool:
    while element is not None:
        if element.tag not in ("body", "html") and _OF_COMMENTS.search(element.marks):
            return True
        element = element.parent
    return False


def _absolute(address: str, href: str | None) -> str | None:
    """A link's address; None where it leads nowhere, to another host or to comments."""
    if not href or len(href) > 1000:
        return None
    href = href.strip()
    if href.startswith("#") or href.lower().startswith(("javascript:", "mailto:")):
        return None
    try:
        joined, fragment = urldefrag(urljoin(address, href))
    except ValueError:
        return None
    if not joined.startswith(("http://", "https://")) or _OF_COMMENTS.search(fragment):
        return None
    return joined
