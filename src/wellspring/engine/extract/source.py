"""来源: the outlet that the page names, by label, by meta, or as the account that publishes it; and reprints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .dates import DATE
from .dom import Line, Named, Page
from .metadata import Metadata
from .names import is_person, people_in
from .zone import Zone

_SP: Final = r"[\s\u3000]{0,4}"
_LABEL: Final = re.compile(
    rf"(?:信息|文章|新闻|稿件|内容|本文|原文|消息|文稿|素材)?[来來]{_SP}源{_SP}(?:[于於]|自|[:：])[\s:：]*"
    rf"|稿{_SP}源{_SP}[:：]\s*|稿件来源\s*[:：]\s*|出{_SP}处{_SP}[:：]\s*|来自\s*[:：]\s*|媒体(?:名称)?\s*[:：]\s*"
    r"|(?:转载|转|摘|选)自\s*[:：]?\s*|原载(?:于)?\s*[:：]?\s*|本文来自[^:：]{0,8}[:：]\s*|\bSource\s*[:：]\s*|发布(?:单位|机构|部门|者|人|来源)\s*[:：]\s*",
    re.I,
)
_BARE_LABEL: Final = re.compile(r"^(?:文章|信息|新闻)?来源(?!于|自)[ \u3000]?([\u3400-\u9fffA-Za-z0-9·]{2,20})$")
_OTHER_SOURCE: Final = re.compile(
    r"(?:图片?|照片|数据|视频|资金|资料|封面|题图|音频|动图|配图|素材|地图|线索)[\s:：]{0,2}$"
)
_REPRINT: Final = re.compile(
    r"(?:本文)?(?:转载自|转自|转载于|本文来自[^:：]{0,8}[:：]|摘自|选自|原载(?:于)?)\s*[:：]?\s*"
)
_PUBLISHER: Final = re.compile(r"发布(?:单位|机构|部门|者|人)")

_AFTER: Final = re.compile(
    r"\s*(?:[|｜丨【（(）)\t]|发布时间|发布日期|发表于|时\s*间\s*[:：]|日\s*期\s*[:：]|作\s*者|[责責]任[编編][辑輯]|责\s?编|编\s*辑\s*[:：]|浏览|"
    r"阅读|点击|评论|字\s*[号体]|分享|打印|关闭|收藏|人气|访问|查看|录入|我要|微信|投稿|纠错|更新|记\s*者|摄影|版权|举报|"
    r"(?:19|20)\d\d\s*[-年/.]|\d{1,2}月\d{1,2}日|选稿|撰稿|发布人|审核|订阅|关注|原文链接|https?:|\d+\s*(?:次|人|条)).*$"
)
_NO_OUTLET: Final = re.compile(
    r"^(?:本站|本站原创|本站整理|佚名|网络|互联网|综合|网络综合|网络整理|综合整理|未知|不详|原创|转载|投稿|作者|暂无|无|其他|其它|admin|管理员|系统管理员|null|"
    r"undefined|none|网络转载|转载网络|微信|微博|html|https?.*|来源|本文|图片|点击|分享|正文|[\W\d_]+|.*[？！。，,?!].*)$",
    re.I,
)
_EDGES: Final = "©® \u3000-—·,，;；。.、:：\"'“”‘’《》〈〉<>＞>/[]【】「」"
_NOISE: Final = re.compile(
    r"^(?:.{0,4}原创|今天是|文[/／].*|[记記]者.*|通[讯訊][员員].*|实习生.*|转载|首发|正文|字号|分享.*|关注|收藏|评论.*|阅读.*|浏览.*|\d.*|[\W_]+|A[-+]?|[大中小]|举报|打印.*|微信.*|微博.*|发布|发布于|"
    r"于|来源|作者|已.*|时间|.*[:：].*|订阅|投稿|听新闻|听.*|播报.*|星期.|周.|上午|下午|凌晨|早上|清晨|中午|傍晚|晚上|北京|IP.*|来自.*|发表于|本文.*|.*次|.*条)$"
)
_ACCOUNT: Final = re.compile(r"source|nick|media|account|origin|laiyuan|\bly\b|from\b")
_NAMED_AUTHOR: Final = re.compile(r"author|user-?name|(?<![a-z])name\b")
_NOT_ACCOUNT: Final = re.compile(
    r"comment|reply|card|copyright|resource|avatar|file|login|search|foot|nav|title|friend|qr|desc|time|date|tag|hot|list|"
    r"rank|authent|badge|vip|level|logo|recommend|relat|side|share|mobile|phone|intro|link|form|input|item"
)
_VARIABLE: Final = re.compile(
    r"""([NnSsl](?:ame|AME|ource|OURCE|aiyuan))["']?\s{0,9}[:=]\s{0,9}["']([^"'<>\\\n]{2,24})["']"""
)
_VARIABLE_NAME: Final = re.compile(
    r"\b(?:nick_?name|media_?name|source_?name|article_?source|account_?name|laiyuan|source)$", re.I
)


_LONGEST: Final = 300
_CHANNEL: Final = re.compile(r"^(?:微信)?公众号\s*[“「:：《【]?|^微信号\s*[:：]")
_JOINED: Final = re.compile(r"^\s*[-－—–]\s*[《\u3400-\u9fff]")


@dataclass(slots=True)
class Source:
    name: str
    rule: str
    origin: str


def find_source(page: Page, metadata: Metadata, zone: Zone) -> Source | None:
    """The outlet that the page names as where the report comes from; None where it names none."""
    return (
        _labelled(zone.head, "label above the report")
        or _labelled(zone.edge, "label by the report's end")
        or _stated(metadata)
        or _beside_time(zone)
        or _account(page, metadata, zone)
        or _in_scripts(page)
    )


def find_reprint(zone: Zone) -> Source | None:
    """转自 / 摘自: the outlet that the text was taken from, where the page says that it is a reprint."""
    for line in [*zone.head, *zone.edge]:
        text = line.text
        match = _REPRINT.search(text) if len(text) < 100 and ("自" in text or "载" in text) else None
        if match:
            name = outlet(text[match.end() :])
            if name:
                return Source(name, "label 转自", text)
    return None


def outlet(text: str) -> str | None:
    """The outlet's name at the beginning of a text, without what follows it; None if there is none."""
    text = _CHANNEL.sub("", text[:_LONGEST].strip(_EDGES)).strip(_EDGES)
    text = _AFTER.sub("", text).strip(_EDGES)
    first, space, _ = text.partition(" ")
    if space and len(first) >= 2 and "\u3400" <= first[-1] <= "\u9fff" and not first.isascii():
        text = first.strip(_EDGES)
    if not 2 <= len(text) <= 40 or _NO_OUTLET.match(text):
        return None
    return f"{text}》" if text.count("《") > text.count("》") else text


def _labelled(lines: list[Line], rule: str) -> Source | None:
    weak: Source | None = None
    for number, line in enumerate(lines):
        text = line.text
        if len(text) > 300:
            continue
        for place, segment in enumerate(line.segments or (text,)):
            bare = _BARE_LABEL.match(segment)
            if bare and (name := outlet(bare[1])):
                return Source(name, rule, text)
            for match in _LABEL.finditer(segment) if _may_hold_a_label(segment) else ():
                if _OTHER_SOURCE.search(segment[: match.start()]) or (len(text) > 90 and match.start() > 60):
                    continue
                rest = segment[match.end() :]
                if not rest.strip(_EDGES):
                    rest = _following(line, place, lines, number)
                name = outlet(rest)
                if name is None:
                    continue
                found = Source(name, rule, text)
                if _PUBLISHER.search(match[0]):
                    if is_person(name):
                        # Whoever put the page up is no outlet.
                        continue
                    weak = weak or found
                else:
                    return found
        for part in re.split(r"[|｜]", text) if "|" in text or "｜" in text else ():
            bare = _BARE_LABEL.match(part.strip())
            if bare and (name := outlet(bare[1])):
                return Source(name, rule, text)
    return weak


def _may_hold_a_label(text: str) -> bool:
    """Whether signs stand in it that every `_LABEL` has: a look for these spares most lines the long pattern."""
    return (":" in text or "：" in text or "自" in text or "载" in text or "于" in text or "於" in text) and (
        "源" in text
        or "自" in text
        or "载" in text
        or "发布" in text
        or "处" in text
        or "媒" in text
        or "ource" in text
        or "OURCE" in text
    )


def _following(line: Line, place: int, lines: list[Line], number: int) -> str:
    """What comes after a label that stands alone: the next segment, or the next line if it is short."""
    if place + 1 < len(line.segments):
        name = line.segments[place + 1]
        beyond = line.segments[place + 2] if place + 2 < len(line.segments) else ""
        return name + beyond if _JOINED.match(beyond) else name
    if number + 1 < len(lines) and len(lines[number + 1].text) <= 24:
        following = lines[number + 1]
        return following.segments[0] if following.segments else following.text
    return ""


def _stated(metadata: Metadata) -> Source | None:
    for text, name in metadata.sources:
        found = outlet(text)
        if found:
            return Source(found, "page data" if name.startswith("script") else "meta", name)
    return None


def _beside_time(zone: Zone) -> Source | None:
    """A name in the line of the publish time: accounts and portals write both without labels."""
    for line in zone.by_time:
        if len(line.text) > 90:
            continue
        segments = line.segments or tuple(line.text.split())
        names: list[str] = []
        people = False
        for segment in segments:
            for token in DATE.sub(" ", segment).split():
                if is_person(token):
                    people = True
                elif not _NOISE.match(token) and token not in names:
                    names.append(token)
        if people and len(names) == 1 and len(names[0]) < 3:
            # A column (社会) beside the author rather than an outlet.
            continue
        if len(names) == 1 and 2 <= len(names[0]) <= 20 and not people_in(names[0]):
            name = outlet(re.sub(r"\[[^\]]*\]$", "", names[0]))
            if name:
                return Source(name, "name beside the time", line.text)
    return None


def _account(page: Page, metadata: Metadata, zone: Zone) -> Source | None:
    """The account that publishes the page: an element by the headline that is named for it."""
    if zone.first is None:
        return None
    start = max(0, zone.first - 30) if zone.title is None else max(0, zone.title - 3)
    authors = {text for text, _ in metadata.authors}
    near = page.named_between(start, zone.first)
    also_author: Source | None = None
    for pattern in (_ACCOUNT, _NAMED_AUTHOR):
        for named in near:
            if not pattern.search(named.marks) or _NOT_ACCOUNT.search(named.marks):
                continue
            page.patience.check()
            name = _account_name(named)
            if name is None or people_in(name):
                continue
            found = Source(name, "element named for the source", named.marks)
            if name not in authors:
                return found
            also_author = also_author or found
    return also_author


def _account_name(named: Named) -> str | None:
    text = named.text
    if not 2 <= len(text) <= 20 or DATE.search(text) or _NOISE.match(text):
        return None
    return outlet(text)


def _in_scripts(page: Page) -> Source | None:
    """A variable of the page's own scripts, where all of them say the same."""
    found: dict[str, str] = {}
    for _, node in page.scripts:
        page.patience.check()
        script = (node.text() or "")[:400_000]
        if script.isascii():
            # Only a Chinese name is taken.
            continue
        for match in _VARIABLE.finditer(script):
            if not _VARIABLE_NAME.search(script[max(0, match.start() - 12) : match.end(1)]):
                continue
            name = outlet(match[2])
            if name and re.search(r"[\u3400-\u9fff]", name):
                found.setdefault(name, match[0])
    if len(found) == 1:
        name, origin = next(iter(found.items()))
        return Source(name, "script variable", origin)
    return None
