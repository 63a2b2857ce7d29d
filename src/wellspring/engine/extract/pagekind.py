"""Whether a page is an article, a list of reports or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from wellspring.engine.records import PageKind

from .blocks import Body
from .dates import has_stamp
from .dom import Page

_SHORTEST: Final = 60
"""Characters of running text below which nothing is called an article without other signs."""
_ENTRIES: Final = 5
"""Teasers under linked headlines, or posts with a date each, that make a list."""
_SENTENCE: Final = re.compile("[，。！？；：,.!?]")
_END_OF_SENTENCE: Final = frozenset("。！？…”.!?」）)")
_NUMERIC_DATE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_NO_ARTICLE: Final = re.compile(
    r"404|(?:页面?|网页|内容).{0,6}(?:不存在|没有找到|未找到|已删除)|not found|^(?:用户)?(?:登录|注册|登入)|"
    r"联系我们|关于我们|隐私政策|用户协议|服务条款|网站地图|广告服务|搜索结果|站内搜索|帮助中心",
    re.I,
)


@dataclass(slots=True)
class _Signs:
    running: int = 0
    """Characters of running text: lines with punctuation, or long ones."""
    sentences: int = 0
    """Lines that end like a sentence."""
    teasers: int = 0
    """Running lines that follow a linked headline."""
    lines: int = 0
    """Running lines."""
    dates: int = 0
    """Short lines with a date in figures."""
    stamps: int = 0
    """Short lines with a date or time of any form."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a page is, by which rule, and the figures that decided."""

    kind: PageKind
    rule: str
    origin: str


def kind_of(page: Page, body: Body, *, stated: bool, titled: bool, dated: bool) -> Kind:
    """`stated`: the head says article; `titled`, `dated`: a headline and a time stand by the text."""
    headlines = [line for line in page.lines if line.links >= 8 and line.links * 2 >= len(line.text)]
    linked = sum(line.links for line in headlines)
    signs = _signs_of(page, body)
    kind, rule = _decided(signs, len(headlines), linked, page.title, stated=stated, titled=titled, dated=dated)
    return Kind(kind, rule, f"{signs.running} characters of running text, {linked} of linked headlines")


def _decided(
    signs: _Signs, headlines: int, linked: int, title: str, *, stated: bool, titled: bool, dated: bool
) -> tuple[PageKind, str]:
    # A ranking in twenty linked headings is an article where the page states so and dates it.
    listed = not (stated and dated)
    stamped = not dated or signs.stamps * 2 >= signs.teasers
    if listed and stamped and signs.teasers >= _ENTRIES and signs.teasers * 2 >= signs.lines:
        return PageKind.LIST, "teasers under linked headlines"
    if listed and signs.dates >= _ENTRIES and signs.dates * 2 >= signs.lines:
        return PageKind.LIST, "entries with a date each"
    if not dated and _NO_ARTICLE.search(title):
        return (PageKind.LIST if headlines >= 12 else PageKind.OTHER), "title of a service page"
    if signs.running >= _SHORTEST * 5 and (titled or stated):
        return PageKind.ARTICLE, "much running text under a headline"
    if signs.running >= _SHORTEST and titled and (dated or stated) and signs.running * 12 > linked:
        return PageKind.ARTICLE, "dated text under a headline"
    if titled and dated and signs.running >= _SHORTEST * 3 and signs.sentences >= 2:
        return PageKind.ARTICLE, "dated sentences under a headline"
    if headlines >= 12 and linked > signs.running:
        return PageKind.LIST, "more linked headlines than text"
    if titled and signs.running >= _SHORTEST * 5 // 2 and signs.sentences >= 2 and signs.running > linked:
        return PageKind.ARTICLE, "sentences under a headline"
    if signs.running >= _SHORTEST // 4 and titled and dated:
        return PageKind.ARTICLE, "a little dated text under a headline"
    return PageKind.OTHER, "neither a report nor a list"


def _signs_of(page: Page, body: Body) -> _Signs:
    """Read off the lines from the first to the last of the body; captions and text from the page's data count too."""
    signs = _Signs()
    shown = sum(len(page.lines[number].text) for number in body.numbers)
    if body.first is None or body.last is None or body.characters > 2 * shown:
        for block in body.blocks:
            text = block.text or block.caption or ""
            signs.running += len(text)
            signs.sentences += text[-1:] in _END_OF_SENTENCE
        return signs
    own = set(body.numbers)
    under_headline = False
    for number in range(body.first, body.last + 1):
        line = page.lines[number]
        text = line.text
        length = len(text)
        if line.links >= 6 and line.links * 2 >= length:
            under_headline = True
        elif length > 20 or (length > 1 and _SENTENCE.search(text)):
            if length <= 60 and has_stamp(text) and text[-1] != "。":
                signs.stamps += 1
                signs.dates += _NUMERIC_DATE.search(text) is not None
            if number not in own:
                continue
            signs.lines += 1
            signs.running += length
            signs.teasers += under_headline and length > 20
            signs.sentences += text[-1:] in _END_OF_SENTENCE
            under_headline = False
        elif has_stamp(text):
            signs.stamps += 1
            signs.dates += _NUMERIC_DATE.search(text) is not None
    signs.running += sum(len(block.caption) for block in body.blocks if block.caption)
    return signs
