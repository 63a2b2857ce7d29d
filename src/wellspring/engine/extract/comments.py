"""Where readers' comments stand below a report: told by their heading and a date for each, not by a class."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from .dates import has_stamp
from .dom import Element, Line, Page

_HEADING: Final = re.compile(
    r"[\W_]{0,3}(?:(?:网友|網友|最新|热门|全部|所有|精彩|精选|用户|文章|读者|讀者)?(?:评论|評論|留言|跟[帖贴貼])[区區]?"
    r"(?:[\W_]{0,3}\d{1,6}\s?[条條則则]?)?|\d{1,6}\s?[条條則则](?:评论|評論|留言|跟[帖贴貼]))[\W_]{0,3}"
)
_LONGEST: Final = 16
_DATED: Final = 3
"""Dates that must follow a heading before what stands under it counts as comments."""
_WITHIN: Final = 14
"""Lines below the heading in which they must stand: under a counter of comments above a report, dates are farther."""
_STAMP_LINE: Final = 60


def comment_places(page: Page) -> set[Element]:
    """The elements in which readers' comments stand: the heading's own and those that follow it in the same one."""
    lines = page.lines
    for number, line in enumerate(lines):
        text = line.text
        if len(text) > _LONGEST or not ("评" in text or "評" in text or "留言" in text or "跟" in text):
            continue
        if not line.links and _HEADING.fullmatch(text) and _are_dated(lines[number + 1 : number + 1 + _WITHIN]):
            return _from(page, line.element, number)
    return set()


def _are_dated(lines: list[Line]) -> bool:
    dated = (line for line in lines if len(line.text) <= _STAMP_LINE and has_stamp(line.text))
    return len(list(islice(dated, _DATED))) == _DATED


def _from(page: Page, holder: Element, number: int) -> set[Element]:
    """The widest element that begins with the heading's line, and what follows it inside the one around."""
    while holder.parent is not None and holder.parent.line == number and holder.parent.tag not in ("body", "html"):
        holder = holder.parent
    around = holder.parent
    if around is None:
        return set()
    return {holder, *(one for one in page.elements[holder.end + 1 : around.end + 1] if one.parent is around)}
