"""From the place of the report to its blocks: what does not belong is left out, the rest is told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from wellspring.engine.records import Block, BlockType

from . import english
from .dom import Element, Line, Page
from .images import caption_after, image_address
from .roles import is_credit
from .title import bare
from .within import is_in_a_list_of_sources
from .wording import CREDIT, END, HEADING_OF_A_LIST, ORIGINAL_TITLE, PROMOTION, SERVICE, is_head_line, is_notice

_SENTENCE: Final = frozenset("。！？；…”!?.")
_END_OF_SENTENCE: Final = frozenset("，。！？；：")
_SPOKEN: Final = re.compile(r"[？?！!…][”」]?$|[，；].*。$")
"""How what somebody says ends, as `记者：车位够吗？` in an interview, and no credit."""
_SIGNED: Final = re.compile(r"^[（(【\[][^（）()]{2,40}[)）】\]]$")


@dataclass(slots=True)
class Body:
    """The report's blocks and the numbers of its first and last line of text on the page."""

    blocks: list[Block] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """Numbers of the report's lines of text, and of those that were left out at its edges as credits."""
    characters: int = 0

    @property
    def first(self) -> int | None:
        return self.numbers[0] if self.numbers else None

    @property
    def last(self) -> int | None:
        return self.numbers[-1] if self.numbers else None


@dataclass(slots=True, eq=False)
class _Kept:
    line: Line
    number: int
    caption: str | None = None


def build_body(page: Page, numbers: list[int], title: str | None) -> Body:
    """The blocks of the report from its lines."""
    kept = _trimmed(page, numbers, bare(title or ""))
    kept = _captioned(kept)
    body = Body()
    tables = _data_tables(kept)
    written: set[int] = set()
    last: Element | None = None
    for count, item in enumerate(kept):
        if count & 63 == 63:
            page.patience.check()
        line = item.line
        table = _table_of(line.element, tables)
        if line.image is not None:
            address = image_address(line.image, page.base)
            if address:
                body.blocks.append(Block(BlockType.IMAGE, src=address, caption=item.caption))
            continue
        body.numbers.append(item.number)
        body.characters += len(line.text)
        if line.element.tag == "pre" and body.blocks and last is line.element:
            before = body.blocks[-1]
            body.blocks[-1] = Block(before.type, text=f"{before.text}\n{line.text}")
            continue
        last = line.element
        if table is not None:
            if table.index not in written:
                written.add(table.index)
                body.blocks.append(Block(BlockType.TABLE, text=_table_text(table, kept)))
            continue
        body.blocks.append(Block(_type_of(line), text=line.text))
    while body.blocks and body.blocks[-1].type in (BlockType.H2, BlockType.H3) and len(body.blocks) > 3:
        body.blocks.pop()
    return body


def _trimmed(page: Page, numbers: list[int], title: str) -> list[_Kept]:
    """The lines without furniture, credits and notices, cut where a list of other reports or comments begins."""
    lines = page.lines
    total = sum(len(lines[number].text) for number in numbers) or 1
    kept: list[_Kept] = []
    passed = 0
    begun = False
    lists: dict[int, bool] = {}
    for position, number in enumerate(numbers):
        if not position & 255:
            page.patience.check()
        line = lines[number]
        if line.image is not None:
            kept.append(_Kept(line, number))
            continue
        text = line.text
        length = len(text)
        passed += length
        if length <= 90:
            if HEADING_OF_A_LIST.match(text):
                if _only_links_follow(lines, numbers[position + 1 : position + 13]) or ("评" in text and begun):
                    break
                continue
            if begun and passed > total * 0.6 and END.match(text):
                break
            if SERVICE.match(text) or ORIGINAL_TITLE.match(text) or is_credit(text):
                continue
            if CREDIT.match(text) and not _SPOKEN.search(text):
                continue
            if text[0] < "\x7f":
                if passed > total * 0.75 and english.begins_what_is_below(text):
                    break
                if english.is_service(text) or (not begun and english.is_head_line(text)):
                    continue
            if not begun and (
                length <= 3 or _is_of_title(bare(text), title) or (text[-1] != "。" and is_head_line(text))
            ):
                continue
        if not begun and line.links * 2 >= length > 0:
            continue
        linked = length > 4 and line.links * 5 > length * 4 and length < 60 and text[-1] not in _SENTENCE
        if linked and not is_in_a_list_of_sources(line.element, page, lists):
            continue
        if line.links and PROMOTION.search(text):
            continue
        if is_notice(text):
            if passed > total * 0.75 and begun:
                break
            if begun or length < 200:
                continue
        begun = begun or length > 12
        kept.append(_Kept(line, number))
    while kept and kept[-1].line.image is None and _SIGNED.match(kept[-1].line.text) and len(kept[-1].line.text) <= 24:
        if "完" in kept[-1].line.text:
            break
        kept.pop()
    return kept


def _is_of_title(text: str, title: str) -> bool:
    """Whether a line is the headline, or one of the lines that it is set in."""
    return bool(text) and (text == title or (len(text) >= 8 and text in title))


def _only_links_follow(lines: list[Line], numbers: list[int]) -> bool:
    following = [lines[number] for number in numbers if lines[number].image is None]
    length = sum(len(line.text) for line in following)
    running = sum(len(line.text) for line in following if len(line.text) > 60 and line.links == 0)
    return running * 3 < length or length == 0


def _captioned(kept: list[_Kept]) -> list[_Kept]:
    """Captions taken out of the text and given to their pictures."""
    lengths = sorted(len(item.line.text) for item in kept if item.line.image is None and len(item.line.text) > 1)
    usual = lengths[len(lengths) // 2] if lengths else 0
    result: list[_Kept] = []
    for position, item in enumerate(kept):
        previous = result[-1] if result else None
        following = kept[position + 1].line if position + 1 < len(kept) else None
        if (
            previous is not None
            and previous.line.image is not None
            and previous.caption is None
            and item.line.image is None
        ):
            caption = caption_after(previous.line, item.line, following, usual)
            if caption:
                previous.caption = caption
                continue
        if item.line.image is None and len(item.line.text) <= 40 and item.line.text[0] in "▲△▼↑↓":
            # A caption whose picture is not in the page, or stands further up.
            continue
        result.append(item)
    return result


def _type_of(line: Line) -> BlockType:
    element: Element | None = line.element
    for _ in range(3):
        if element is None:
            break
        tag = element.tag
        if tag in ("h1", "h2"):
            return BlockType.H2
        if tag in ("h3", "h4", "h5", "h6"):
            return BlockType.H3
        if tag == "blockquote":
            return BlockType.QUOTE
        if tag in ("li", "dd", "dt"):
            return BlockType.LI
        element = element.parent
    if line.bold * 10 >= len(line.text) * 9 and 2 <= len(line.text) <= 40 and line.text[-1] not in _END_OF_SENTENCE:
        return BlockType.H3
    return BlockType.P


def _data_tables(kept: list[_Kept]) -> set[int]:
    """Indexes of <table> elements that hold figures rather than the page's layout: short cells, several in a row."""
    cells: dict[int, list[int]] = {}
    rows: dict[int, set[int]] = {}
    columns: dict[int, set[int]] = {}
    for item in kept:
        table = row = cell = None
        element: Element | None = item.line.element
        while element is not None and table is None:
            if element.tag in ("td", "th") and cell is None:
                cell = element
            elif element.tag == "tr" and row is None:
                row = element
            elif element.tag == "table":
                table = element
            element = element.parent
        if table is None or row is None or cell is None:
            continue
        cells.setdefault(table.index, []).append(len(item.line.text))
        rows.setdefault(table.index, set()).add(row.index)
        columns.setdefault(table.index, set()).add(cell.index)
    return {
        index
        for index, lengths in cells.items()
        if len(rows[index]) >= 2
        and len(columns[index]) >= 2 * len(rows[index])
        and sum(lengths) / len(lengths) < 60
        and max(lengths) < 400
    }


def _table_of(element: Element, tables: set[int]) -> Element | None:
    if not tables:
        return None
    current: Element | None = element
    while current is not None:
        if current.index in tables:
            return current
        current = current.parent
    return None


def _table_text(table: Element, kept: list[_Kept]) -> str:
    """Cells of a row divided by tabs, rows by newlines."""
    rows: dict[int, dict[int, str]] = {}
    for item in kept:
        if item.line.image is not None or not table.holds(item.line.element):
            continue
        row, cell = -1, -1
        element: Element | None = item.line.element
        while element is not None and element is not table:
            if element.tag in ("td", "th") and cell < 0:
                cell = element.index
            elif element.tag == "tr" and row < 0:
                row = element.index
            element = element.parent
        cells = rows.setdefault(row, {})
        cells[cell] = f"{cells[cell]} {item.line.text}" if cell in cells else item.line.text
    return "\n".join("\t".join(cells.values()) for cells in rows.values())
