"""The editor who answers for a report: 责任编辑, else 编辑, by label or in a line of credits."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from .metadata import Metadata
from .names import is_person, looks_like_outlet, people_in
from .roles import EDGES, SP, WORDS, Person, is_credit
from .zone import Zone

_RESPONSIBLE: Final = rf"[责責]{SP}任{SP}[编編]{SP}[辑輯]|[责責]{SP}[编編]"
_AFTER: Final = rf"{SP}[:：丨｜|/]\s*([^\n]{{1,40}})"
_PROPER_EDITOR: Final = re.compile(rf"(?:{_RESPONSIBLE}){_AFTER}")
_EDITOR: Final = re.compile(rf"(?:{_RESPONSIBLE}|[编編]{SP}[辑輯]|\bEditor){_AFTER}")
_NOT_THE_EDITOR: Final = re.compile(r"(?:图片|圖片|视频|视觉|摄影|美术|英文|音频|数据|主任|副总)[编編][辑輯]")
_EDITOR_WORD: Final = re.compile(r"(?:[责責]任)?[编編][辑輯]$|^[责責][编編]$")
_CODE: Final = re.compile(r"[_\s]+[A-Za-z]{1,4}\d{2,}$|[_\s]+[A-Z]{2,}\d*$|\s*[（(].{1,10}[)）]$")
_NO_EDITOR: Final = re.compile(r"^(?:admin\w*|编辑部?|小编|未知|佚名|暂?无|[A-Z]{1,4}\d+|本[站网])$|收藏|举报", re.I)
NEXT_CREDIT: Final = re.compile(
    r"[\]】)）|｜丨]|\s{2,}|[审審]\s?核|校\s?[对對]|[来來]\s?源|作\s?者|[责責]\s?[编編]|[责責]任|主\s?编|编\s?审|监\s?制|美\s?编|"
    r"初\s?审|[复终二三]\s?审|统\s?筹|策\s?划|值班|[编編][辑輯]|\d{4}|返回|[记記]者|举报|分享|纠错|打印|关闭|查看|摄影|图片|浏览|阅读|点击|字[号体]"
)
"""Where the names of one credit end: at another credit, a bracket, a button."""


def find_editor(metadata: Metadata, zone: Zone) -> Person | None:
    """责任编辑, else 编辑: below the report, at its end, or by the headline."""
    lines = [*zone.tail, *zone.closing, *zone.head]
    for pattern in (_PROPER_EDITOR, _EDITOR):
        for line in lines:
            text = line.text if len(line.text) <= 160 else line.text[-40:]
            if "编" not in text and "編" not in text and "Editor" not in text:
                continue
            match = pattern.search(_NOT_THE_EDITOR.sub(" ", text))
            name = _editor_name(match[1]) if match else None
            if name:
                return Person((name,), "label", text)
    for line in [*lines, *zone.opening[:2]]:
        name = _editor_in_credit(line.text) if len(line.text) <= 60 else None
        if name:
            return Person((name,), "credit line", line.text)
    for text, name in metadata.editors:
        people = people_in(text)
        if people:
            return Person((people[0],), "meta", name)
    return None


def _editor_in_credit(text: str) -> str | None:
    """The editor in a line that is nothing but roles and names: `记者 王小河 编辑 李桥 校对 吴一鸣`."""
    if ("编" not in text and "編" not in text) or not is_credit(text):
        return None
    words = WORDS.split(text.strip(EDGES))
    for word, following in pairwise(words):
        if _EDITOR_WORD.search(word) and not _NOT_THE_EDITOR.search(word) and is_person(following):
            return following
    return None


def _editor_name(text: str) -> str | None:
    text = text.strip().lstrip("[【(（ :：")
    first = NEXT_CREDIT.split(text)[0].strip()
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
