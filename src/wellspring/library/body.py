"""A report's body made ready for the page: list items gathered, tables cut into cells, pictures found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellspring.engine.records import BlockType
from wellspring.library.models import Picture, Snapshot

_PLAIN = {BlockType.P.value, BlockType.H2.value, BlockType.H3.value, BlockType.QUOTE.value}
_BRACKETS = re.compile(r"[（(][^（()）]{1,40}[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the body. `kind` is p, h2, h3, quote, list, table or picture."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None
    """The kept picture; None where it is not fetched yet or could not be."""
    failed: bool = False
    """Of a picture: it was tried, and could not be kept."""
    caption: str = ""


def body_parts(blocks: Sequence[Mapping[str, str]], pictures: Sequence[Picture] = ()) -> list[Part]:
    """The blocks of a record as parts, in order; a block of an unknown type is shown as a paragraph."""
    kinds = {block.get("type") for block in blocks}
    # Where a report has only the lower headings, they are its upper ones: no level is left out.
    raised = {BlockType.H3.value: BlockType.H2.value} if BlockType.H2.value not in kinds else {}
    by_url = {picture.url: picture for picture in pictures}
    parts: list[Part] = []
    items: list[str] = []
    for block in blocks:
        kind, text = block.get("type", ""), block.get("text", "")
        kind = raised.get(kind, kind)
        if kind == BlockType.LI.value:
            items.append(text)
            continue
        if items:
            parts.append(Part("list", items=tuple(items)))
            items = []
        if kind == BlockType.IMAGE.value:
            parts.append(_picture(block, by_url.get(block.get("src", ""))))
        elif kind == BlockType.TABLE.value:
            parts.append(Part("table", rows=_rows(text)))
        elif text:
            parts.append(Part(kind if kind in _PLAIN else "p", text))
    if items:
        parts.append(Part("list", items=tuple(items)))
    return parts


def signature(snapshot: Snapshot) -> str:
    """The authors as they stand at the end, in Chinese in brackets; empty where the body ends with them already."""
    authors = [str(author) for author in snapshot.authors]
    last = next((block.get("text", "") for block in reversed(snapshot.body) if block.get("text")), "")
    ending = _BRACKETS.search(last.rstrip())
    if not authors or (ending and any(author in ending.group() for author in authors)):
        return ""
    if snapshot.language.startswith("en"):
        return ", ".join(authors)
    return f"（{' '.join(authors)}）"


def _picture(block: Mapping[str, str], picture: Picture | None) -> Part:
    caption = block.get("caption") or (picture.caption if picture else "")
    kept = picture if picture and picture.capture_id else None
    return Part("picture", picture=kept, failed=bool(picture and picture.error_code), caption=caption)


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    rows = [tuple(line.split("\t")) for line in text.splitlines() if line.strip()]
    width = max(map(len, rows), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in rows)
