"""The records of an article's pages as one record: fields from the page that states them, bodies in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wellspring.engine.records import Block, BlockType, Evidence, NewsRecord, PageKind

from .title import bare

_PAGE_OF: Final = re.compile(
    r"\s*(?:[(（\[【]\s*(?:第?\s*\d{1,2}\s*页?|\d{1,2}\s*/\s*\d{1,2})\s*[)）\]】]|[-_—]?\s*第\s*\d{1,2}\s*页)$"
)
"""“(2)”, “（第2页）”, “(2/3)” behind a headline."""
_FIELDS: Final = (
    "title",
    "published_at",
    "source_name",
    "authors",
    "editor",
    "reprinted_from",
    "column_name",
    "language",
)
_SHARED: Final = 8
"""Characters that two headlines of one article at least have in common, where one of them is longer."""
_WHOLE: Final = 0.9
"""A page that has so much of the text before it, and more, shows the whole article."""


def is_same_article(first: NewsRecord, following: NewsRecord) -> bool:
    """Whether a page that the first one's links lead to reads like the same article: by headline, else by time."""
    one, other = _headline(first), _headline(following)
    if not one or not other or one == other:
        return following.kind is not PageKind.LIST or (bool(one) and one == other)
    if min(len(one), len(other)) >= _SHARED and (one.startswith(other) or other.startswith(one)):
        return True
    return first.published_at is not None and first.published_at == following.published_at


def adds_nothing(pages: Sequence[NewsRecord], following: NewsRecord) -> bool:
    """Whether a page repeats what those before it have, as one does that only turns the pages of its comments."""
    known = {_key(block) for page in pages for block in page.body}
    return all(_key(block) in known for block in following.body)


def join_pages(pages: Sequence[NewsRecord]) -> NewsRecord:
    """One record of an article's pages, the first one first, with evidence of the page that each field is from.

    What later pages repeat, as the headline, the lead picture and the furniture around their text, is left out; of a
    page that shows the whole article the body is taken. `next_page` is that of the last page: what is still missing.
    """
    first = pages[0]
    if len(pages) == 1:
        return first
    values: dict[str, object] = {}
    evidence: dict[str, Evidence] = {}
    for name in _FIELDS:
        for number, page in enumerate(pages, start=1):
            if value := getattr(page, name):
                values[name] = value
                if name == "published_at":
                    values["published_precision"] = page.published_precision
                if found := page.evidence.get(name):
                    evidence[name] = _of_page(found, number)
                break
    if first.title:
        values["title"] = _PAGE_OF.sub("", first.title) or first.title
    if found := first.evidence.get("body"):
        evidence["body"] = found
    told = ", ".join(page.url or "?" for page in pages[1:])
    evidence["pages"] = Evidence("next-page links", f"{len(pages)} pages: {told}"[:200])
    last = pages[-1]
    if last.next_page and (found := last.evidence.get("next_page")):
        evidence["next_page"] = _of_page(found, len(pages))
    body = tuple(_joined_body(pages))
    return replace(first, **values, body=body, next_page=last.next_page, evidence=evidence)  # type: ignore[arg-type]  # names and types are the record's own


def _joined_body(pages: Sequence[NewsRecord]) -> list[Block]:
    title = bare(pages[0].title or "")
    joined: list[Block] = list(pages[0].body)
    for number, page in enumerate(pages[1:], start=1):
        blocks = list(page.body)
        if _shows_whole(joined, blocks):
            joined = blocks
            continue
        before = {_key(block) for block in joined}
        joined = _without_furniture(joined, pages[number - 1].body, blocks)
        while blocks and (_key(blocks[0]) in before or (title and bare(blocks[0].text) == title)):
            del blocks[0]
        joined.extend(block for block in blocks if block.type is not BlockType.IMAGE or _key(block) not in before)
    return joined


def _without_furniture(joined: list[Block], page: Sequence[Block], following: Sequence[Block]) -> list[Block]:
    """Without the blocks with which this page and the next one both end: they stand once, at the very end."""
    same = 0
    most = min(len(page), len(following) - 1, len(joined) - 1)
    while same < most and _key(page[-1 - same]) == _key(following[-1 - same]) == _key(joined[-1 - same]):
        same += 1
    return joined[: len(joined) - same]


def _shows_whole(joined: Sequence[Block], blocks: Sequence[Block]) -> bool:
    here = {_key(block) for block in blocks}
    length = sum(len(block.text) for block in joined)
    repeated = sum(len(block.text) for block in joined if _key(block) in here)
    return length > 0 and repeated >= length * _WHOLE and sum(len(block.text) for block in blocks) > length


def _key(block: Block) -> str:
    return f"image {block.src}" if block.type is BlockType.IMAGE else "".join(block.text.split())


def _headline(record: NewsRecord) -> str:
    return bare(_PAGE_OF.sub("", record.title or ""))


def _of_page(found: Evidence, number: int) -> Evidence:
    return found if number == 1 else Evidence(found.rule, f"page {number}: {found.origin}"[:200])
