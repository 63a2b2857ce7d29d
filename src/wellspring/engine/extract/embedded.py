"""The report inside the page's data, for pages that show none of it, or a piece, until scripts have run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from wellspring.engine.errors import PageTooComplex
from wellspring.engine.records import Block, BlockType

from .blocks import Body, build_body
from .body import find_place
from .dom import Page
from .metadata import Metadata
from .patience import Patience
from .text import tidy
from .walk import read_page
from .within import lines_of

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_ASSIGNED: Final = re.compile(r"=\s*(?=[{\[])|JSON\.parse\(\s*(?=[\"'])")
_LITERAL: Final = re.compile(
    r"""[abcdtABCDT](?<!\w.)(?i:(?<=c)ontent(?:_?html)?|(?<=a)rticle_?(?:content|body|text)|(?<=d)etail|(?<=b)ody|(?<=t)xt)"""
    r"""["']?\s*[:=]\s*(?:"((?:[^"\\\n]|\\.)*+)"|'((?:[^'\\\n]|\\.)*+)')"""
)
"""A text that a script calls `content`, `articleBody` …; a name is told by its first letter, which is quick."""
_PARAGRAPH_KEYS: Final = re.compile(r"content|body|te?xt|html|detail|article|abstract|desc|para|section", re.I)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)")
_ESCAPED: Final = ("\\u", "\\x", "&#")
"""How a script in ASCII writes other characters."""
_SHORT_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_ENOUGH: Final = 80
"""Chinese characters that make a text worth looking at."""
_LONGEST_SCRIPT: Final = 3_000_000
_MOST_VALUES: Final = 60_000


Owners = tuple[Mapping[str, Any], ...]
"""The objects around a value, the innermost first."""


@dataclass(slots=True)
class Inner:
    """A report found in the page's data, the name of the place, and the objects that hold it."""

    body: Body
    origin: str
    owners: Owners = ()


def embedded_body(page: Page, metadata: Metadata, title: str | None, shown: int) -> Inner | None:
    """The report from stores, JSON-LD or script data; None if none is longer than twice the `shown` characters."""
    best: Inner | None = None
    for text, origin, owners in _candidates(page, metadata):
        body = _body_of(text, title, page.patience)
        if body.characters > max(2 * shown, _ENOUGH) and (best is None or body.characters > best.body.characters):
            best = Inner(body, origin, owners)
    return best


def _candidates(page: Page, metadata: Metadata) -> list[tuple[str, str, Owners]]:
    """The longest texts of each place, at most four of each."""
    found: list[tuple[str, str, Owners]] = []
    for node in page.stores:
        text = node.text() or ""
        if _is_long(text):
            found.append((text, "textarea", ()))
    if metadata.body:
        found.append((metadata.body, "JSON-LD articleBody", ()))
    values: dict[str, tuple[str, Owners]] = {}
    for kind, node in page.scripts:
        script = node.text() or ""
        if "ld+json" in kind or not 200 < len(script) < _LONGEST_SCRIPT:
            continue
        if script.isascii() and not any(escape in script for escape in _ESCAPED):
            # Nothing Chinese is in it.
            continue
        for key, text, owners in _script_texts(kind, script, page.patience):
            values.setdefault(text, (f"script data {key}", owners))
    longest = sorted(values.items(), key=lambda pair: -len(pair[0]))
    return [*found[:4], *((text, origin, owners) for text, (origin, owners) in longest[:4])]


def _is_long(text: str) -> bool:
    return len(text) > _ENOUGH and len(_CHINESE.findall(text[:20_000])) >= _ENOUGH


def _script_texts(kind: str, script: str, patience: Patience) -> Iterator[tuple[str, str, Owners]]:
    for data in _script_data(kind, script, patience):
        patience.check()
        yield from _texts_in(data)
    for match in _LITERAL.finditer(script):
        raw = match[1] or match[2] or ""
        if len(raw) > _ENOUGH:
            text = unescape(_unescaped(raw)).strip("\"'")
            if _is_long(text):
                yield "literal", text, ()


def _script_data(kind: str, script: str, patience: Patience) -> Iterator[Any]:
    """JSON values that a script holds: as its whole, assigned to a name, or as the text given to JSON.parse."""
    decoder = json.JSONDecoder(strict=False)
    starts = (
        [0]
        if "json" in kind
        else [match.end() for match, _ in zip(_ASSIGNED.finditer(script), range(40), strict=False)]
    )
    reached = 0
    for start in starts:
        if start < reached:
            continue
        patience.check()
        try:
            value, reached = decoder.raw_decode(script, start if start else len(script) - len(script.lstrip()))
            if isinstance(value, str):
                value = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            continue
        yield value


def _texts_in(data: Any) -> Iterator[tuple[str, str, Owners]]:
    """Long texts among the values, and lists of texts joined as paragraphs."""
    waiting: list[tuple[str, Any, Owners]] = [("", data, ())]
    seen = 0
    while waiting and seen < _MOST_VALUES:
        key, value, owners = waiting.pop()
        seen += 1
        if isinstance(value, str):
            if len(value) > _ENOUGH and _PARAGRAPH_KEYS.search(key) and _is_long(value):
                yield key, value, owners
            elif len(value) > 400 and value.lstrip()[:1] in "{[":
                try:
                    waiting.append((key, json.loads(value, strict=False), owners))
                except (ValueError, RecursionError):
                    continue
        elif isinstance(value, dict):
            around = (value, *owners[:1])
            waiting.extend((name[:100], inner, around) for name, inner in value.items())
        elif isinstance(value, list):
            texts = [_text_of(inner) for inner in value[:500]]
            joined = "\n".join(text for text in texts if text)
            if sum(map(bool, texts)) > 1 and _PARAGRAPH_KEYS.search(key) and _is_long(joined):
                yield key, joined, owners
            waiting.extend((key, inner, owners) for inner in value)


def _text_of(value: Any) -> str:
    """A text, or the text of an object that holds just one."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        texts = [
            inner for name, inner in value.items() if isinstance(inner, str) and name in ("text", "content", "value")
        ]
        return texts[0] if len(texts) == 1 else ""
    return ""


def _unescaped(raw: str) -> str:
    """A script's string literal as text."""

    def one(match: re.Match[str]) -> str:
        if match[1] or match[2]:
            return chr(int(match[1] or match[2], 16))
        return _SHORT_ESCAPES.get(match[3], match[3])

    return _ESCAPE.sub(one, raw).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _body_of(text: str, title: str | None, patience: Patience) -> Body:
    if "&lt;" in text and "<" not in text:
        text = unescape(text)
    if "<p" in text or "<br" in text or "<div" in text or "<img" in text:
        try:
            inner = read_page(text.encode("utf-8", "replace"), patience)
        except PageTooComplex:
            patience.check()
            return Body()
        place = find_place(inner)
        return build_body(inner, lines_of(inner, inner.elements[0]), title) if place else Body()
    paragraphs = [tidy(part) for part in re.split(r"\n|(?<=[。！？”])[ \u3000]{2,}", text)]
    blocks = [Block(BlockType.P, text=part) for part in paragraphs if part]
    return Body(blocks, characters=sum(len(block.text) for block in blocks))
