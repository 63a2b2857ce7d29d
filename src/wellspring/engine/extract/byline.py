"""Who made the report: source outlet, reprint, authors and editor; labels in the text go before the head."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wellspring.engine.records import Evidence

from .dom import Line, Page
from .metadata import Metadata
from .names import looks_like_outlet, people_in
from .times import _DATE

_SOURCE = re.compile(
    r"(?:(?:信息|文章|新闻|稿件|内容|资料|本文|文|原文|消息)?(?:来\s{0,4}源)(?:于|自)?|稿\s{0,2}源|出\s{0,2}处|转载自|转自|摘自|来自|媒体|Source)\s*[:：]\s*",
    re.I,
)
_REPRINT = re.compile(r"(?:本文)?(?:转载自|转自|转载于|摘自|原载)\s*[:：]?\s*")
_EDITOR = re.compile(
    r"(?:责\s{0,4}任\s{0,4}编\s{0,4}辑|责\s{0,3}编|网络编辑|值班编辑|本期编辑|编\s{0,4}辑)\s*[:：丨｜|/]\s*([^\n]{1,40})"
)
_AUTHOR = re.compile(
    r"(?:作\s{0,4}者|撰\s{0,2}文|撰\s{0,2}稿|采\s{0,2}写|文字|文/图|图/文|图文|供\s{0,2}稿|通\s{0,2}讯\s{0,2}员|(?:本报|本网|见习|实习|首席|特约|全媒体|特派)?记\s{0,2}者)\s*[:：/丨｜|]\s*([^\n]{1,60})"
)
_REPORTER = re.compile(
    r"(?:^|[\s（(【\[，,、·]|[\u3400-\u9fff]{2,12}?)(?:见习|实习|首席|特约|全媒体|融媒体?|特派|驻[\u3400-\u9fff]{1,4})?"
    r"(?:记者|通讯员|实习生|专栏作者|特约撰稿人)[\s：:]\s*([\u3400-\u9fff·、，, \u3000]{2,40})"
)
_BRACKETED = re.compile(
    r"[（(【\[]\s*(?:(?:文|图|摄影|摄|撰稿|作者|记者|通讯员|整理|供稿|来稿|本报记者)?"
    r"(?:\s*[/、\s]?\s*(?:文|图|摄影|摄))?\s*[:：/\s]?\s*)([\u3400-\u9fff·、，,；; \u3000]{2,30})\s*[)）】\]]\s*$"
)
_DATELINE = re.compile(r"^[\u3400-\u9fffA-Za-z0-9·\-]{2,20}?(?:讯|电|消息|报道)\s*[（(]\s*([^（()）]{2,40})[)）]")
_STOP = re.compile(
    r"\s*(?:[|｜丨【\[（(]|\s{2,}|发布时间|发布日期|时间[:：]|日期[:：]|作\s*者\s*[:：]|责任编辑|责编|编辑[:：]|浏览|阅读|点击|评论|字号|字体|分享|打印|关闭|收藏|人气|访问|查看|录入|我要|微信|投稿|纠错|更新|\d{4}[-年/.]|记者[:：]|摄影[:：]|版权).*$"
)
_EDGES = " -—,，;；。.、\"'“”《》〈〉<>＞/"
_NO_SOURCE = re.compile(
    r"^(?:网络|互联网|综合|网络综合|网络整理|综合整理|未知|不详|本站|本网|本站原创|原创|转载|投稿|作者|暂无|无|其他|其它|admin|管理员|null|undefined|none|网络转载|百度|微信|微博|html|http.*|[\W\d_]+)$",
    re.I,
)
_CODE = re.compile(r"[_\s]+[A-Za-z]{1,4}\d{2,}$|[_\s]*[A-Z]{2,}\d*$|\s*\([A-Za-z]{1,3}\d*\)$|\s*[（(].{1,8}[)）]$")
_NOISE_TOKEN = re.compile(
    r"^(?:原创|转载|正文|字号|分享.*|关注|收藏|评论.*|阅读.*|浏览.*|\d.*|[\W_]+|A[-+]?|大|中|小|举报|打印|微信|微博|发布|发布于|于|来源|作者|已.*|时间|.*[:：])$"
)
_ACCOUNT = re.compile(r"source|author|nick|media|account|name|origin|from|laiyuan|\bly\b")
_NOT_ACCOUNT = re.compile(
    r"comment|reply|user-?card|copyright|resource|avatar|file|login|search|foot|nav|title|friend|qr|desc|time|date|tag|filename|hot|list|rank"
)
_VARIABLE = re.compile(
    r"""["']?\b(?:nickname|media_?name|source_?name|article_?source|source|account_?name|laiyuan)["']?\s*[:=]\s*["']([^"'<>\\\n]{2,24})["']""",
    re.I,
)


@dataclass(slots=True)
class Byline:
    source: str | None = None
    reprinted_from: str | None = None
    authors: tuple[str, ...] = ()
    editor: str | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class _Zone:
    """The lines in which credits stand: head (headline to text), body, tail (a few lines after the text)."""

    head: list[Line]
    body: list[Line]
    tail: list[Line]


def find_byline(page: Page, metadata: Metadata, title: int | None, first: int | None, last: int | None) -> Byline:
    """Source, reprint, authors and editor of the report whose headline and text stand at these line numbers."""
    found = Byline()
    zone = _zone(page, title, first, last)
    _find_source(page, metadata, zone, title, found)
    _find_editor(metadata, zone, found)
    _find_authors(metadata, zone, found)
    return found


def _zone(page: Page, title: int | None, first: int | None, last: int | None) -> _Zone:
    lines = page.lines
    if first is None or last is None:
        start = 0 if title is None else max(0, title - 4)
        return _Zone(_shown(lines[start : start + 30]), [], [])
    start = max(0, first - 25) if title is None else max(0, min(title, first) - 6)
    start = max(start, first - 40)
    return _Zone(_shown(lines[start:first]), _shown(lines[first : last + 1]), _shown(lines[last + 1 : last + 14]))


def _shown(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.image is None and not line.element.hidden]


def _find_source(page: Page, metadata: Metadata, zone: _Zone, title: int | None, found: Byline) -> None:
    for line, following in _with_next(zone.head):
        if _set_source(found, _labelled_source(line.text, following), "label above the report", line.text):
            break
    edge = zone.body[:2] + zone.body[-4:] + zone.tail
    for line, following in _with_next(edge):
        if len(line.text) > 120 and not line.text.rstrip().endswith(("）", ")", "】")):
            continue
        reprint = _REPRINT.search(line.text)
        if reprint and len(line.text) < 80:
            name = _source_name(line.text[reprint.end() :])
            if name and found.reprinted_from is None:
                found.reprinted_from = name
                found.evidence["reprinted_from"] = Evidence("label 转自", line.text[:200])
        if found.source is None and len(line.text) < 80:
            _set_source(found, _labelled_source(line.text, following), "label by the report's end", line.text)
    if found.source is None:
        for text, name in metadata.sources:
            if _set_source(found, _source_name(text), "meta", name):
                break
    if found.source is None:
        _unlabelled_source(page, zone, found)
    if found.source is None and title is not None:
        for _, node in page.scripts:
            match = _VARIABLE.search((node.text() or "")[:400_000])
            if match and _set_source(found, _source_name(match[1]), "script variable", match[0]):
                break


def _set_source(found: Byline, name: str | None, rule: str, origin: str) -> bool:
    if not name:
        return False
    found.source = name
    found.evidence["source_name"] = Evidence(rule, origin[:200])
    return True


def _with_next(lines: list[Line]) -> list[tuple[Line, str]]:
    return [(line, lines[i + 1].text if i + 1 < len(lines) else "") for i, line in enumerate(lines)]


def _labelled_source(text: str, following: str) -> str | None:
    if len(text) > 300:
        return None
    for match in _SOURCE.finditer(text):
        if match[0].strip().lower().startswith("图"):
            continue
        before = text[max(0, match.start() - 2) : match.start()]
        if before.endswith(("图片", "图", "数据", "资金", "视频")):
            continue
        rest = text[match.end() :]
        name = _source_name(rest) if rest.strip() else _source_name(following) if len(following) <= 24 else None
        if name:
            return name
    return None


def _source_name(text: str) -> str | None:
    """The outlet at the start of a text, without what follows it in the same line."""
    text = text.strip().strip("\"'“”:：")
    text = _STOP.sub("", text).strip(_EDGES)
    text = re.sub(r"\[[^\]]*\]$", "", text).strip()
    if not 2 <= len(text) <= 40 or _NO_SOURCE.match(text) or text.endswith(("：", ":")):
        return None
    return text


def _unlabelled_source(page: Page, zone: _Zone, found: Byline) -> None:
    """A name beside the time, or in an element that is named for it: pages of accounts (公众号 and the like)."""
    for line in zone.head:
        match = _DATE.search(line.text)
        if match is None or len(line.text) > 90:
            continue
        rest = f"{line.text[: match.start()]} {line.text[match.end() :]}"
        tokens = [token for token in rest.split() if not _NOISE_TOKEN.match(token)]
        if len(tokens) != 1 or not 2 <= len(tokens[0]) <= 20 or re.search(r"[:：，。？！]", tokens[0]):
            continue
        if _set_source(found, _source_name(tokens[0]), "name beside the time", line.text):
            return
    first = next((i for i, line in enumerate(page.lines) if zone.body and line is zone.body[0]), None)
    if first is None:
        return
    for named in page.named:
        if first - 30 <= named.line <= first and _ACCOUNT.search(named.marks) and not _NOT_ACCOUNT.search(named.marks):
            text = named.text
            if not 2 <= len(text) <= 20 or re.search(r"[:：，。？！]", text) or people_in(text):
                continue
            if _set_source(found, _source_name(text), "element named for the source", named.marks):
                return


def _find_editor(metadata: Metadata, zone: _Zone, found: Byline) -> None:
    for lines in (zone.tail, zone.body[-6:][::-1], zone.head):
        for line in lines:
            if len(line.text) > 160:
                continue
            match = _EDITOR.search(line.text)
            if match is None:
                continue
            name = _editor_name(match[1])
            if name:
                found.editor = name
                found.evidence["editor"] = Evidence("label", line.text[:200])
                return
    for text, name in metadata.editors:
        people = people_in(text)
        if people:
            found.editor = people[0]
            found.evidence["editor"] = Evidence("meta", name)
            return


def _editor_name(text: str) -> str | None:
    text = re.split(r"[\]】)）|｜丨]|\s{2,}|审核|校对|来源|作者|责编|\d{4}", text.strip().lstrip("[【(（ "))[0].strip()
    people = people_in(_CODE.sub("", text))
    if people:
        return people[0]
    text = re.split(r"[\s、，,;；]", text)[0]
    text = _CODE.sub("", text).strip("_-—:： ")
    return text if 2 <= len(text) <= 12 and not re.search(r"\d{3}|[。？！：:]", text) else None


def _find_authors(metadata: Metadata, zone: _Zone, found: Byline) -> None:
    candidates = [
        *((line, _AUTHOR, "label") for line in [*zone.head, *zone.body[:3], *zone.body[-4:], *zone.tail[:6]]),
        *((line, _DATELINE, "dateline") for line in zone.body[:2]),
        *((line, _REPORTER, "reporter named") for line in [*zone.body[:3], *zone.body[-3:]]),
        *((line, _BRACKETED, "name in brackets at the end") for line in [*zone.body[-3:], *zone.tail[:2]]),
    ]
    for line, pattern, rule in candidates:
        text = line.text if len(line.text) <= 300 or pattern is _DATELINE else ""
        if pattern is _BRACKETED:
            text = line.text[-60:]
        elif pattern is _REPORTER and not text:
            text = line.text[:60]
        match = pattern.search(text) if text else None
        if match is None:
            continue
        inner = re.sub(r"^(?:.{0,14}?(?:记者|通讯员|实习生))\s*", "", match[1]) if pattern is _DATELINE else match[1]
        names = people_in(inner.strip(" ：:/"))
        if names:
            found.authors = tuple(names)
            found.evidence["authors"] = Evidence(rule, match[0][:200])
            return
    for text, name in metadata.authors:
        names = people_in(text)
        if names and not looks_like_outlet(text):
            found.authors = tuple(names)
            found.evidence["authors"] = Evidence("meta", name)
            return
