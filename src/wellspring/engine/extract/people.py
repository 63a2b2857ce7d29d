"""Authors: the people that credits, datelines and brackets name; an office or a role is nobody."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from .dom import Line, Page
from .editors import NEXT_CREDIT
from .english import names_in_byline
from .metadata import Metadata
from .names import is_organisation, is_pen_name, looks_like_outlet, people_in
from .roles import REPORTER, SP, Person
from .zone import Zone

_AUTHOR: Final = re.compile(
    rf"(?<!参与)(?:作{SP}者|撰{SP}文|撰{SP}稿|采{SP}写|采访|文字|文/图|图/文|图文|文图|供{SP}稿|"
    rf"通{SP}[讯訊]{SP}[员員]|{REPORTER}|原创|^文)\s*(?:[:：/／丨｜|]|(?<=作者)(?=[\u3400-\u9fff]{{2,3}}$))\s*([^\n]{{1,60}})"
)
_POSTED_BY: Final = re.compile(r"^由\s?([\u3400-\u9fff·]{2,10}|[A-Z][A-Za-z .]{2,30}?)\s?(?:发布|发表|撰写)")
_LABEL_ENDS: Final = re.compile(r"[者文稿写访字图员員生人创](?:\s*[:：/／丨｜|]|(?<=作者))")
"""How every label of `_AUTHOR` ends."""
_PEN: Final = re.compile(rf"(?<!原)作{SP}者{SP}[:：]\s*([^\s，。；]{{2,24}})")
_NAMED_REPORTER: Final = re.compile(rf"{REPORTER}[\s\u3000：:/]{{1,4}}([\u3400-\u9fff·、，, \u3000]{{2,40}})")
_ROLE_ENDS: Final = re.compile(r"[者员員生稿人][\s\u3000：:/]")
"""Where a role of `_NAMED_REPORTER` ends."""
_BRACKETS: Final = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,60})[)）】\]]")
_IN_BRACKETS: Final = re.compile(
    rf"^\s*(?:(?:来源|本报)?[^\s:：]{{0,16}}?(?:{REPORTER})|文[/、·\s]?图|图[/、·\s]?文|文|图|撰稿|整理|供稿|来稿|摄影报道|文字)?[\s:：/]{{0,3}}"
    r"([\u3400-\u9fff][\u3400-\u9fff·、，,；; \u3000]{1,40})$"
)
_DATELINE: Final = re.compile(
    r"^[〔【\[]?[\u3400-\u9fffA-Za-z0-9·\-　 ]{2,24}?(?:[讯訊]|[电電]|消息|报道|報導|快讯)[〕】\]]?\s*"
    r"[（(]([^（()）]{2,60})[)）]"
)
_REPORTED_FROM: Final = re.compile(
    r"^[〔（(【\[]?[\u3400-\u9fff\d　 ]{0,16}[记記]者(?:([\u3400-\u9fff]{2,3})(?:[报報][导導道]|[\]】〕])"
    r"|([\u3400-\u9fff、]{2,14})[／/][\u3400-\u9fff]{1,8}[导導道]"
    r"|([\u3400-\u9fff]{3}|[\u3400-\u9fff]{2})[\u3400-\u9fff]{2,6}\d{1,2}日[电電])"
)
"""`〔記者甲／南灣報導〕`, `（某社記者甲南灣16日電）`."""
_PICTURE_CREDIT: Final = re.compile(r"[摄攝图]\s*[)）]?$|[摄攝]影\s*[:：]?|图[:：/]|/[摄攝]|供图")
_BOTH: Final = re.compile("文[/、·\\s]?图|图[/、·\\s]?文|图文")
"""Text and pictures are by the same people."""
_WORK: Final = re.compile(
    r"[\s　/]+(?:文[/、·]?图|图[/、·]?文|图文|文|图|摄)$|"
    r"[\s　]*(?:摄影|摄影报道|报道|編譯|编译|整理|采写|翻译|综合|撰文)$"
)
_BULLET: Final = re.compile(r"^[□■○●◎◆◇]\s*")
_AUTHOR_PLACE: Final = re.compile(r"\bauthors?\b|author[-_]?name|byline|writer|zuozhe|journalist|\breporter\b|\bzz\b")
_LISTED: Final = ("JSON-LD author", "script data author", "script data authors")
"""Places that state each author by itself."""
_ROLE_PREFIX: Final = re.compile(rf"^[^\s]{{0,14}}?{REPORTER}[\s\u3000：:]*")


def find_authors(page: Page, metadata: Metadata, zone: Zone) -> Person | None:
    """People named as authors or reporters, in the order of the signs' strength."""
    return (
        _labelled([*zone.head, *zone.opening[:3], *zone.closing[:5], *zone.tail[:6]])
        or _in_dateline([*zone.opening[:3], *zone.by_time])
        or _reporters([*zone.credits, *zone.opening[:3], *zone.closing[:3], *zone.tail[:3]])
        or _in_brackets([*zone.credits, *zone.opening[:1], *zone.closing[:3], *zone.tail[:2]])
        or _in_english([*zone.head, *zone.opening[:2]])
        or _in_place(page, zone)
        or _stated(metadata, zone)
    )


def _labelled(lines: list[Line]) -> Person | None:
    for line in lines:
        if len(line.text) > 200:
            continue
        posted = _POSTED_BY.match(line.text)
        if posted and (names := tuple(people_in(posted[1]))):
            return Person(names, "label", line.text)
        for segment in _segments(line):
            match = _AUTHOR.search(segment) if _may_hold_a_label(segment) else None
            if match is None or _PICTURE_CREDIT.search(segment[: match.start()] + segment[match.end(1) :]):
                continue
            names = _names(match[1])
            if names:
                return Person(names, "label", line.text)
            signed = _PEN.search(segment)
            if signed and is_pen_name(name := NEXT_CREDIT.split(signed[1])[0].strip()):
                return Person((name,), "label", line.text)
    return None


def _may_hold_a_label(text: str) -> bool:
    """Whether it has what every label of `_AUTHOR` has: cheap looks spare most lines the long list of labels."""
    divided = (
        ":" in text or "：" in text or "/" in text or "|" in text or "｜" in text or "丨" in text or "作者" in text
    )
    return divided and _LABEL_ENDS.search(text) is not None


def _segments(line: Line) -> list[str]:
    """The line as one, then its segments joined in pairs: a label and the name after it."""
    pieces = line.segments
    found = [line.text, *(f"{one} {two}" for one, two in pairwise(pieces))]
    if "|" in line.text or "｜" in line.text:
        found.extend(part.strip() for part in re.split(r"[|｜]", line.text))
    return found


def _names(text: str) -> tuple[str, ...]:
    text = _WORK.sub("", NEXT_CREDIT.split(_ROLE_PREFIX.sub("", text.strip(" ：:/　"), count=1))[0].strip())
    first, _, rest = text.partition(" ")
    return _all_names(rest if rest and is_organisation(first) else text)


def _in_dateline(lines: list[Line]) -> Person | None:
    for line in lines:
        for text in (line.text, *line.segments):
            reported = _REPORTED_FROM.match(text)
            if reported and (names := _all_names(reported[1] or reported[2] or reported[3])):
                return Person(names, "dateline", reported[0])
        match = _DATELINE.match(line.text)
        if match:
            names = _all_names(match[1])
            if names:
                return Person(names, "dateline", match[0])
    return None


def _in_place(page: Page, zone: Zone) -> Person | None:
    """A name that stands alone between headline and report, behind a bullet or in an element named for the author."""
    candidates: dict[str, tuple[str, ...]] = {}
    for line in zone.credits:
        for part in line.segments or (line.text,):
            bare = _BULLET.sub("", part) if len(part) <= 20 else ""
            names = tuple(people_in(bare))
            if not names or len("".join(names)) < len(re.sub(r"[\s、，,/]", "", bare)):
                continue
            if bare != part or _AUTHOR_PLACE.search(line.element.marks):
                return Person(names, "element named for the author", f"{line.element.marks[:100]} {part}")
            candidates[part] = names
    if candidates and zone.first is not None:
        for named in page.named_between(zone.first - 12 if zone.title is None else zone.title, zone.first):
            if _AUTHOR_PLACE.search(named.marks) and (found := candidates.get(named.text)):
                return Person(found, "element named for the author", named.marks)
    return None


def _reporters(lines: list[Line]) -> Person | None:
    for line in lines:
        if not _ROLE_ENDS.search(line.text):
            continue
        for match in _NAMED_REPORTER.finditer(line.text[:100] if len(line.text) > 160 else line.text):
            if len(line.text) < 80 and _PICTURE_CREDIT.search(_BOTH.sub("", line.text)):
                continue
            names = _all_names(match[1])
            if names:
                return Person(names, "reporter named", match[0])
        if len(line.text) > 160:
            ending = _NAMED_REPORTER.search(line.text[-50:])
            if ending and line.text.endswith((")", "）", "】")) and (names := _all_names(ending[1])):
                return Person(names, "reporter named", ending[0])
    return None


def _all_names(text: str) -> tuple[str, ...]:
    """Names in text like `记者 王小河 通讯员 李桥`: of all roles, in order."""
    names: list[str] = []
    for part in re.split(rf"{REPORTER}[\s\u3000：:]*|[\s\u3000]+(?:文|图|摄)$", text):
        names.extend(name for name in people_in(_WORK.sub("", part or "")) if name not in names)
    return tuple(names)


def _in_brackets(lines: list[Line]) -> Person | None:
    """`（袁怡文）` at the very end, or a signed opening like `【文/某报专栏作者 王河】`."""
    for line in lines:
        text = line.text[-70:]
        found = list(_BRACKETS.finditer(text))
        if not found:
            continue
        last = found[-1]
        if text[last.end() :].strip("。 　"):
            continue
        match = _IN_BRACKETS.match(last[1])
        if match is None or _PICTURE_CREDIT.search(last[1].removeprefix("文/图").removeprefix("图/文")):
            continue
        words = match[1].split()
        names = _all_names(match[1])
        if names and len(names) >= len([word for word in words if len(word) > 1]):
            return Person(names, "name in brackets at the end", last[0])
    return None


def _may_sign(line: Line) -> bool:
    """A line in which an author could stand, and not only an editor."""
    return len(line.text) < 200 and "编" not in line.text


def _in_english(lines: list[Line]) -> Person | None:
    """`By Ada Lark` on a line by the headline."""
    for line in lines:
        names = names_in_byline(line.text) if line.text[:1] < "\x7f" else ()
        if names:
            return Person(names, "byline", line.text)
    return None


def _stated(metadata: Metadata, zone: Zone) -> Person | None:
    """Authors of JSON-LD or article:author; plain `author`, often an editor, only if the page shows the name."""
    shown = " ".join(line.text for line in [*zone.head, *zone.tail, *zone.closing[:3]] if _may_sign(line))
    together = tuple(
        dict.fromkeys(one for text, name in metadata.authors if name in _LISTED for one in people_in(text))
    )
    for text, name in metadata.authors:
        names = together if name in _LISTED and people_in(text) else tuple(people_in(text))
        if not names:
            if name.startswith("og:") and re.fullmatch(r"[A-Za-z][\w.-]{2,20}", text):
                return Person((text,), "meta", name)
            continue
        if looks_like_outlet(text) or (name == "author" and names[0] not in shown and not names[0].isascii()):
            continue
        return Person(names, "meta", name)
    return None
