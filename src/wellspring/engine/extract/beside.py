"""What the page's data says beside a report that it holds: title, time, outlet, people, by the keys around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from .metadata import Metadata
from .text import tidy

_KEYS: Final = (
    ("titles", re.compile(r"(?:news|article|widget|doc|share)?_?(?:title|headline)", re.I)),
    (
        "times",
        re.compile(
            r"(?:pub(?:lish)?|release|show|news|first)_?(?:time|date|at|ed_?at|ed_?time)(?:stamp)?|p?time|date(?:_?time)?",
            re.I,
        ),
    ),
    (
        "sources",
        re.compile(
            r"(?:article|news|media|original?|copy)?_?(?:source|media|origin|laiyuan|come_?from)_?(?:name)?", re.I
        ),
    ),
    ("authors", re.compile(r"(?:article|news)?_?(?:authors?|writer|reporter)_?(?:name)?", re.I)),
    ("editors", re.compile(r"(?:duty|responsible)?_?editor_?(?:name)?", re.I)),
)
_LONGEST: Final = 160


def add_what_stands_beside(owners: tuple[Mapping[str, Any], ...], metadata: Metadata) -> None:
    """Put the statements of the objects around a report, the innermost first, before those of the head."""
    found: dict[str, list[tuple[str, str]]] = {}
    for owner in owners:
        for key, value in list(owner.items())[:200]:
            for name, pattern in _KEYS:
                if name not in found and pattern.fullmatch(str(key)) and (texts := _texts(value)):
                    found[name] = [(text, f"script data {key}") for text in texts]
    for name, statements in found.items():
        getattr(metadata, name)[:0] = statements


def _texts(value: Any) -> list[str]:
    """A short text, a number of seconds or milliseconds, or the names in a list or an object."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int):
        return [str(value)] if len(str(value)) in (10, 13) else []
    if isinstance(value, str):
        text = tidy(value)
        return [text] if 1 < len(text) <= _LONGEST and "<" not in text and not text.startswith("http") else []
    if isinstance(value, Mapping):
        return _texts(value.get("name") or value.get("title") or "") if "name" in value or "title" in value else []
    if isinstance(value, list):
        return [text for one in value[:10] if not isinstance(one, list) for text in _texts(one)]
    return []
