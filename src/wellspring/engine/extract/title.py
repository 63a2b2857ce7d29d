"""The headline: what stands above the report and agrees with the page's own title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .dates import DATE
from .dom import Element, Line, Page
from .metadata import Metadata

_NOT_WORD: Final = re.compile(r"[\W_]+")
_SITE: Final = re.compile(r"\s*(?:[_|｜丨»]|-{2,}|—{1,2}|\s[-–·]\s|[-–](?=[^-–]{2,16}$))\s*")
_TITLE_MARK: Final = re.compile(r"title|headline|biaoti|\bbt\b|\btit\b|\btt\b|h-tit|head_?line|subject")
_NO_TITLE: Final = re.compile(
    r"^(?:首页|正文|新闻|要闻|详情|新闻中心|新闻详情|内容详情|文章详情|详细内容|登录|注册|关于我们|网站地图|当前位置.*|您(?:的|所在|现在)?.{0,3}位置.*)$"
)
_BADGE: Final = re.compile(r"^[\[【(（]?(?:原创|转载|独家|视频|图集|组图|置顶|头条|专题|荐|热)[\]】)）]?\s*")
_BADGE_AFTER: Final = re.compile(r"\s+[\[【(（]?(?:原创|转载|独家|视频|图集|组图)[\]】)）]?$")
_BADGE_WITHOUT_SPACE: Final = re.compile(r"[\[【(（]?(?:原创|转载|独家|视频|图集|组图|专题)[\]】)）]?$")
_LONGEST: Final = 160
_LEVELS: Final = {f"h{level}": level for level in range(1, 7)}
_LONGEST_STATED: Final = 1000


@dataclass(slots=True)
class Title:
    text: str
    rule: str
    origin: str
    line: int | None
    """Number of the line that it was read from; None if it stands in the head only."""


@dataclass(slots=True)
class _Heading:
    text: str
    line: int
    level: int
    """1 to 6, 7 for an element that is only named like a title."""
    linked: bool


def bare(text: str) -> str:
    """Letters, digits and characters only: what two spellings of a headline have in common."""
    return _NOT_WORD.sub("", text).lower()


def find_title(page: Page, metadata: Metadata, first: int | None) -> Title | None:
    """The headline of a page whose report begins with line `first`."""
    headings = _headings(page, len(page.lines) if first is None else first + 3)
    stated = [(text[:_LONGEST_STATED], name) for text, name in metadata.titles if text]
    known = [bare(text) for text in [page.title[:_LONGEST_STATED], *(text for text, _ in stated)] if text]
    best: tuple[float, _Heading] | None = None
    for number, heading in enumerate(headings):
        if number & 255 == 255:
            page.patience.check()
        score = _agreement(bare(heading.text), known)
        if score <= 0:
            continue
        score += {1: 0.3, 2: 0.15, 3: 0.1}.get(heading.level, 0.05)
        if heading.linked:
            score -= 0.45 if _names_the_site(bare(heading.text), known) else 0.25
        if best is None or score > best[0]:
            best = (score, heading)
    if best is not None and best[0] >= 0.45:
        heading = best[1]
        return Title(
            _continued(page, heading, known),
            "heading that agrees with the page's title",
            _origin(page, heading),
            heading.line,
        )
    above = _right_above(page, headings, first)
    if above is not None:
        return Title(above.text, "heading right above the byline", _origin(page, above), above.line)
    for heading in headings:
        if heading.level == 1 and not heading.linked and len(heading.text) >= 5:
            return Title(heading.text, "the first h1", _origin(page, heading), heading.line)
    line = _line_like(page, known, first)
    if line is not None:
        plain = _Heading(page.lines[line].text, line, 7, linked=False)
        text = _continued(page, plain, known)
        return Title(text, "line that agrees with the page's title", _origin(page, plain), line)
    for text, name in stated:
        return Title(without_site(text) if name.startswith(("og:", "twitter:")) else text, "meta", name, None)
    if page.title:
        text = without_site(page.title[:_LONGEST_STATED])
        if text and not _NO_TITLE.match(text):
            return Title(text, "title element without the site's name", page.title[:200], None)
    return None


def _right_above(page: Page, headings: list[_Heading], first: int | None) -> _Heading | None:
    """The last heading before a line with a date, close above the report."""
    for heading in reversed(headings):
        if (
            heading.linked
            or not 8 <= len(heading.text) <= 80
            or first is None
            or not first - 12 <= heading.line < first
        ):
            continue
        following = page.lines[heading.line + 1 : heading.line + 5]
        if any(DATE.search(line.text) for line in following if len(line.text) < 160):
            return heading
    return None


def without_site(title: str) -> str:
    """A <title> without the names of section and site that follow the headline."""
    parts = [part for part in _SITE.split(title) if part]
    if len(parts) <= 1:
        return title.strip()
    first = parts[0]
    if len(first) >= 6 or len(parts) == 1:
        return first.strip()
    return max(parts, key=len).strip()


def _continued(page: Page, heading: _Heading, known: list[str]) -> str:
    """A headline set in several lines is joined; a badge (原创) that stands before it is left out."""
    text = _BADGE_AFTER.sub("", _BADGE.sub("", heading.text))
    badge = _BADGE_WITHOUT_SPACE.search(text)
    if badge and len(text) > 8 and any(bare(text[: badge.start()]) == title for title in known):
        return text[: badge.start()]
    if len(text) < 4 or any(title.startswith(bare(heading.text)) for title in known):
        text = heading.text
    for line in page.lines[heading.line + 1 : heading.line + 4]:
        joined = bare(text + line.text)
        if line.image is not None or not line.text or not any(title.startswith(joined) for title in known):
            break
        text = text + line.text
    return text


def _agreement(heading: str, known: list[str]) -> float:
    """0 to 1: how far a heading is what the page calls itself."""
    best = 0.0
    if len(heading) < 3:
        return best
    for title in known:
        if heading in title:
            share = len(heading) / len(title)
            best = max(best, 0.55 + 0.45 * share if title.startswith(heading) or share > 0.45 else share)
        elif len(title) >= 6 and title in heading:
            best = max(best, 0.4 + 0.5 * len(title) / len(heading))
        else:
            same = _common_start(heading, title)
            if same >= 8 and same > 0.6 * len(heading):
                best = max(best, 0.4 + 0.4 * same / len(heading))
    return best


def _names_the_site(heading: str, known: list[str]) -> bool:
    """Whether the page's titles only end with a heading: the name of the site stands there."""
    return any(title.endswith(heading) for title in known) and not any(title.startswith(heading) for title in known)


def _common_start(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _headings(page: Page, before: int) -> list[_Heading]:
    """Heading lines up to the report's beginning; lines of one heading element are joined."""
    found: list[_Heading] = []
    last: Element | None = None
    known: dict[Element, tuple[Element | None, int]] = {}
    for number, line in enumerate(page.lines[:before]):
        if line.image is not None:
            continue
        holder = line.element
        if holder not in known:
            known[holder] = _heading_element(holder)
        element, level = known[holder]
        if element is None or holder.hidden:
            continue
        if element is last and found[-1].line >= number - 3:
            if level <= 3 and len(found[-1].text) + len(line.text) < _LONGEST:
                found[-1].text += " " + line.text
            continue
        last = element
        if len(line.text) > _LONGEST or _NO_TITLE.match(line.text):
            last = None
            continue
        found.append(_Heading(line.text, number, level, line.links * 2 > len(line.text)))
    return found


def _heading_element(element: Element) -> tuple[Element | None, int]:
    current: Element | None = element
    for _ in range(4):
        if current is None:
            break
        level = _LEVELS.get(current.tag)
        if level is None and _names_a_title(current.marks):
            level = 7
        if level is not None:
            return current, level
        current = current.parent
    return None, 0


@lru_cache(maxsize=8192)
def _names_a_title(marks: str) -> bool:
    return _TITLE_MARK.search(marks) is not None


def _line_like(page: Page, known: list[str], first: int | None) -> int | None:
    """A line above the report that says the same as the page's title: layouts without headings."""
    end = len(page.lines) if first is None else first + 2
    best: tuple[float, int] | None = None
    for number, line in enumerate(page.lines[:end]):
        if number & 255 == 255:
            page.patience.check()
        if line.image is None and 5 <= len(line.text) <= _LONGEST and not line.element.hidden:
            score = _agreement(bare(line.text), known) - (0.2 if line.links * 2 > len(line.text) else 0)
            if score >= 0.55 and (best is None or score >= best[0]):
                best = (score, number)
    return best[1] if best else None


def _origin(page: Page, heading: _Heading) -> str:
    line: Line = page.lines[heading.line]
    return line.element.marks[:200]
