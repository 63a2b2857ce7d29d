"""When the report was published: the time that readers see, completed or replaced by what the head states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wellspring.engine.records import Precision

from .dates import DATE, EARLIEST, WITHOUT_YEAR, built_from, moment, parse_time, with_named_month
from .dom import Page
from .metadata import Metadata

_PUBLISHED: Final = re.compile(
    r"(?:[发發][布佈]|[发發]表|发稿|刊发|刊登|上传|录入|创建|添加|首发|posted)(?:[时時][间間]|日期|[于於])?\s*[:：@]?\s*$|[时時][间間]\s*[:：]\s*$|日期\s*[:：]\s*$"
)
_NOT_PUBLISHED: Final = re.compile(
    r"(?:最[后後]更新|更新(?:[时時][间間]|日期|[于於])?|修改(?:时间|日期|于)?|编辑于|截止|截至|有效期.{0,4}|"
    r"(?:施行|实施|成文|印发|生效|废止|失效|签发)日期|公开时限|(?:举办|会议|报名|开标|活动)时间|Updated?|Modified)"
    r"\s*[:：]?\s*(?:on |at )?$",
    re.I,
)
_ADOPTED: Final = re.compile(r"^[(（].{0,200}(?:通过|通過|修订|修正|批准|施行|公布)\s?[)）]$")
"""The clause under the title of a law or a resolution: its dates are not the page's."""
_CHANGED: Final = re.compile(r"[^\S\n]*(?:最后)?(?:更新|修改)(?![时時日于於:：])")
_ASSIGNED: Final = re.compile(
    r"""[:=]\s{0,9}["']?(\d{10}(?:\d{3})?(?!\d)|(?:19[89]|20[0-4])\d[-/.年]\d{1,2}[-/.月]\d{1,2}[^"'<;\n]{0,24})"""
)
"""A time that a script assigns; looked for before the variable's name, because few values look like one."""
_VARIABLE: Final = re.compile(
    r"""\b(?:publish_?time|publish_?date|pub_?time|pub_?date|pubtimestamp|date_?published|release_?time|created?_?time|created_?at|ct|ptime|ctime|post_?time|news_?time|article_?time|publishdate|showtime)["']?\s*$""",
    re.I,
)
_LEAF: Final = re.compile(r"[上下]一[版期]|第\s?[A-Z]?\d{1,3}\s?版|版面(?:导航|目录)")
_WEEKDAY: Final = re.compile("星期|礼拜|农历|欢迎您?|今天是")
_YEARS: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Time:
    at: datetime
    precision: Precision
    rule: str
    origin: str


def find_time(page: Page, metadata: Metadata, title: int | None, first: int | None, last: int | None) -> Time | None:
    """The publish time; `title`, `first`, `last` are the lines of headline, the report's beginning and its end."""
    visible = _visible(page, title, first, last)
    stated = [time for text, name in metadata.times if (time := _from_text(text, "meta", name))]
    if visible is not None:
        if visible.precision is Precision.DAY and not stated:
            stated = _of_time_elements(page)
        return _finest(visible, stated)
    partial = _without_year(page, title, first, stated)
    if partial is not None:
        return partial
    if stated:
        return _finest(stated[0], stated[1:])
    return (
        _in_english(page, title, first)
        or _from_scripts(page)
        or _from_stores(page)
        or _signed(page, first, last)
        or _of_the_issue(page)
    )


def _from_text(text: str, rule: str, origin: str) -> Time | None:
    parsed = parse_time(text)
    return Time(parsed[0], parsed[1], rule, origin) if parsed else None


def _visible(page: Page, title: int | None, first: int | None, last: int | None) -> Time | None:
    """A date in the lines around the headline, or at the report's end; one that is called a publish time goes first."""
    lines = page.lines
    start = 0 if title is None else max(0, title - 8)
    end = min(len(lines), (first + 2) if first is not None else (title or 0) + 25)
    best: tuple[float, Time] | None = None
    for number in _near(start, end, title):
        line = lines[number]
        if line.image is not None or len(line.text) > 400 or not _YEARS.search(line.text) or line.element.hidden:
            continue
        if _ADOPTED.match(line.text):
            continue
        inside = first is not None and number >= first
        for match in DATE.finditer(line.text):
            built = built_from(match)
            before = line.text[max(0, match.start() - 14) : match.start()]
            if built is None or _NOT_PUBLISHED.search(before) or _CHANGED.match(line.text, match.end()):
                continue
            labelled = bool(
                _PUBLISHED.search(before)
                or (not before.strip() and number and _PUBLISHED.search(lines[number - 1].text[-14:]))
            )
            if inside and not labelled and len(line.text) > 40:
                continue
            above = title is None or number < title
            if above and not labelled and (built[1] is Precision.DAY or _WEEKDAY.search(line.text)) and number != title:
                continue
            score = 4.0 * labelled + 2.0 * (built[1] != Precision.DAY) + (1.0 if len(line.text) < 90 else -1.0)
            if title is not None and number < title:
                score -= 1.5
            if title is not None and number == title:
                score -= 3.0
            if title is None:
                score -= 0.5
            if best is None or score > best[0]:
                best = (score, Time(*built, "visible time by the headline", line.text[:200]))
    if best is not None and best[0] > -1.0:
        return best[1]
    return _labelled_after(page, last)


def _in_english(page: Page, title: int | None, first: int | None) -> Time | None:
    """`June 5, 2025` between headline and report, or on a line of its own just above the headline."""
    start = first if first is None or title is None else title
    above = [line for line in page.lines[max(0, (start or 0) - 4) : start or 0][::-1] if len(line.text) < 40]
    for line in [*page.lines[start : first + 2], *above] if first is not None else ():
        named = with_named_month(line.text) if len(line.text) < 160 else None
        if named and not _NOT_PUBLISHED.search(line.text[: named[2]]):
            return Time(named[0], named[1], "visible time by the headline", line.text[:200])
    return None


def _signed(page: Page, first: int | None, last: int | None) -> Time | None:
    """A date alone on the last line: how offices sign a notice."""
    if first is None or last is None:
        return None
    for line in page.lines[max(first, last - 2) : last + 1][::-1]:
        match = DATE.fullmatch(line.text)
        if match and (built := built_from(match)):
            return Time(*built, "date under the text", line.text)
    return None


def _of_time_elements(page: Page) -> list[Time]:
    """<time datetime="…">: what a page shows as a day often has its clock there."""
    stated = [node.attributes.get("datetime") or "" for node, _ in page.inline if node.tag == "time"]
    return [time for text in stated[:20] if (time := _from_text(text, "time element", text))]


def _of_the_issue(page: Page) -> Time | None:
    """The day of a newspaper's issue, at the top of a page that turns its leaves (上一版, 第A03版)."""
    found: Time | None = None
    leaves = False
    for line in page.lines[:80]:
        text = line.text
        if len(text) > 60 or line.image is not None:
            continue
        leaves = leaves or _LEAF.search(text) is not None
        match = DATE.search(text) if found is None and _YEARS.search(text) else None
        if match and (built := built_from(match)) and not _NOT_PUBLISHED.search(text[: match.start()]):
            found = Time(*built, "day of the newspaper's issue", text)
    return found if leaves else None


def _from_stores(page: Page) -> Time | None:
    """A time in a hidden <textarea> that is named for it."""
    for node in page.stores:
        name = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if "time" in name.lower() or "date" in name.lower():
            time = _from_text((node.text() or "")[:60], "textarea", name.strip()[:200])
            if time:
                return time
    return None


def _near(start: int, end: int, title: int | None) -> Iterable[int]:
    if title is None:
        return range(start, end)
    return [*range(title, end), *range(title - 1, start - 1, -1)]


def _labelled_after(page: Page, last: int | None) -> Time | None:
    """发布时间：… below the report."""
    if last is None:
        return None
    for line in page.lines[last + 1 : last + 12]:
        match = DATE.search(line.text) if len(line.text) < 120 else None
        if match and _PUBLISHED.search(line.text[: match.start()]) and (built := built_from(match)):
            return Time(*built, "labelled time below the report", line.text[:200])
    return None


def _finest(time: Time, others: list[Time]) -> Time:
    """The same moment with seconds or minutes from another place: the visible time decides, the head completes."""
    for other in others:
        if time.precision is Precision.MINUTE and other.precision is Precision.SECOND:
            if other.at.replace(second=0, microsecond=0) == time.at:
                return Time(other.at, other.precision, f"{time.rule}, seconds from {other.rule}", other.origin)
        elif (
            time.precision is Precision.DAY
            and other.precision is not Precision.DAY
            and other.at.date() == time.at.date()
            and (other.at.hour or other.at.minute)
        ):
            return Time(other.at, other.precision, f"{time.rule}, clock from {other.rule}", other.origin)
    return time


def _without_year(page: Page, title: int | None, first: int | None, stated: list[Time]) -> Time | None:
    """`10-08 12:00` by the headline, with the year of the head's time if that is the same day."""
    if title is None or not stated:
        return None
    for line in page.lines[title : (first if first is not None else title + 12) + 1]:
        match = WITHOUT_YEAR.search(line.text) if len(line.text) < 120 else None
        if match is None:
            continue
        for time in stated:
            if (time.at.month, time.at.day) == (int(match[2]), int(match[3])):
                made = moment(str(time.at.year), match[2], match[3], match[4], match[5], match[6], None)
                if made:
                    return _finest(Time(*made, "visible time, year from the head", line.text[:200]), stated)
    return None


def _from_scripts(page: Page) -> Time | None:
    """A publish time in a variable of the page's scripts: pages that write the visible date by script."""
    for _, node in page.scripts:
        page.patience.check()
        text = node.text() or ""
        for match in _ASSIGNED.finditer(text, 0, 600_000):
            name = _VARIABLE.search(text[max(0, match.start() - 40) : match.start()])
            parsed = parse_time(match[1]) if name else None
            if name and parsed is not None and parsed[0] > EARLIEST:
                return Time(*parsed, "script variable", f"{name[0]}{match[0]}"[:200])
    return None
