"""Authors and editor: the people that credits, datelines and brackets name; an office or a role is nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .dom import Line
from .metadata import Metadata
from .names import is_pen_name, is_person, looks_like_outlet, people_in
from .zone import Zone

_SP = r"[\s\u3000]{0,4}"
_ROLE = r"(?:见习|实习|首席|特约|全媒体|融媒体?|特派|驻[\u3400-\u9fff]{1,4}|高级|资深|本报|本网|本台|本刊|通讯)?"
_REPORTER = rf"{_ROLE}(?:记者|通讯员|实习生|专栏作者|特约撰稿人?|特约评论员|评论员|撰稿人|采访人员|报道员|作者)"
_EDITOR = re.compile(
    rf"(?:责{_SP}任{_SP}编{_SP}辑|责{_SP}编|网络编辑|值班编辑|本期编辑|本版编辑|文字编辑|编{_SP}辑|Editor){_SP}[:：丨｜|/]\s*([^\n]{{1,40}})"
)
_PROPER_EDITOR = re.compile(rf"责{_SP}(?:任{_SP})?编{_SP}(?:辑)?{_SP}[:：丨｜|/]\s*([^\n]{{1,40}})")
_AUTHOR = re.compile(
    rf"(?:作{_SP}者|撰{_SP}文|撰{_SP}稿|采{_SP}写|采访|文字|文/图|图/文|图文|文图|供{_SP}稿|"
    rf"通{_SP}讯{_SP}员|{_REPORTER}|原创|^文)\s*(?:[:：/丨｜|]|(?<=作者)(?=[\u3400-\u9fff]{{2,3}}$))\s*([^\n]{{1,60}})"
)
_PEN = re.compile(rf"作{_SP}者{_SP}[:：]\s*([^\s，。；]{{2,24}})")
_NAMED_REPORTER = re.compile(rf"{_REPORTER}[\s\u3000：:/]{{1,4}}([\u3400-\u9fff·、，, \u3000]{{2,40}})")
_BRACKETS = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,60})[)）】\]]")
_IN_BRACKETS = re.compile(
    rf"^\s*(?:(?:来源|本报)?[^\s:：]{{0,16}}?(?:{_REPORTER})|文[/、·\s]?图|图[/、·\s]?文|文|图|撰稿|整理|供稿|来稿|摄影报道|文字)?[\s:：/]{{0,3}}"
    r"([\u3400-\u9fff][\u3400-\u9fff·、，,；; \u3000]{1,40})$"
)
_DATELINE = re.compile(r"^[\u3400-\u9fffA-Za-z0-9·\-　 ]{2,24}?(?:讯|电|消息|报道|快讯)\s*[（(]([^（()）]{2,60})[)）]")
_PICTURE_CREDIT = re.compile(r"[摄图]\s*[)）]?$|摄影\s*[:：]?|图[:：/]|/摄|供图")
_WORK = re.compile(r"[\s　/]+(?:文|图|摄)$|[\s　]*(?:摄影|摄影报道|报道|编译|整理|采写|翻译|综合|撰文)$")
_OTHER_ROLES = "编辑|责编|校对|审核|摄影|撰文|采写|图|文|监制|统筹|剪辑|制图|编审|主编|美编"
_ROLE_WORD = re.compile(rf"(?:{_REPORTER}|[记記]者)$|^(?:{_OTHER_ROLES})$|^[\u3400-\u9fff]{{0,4}}(?:编辑|編輯)$")
_EDITOR_WORD = re.compile(r"(?:责任|責任)?(?:编辑|編輯)$|^责编$")
_WORDS = re.compile(r"[\s　:：/、，,;；|｜丨]+")
_CODE = re.compile(r"[_\s]+[A-Za-z]{1,4}\d{2,}$|[_\s]+[A-Z]{2,}\d*$|\s*[（(].{1,10}[)）]$")
_NO_EDITOR = re.compile(r"^(?:admin\w*|编辑部?|小编|未知|佚名|暂?无|[A-Z]{1,4}\d+|本[站网])$|收藏|举报", re.I)
_LISTED = ("JSON-LD author",)
"""Places that state each author by itself."""
_NEXT_CREDIT = re.compile(
    r"[\]】)）|｜丨]|\s{2,}|审\s?核|校\s?对|来\s?源|作\s?者|责\s?编|责任|主\s?编|编\s?审|监\s?制|美\s?编|值班|编辑|\d{4}|返回|记者|举报|分享|纠错|打印|关闭|查看"
)
_ROLE_PREFIX = re.compile(rf"^[^\s]{{0,14}}?{_REPORTER}[\s\u3000：:]*")


@dataclass(slots=True)
class Person:
    names: tuple[str, ...]
    rule: str
    origin: str


def find_editor(metadata: Metadata, zone: Zone) -> Person | None:
    """责任编辑, else 编辑: below the report, at its end, or by the headline."""
    lines = [*zone.tail, *zone.closing, *zone.head]
    for pattern in (_PROPER_EDITOR, _EDITOR):
        for line in lines:
            match = pattern.search(line.text) if len(line.text) <= 160 else None
            name = _editor_name(match[1]) if match else None
            if name:
                return Person((name,), "label", line.text)
    for line in [*lines, *zone.opening[:2]]:
        name = _editor_in_credit(line.text) if "编" in line.text or "編" in line.text else None
        if name:
            return Person((name,), "credit line", line.text)
    for text, name in metadata.editors:
        people = people_in(text)
        if people:
            return Person((people[0],), "meta", name)
    return None


def _editor_in_credit(text: str) -> str | None:
    """The editor in a line that is nothing but roles and names: `记者 王小河 编辑 李桥 校对 吴一鸣`."""
    if not is_credit(text):
        return None
    words = _WORDS.split(text.strip("（()）【】[] 　"))
    for word, following in pairwise(words):
        if _EDITOR_WORD.search(word) and is_person(following):
            return following
    return None


def _editor_name(text: str) -> str | None:
    text = text.strip().lstrip("[【(（ :：")
    first = _NEXT_CREDIT.split(text)[0].strip()
    people = people_in(_CODE.sub("", first))
    if people:
        return people[0]
    first = _CODE.sub("", first)
    if not re.match(r"[A-Za-z]", first):
        first = re.split(r"[\s、，,;；]", first)[0]
    first = first.strip("_-—:：. 　")
    if looks_like_outlet(first) or _NO_EDITOR.search(first):
        return None
    return first if 2 <= len(first) <= 14 and not re.search(r"\d{3}|[。？！：:，]", first) else None


def find_authors(metadata: Metadata, zone: Zone) -> Person | None:
    """People named as authors or reporters, in the order of the signs' strength."""
    return (
        _labelled([*zone.head, *zone.opening[:3], *zone.closing[:5], *zone.tail[:6]])
        or _in_dateline(zone.opening[:3])
        or _reporters([*zone.credits, *zone.opening[:3], *zone.closing[:3], *zone.tail[:3]])
        or _in_brackets([*zone.credits, *zone.opening[:1], *zone.closing[:3], *zone.tail[:2]])
        or _stated(metadata, zone)
    )


def is_credit(text: str) -> bool:
    """Whether a short line is nothing but roles, outlets of reporters, and names: `清河晚报记者 王小河 编辑 李桥`."""
    if len(text) > 60 or "。" in text:
        return False
    text = text.strip("（()）【】[] 　")
    roles = people = 0
    for word in _WORDS.split(text):
        if not word:
            continue
        if is_person(word):
            people += 1
        elif _ROLE_WORD.search(word):
            roles += 1
        else:
            return False
    return roles > 0 and people > 0


def _labelled(lines: list[Line]) -> Person | None:
    for line in lines:
        if len(line.text) > 200:
            continue
        for segment in _segments(line):
            match = _AUTHOR.search(segment)
            if match is None or _PICTURE_CREDIT.search(segment[: match.start()] + segment[match.end(1) :]):
                continue
            names = _names(match[1])
            if names:
                return Person(names, "label", line.text)
            signed = _PEN.search(segment)
            if signed and is_pen_name(name := _NEXT_CREDIT.split(signed[1])[0].strip()):
                return Person((name,), "label", line.text)
    return None


def _segments(line: Line) -> list[str]:
    """The line as one, then its segments joined in pairs: a label and the name after it."""
    pieces = line.segments
    found = [line.text, *(f"{one} {two}" for one, two in pairwise(pieces))]
    if "|" in line.text or "｜" in line.text:
        found.extend(part.strip() for part in re.split(r"[|｜]", line.text))
    return found


def _names(text: str) -> tuple[str, ...]:
    text = _NEXT_CREDIT.split(_ROLE_PREFIX.sub("", text.strip(" ：:/　"), count=1))[0]
    return tuple(people_in(_WORK.sub("", text)))


def _in_dateline(lines: list[Line]) -> Person | None:
    for line in lines:
        match = _DATELINE.match(line.text)
        if match:
            names = _all_names(match[1])
            if names:
                return Person(names, "dateline", match[0])
    return None


def _reporters(lines: list[Line]) -> Person | None:
    for line in lines:
        for match in _NAMED_REPORTER.finditer(line.text[:100] if len(line.text) > 160 else line.text):
            if _PICTURE_CREDIT.search(line.text) and len(line.text) < 80:
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
    for part in re.split(rf"{_REPORTER}[\s\u3000：:]*|[\s\u3000]+(?:文|图|摄)$", text):
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
        if looks_like_outlet(text) or (name == "author" and names[0] not in shown):
            continue
        return Person(names, "meta", name)
    return None
