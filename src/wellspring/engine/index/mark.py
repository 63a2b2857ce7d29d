"""Where a query is found in a text that is shown: marks and snippets.

Tantivy's own snippets work on the text as it was indexed; a reader must see it as it was written.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from .query import Chunk, parsed
from .text import units_with_places

Marked = tuple[tuple[str, bool], ...]
"""Pieces of a text in order, each with whether it is a match; together they are the text."""

_LONGEST_TEXT = 50_000
"""Characters of a text that are searched for the best place."""
_CLOSES = "。！？；，、：…!?;,:.”’》）】」』) "
"""What no snippet begins with."""
_LEAD = 12
"""Characters shown before the first match of a snippet."""


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    chunk: int
    weight: float


def mark(text: str, query: str) -> Marked:
    """The whole text with the query's chunks marked: whole where they stand whole, else their words."""
    return _pieces(text, 0, len(text), _matches(text, parsed(query)))


def snippet(text: str, query: str, length: int = 90) -> Marked:
    """About `length` characters of the text around the place that says most about the query, marked.

    Without a match it is the beginning of the text. An ellipsis stands where text was left out.
    """
    text = " ".join(text[:_LONGEST_TEXT].split())
    matches = _matches(text, parsed(query))
    start = _best_start(text, matches, length)
    while 0 < start < len(text) and text[start] in _CLOSES:
        start += 1
    end = min(start + length, len(text))
    marked = _pieces(text, start, end, matches)
    before: Marked = (("…", False),) if start else ()
    after: Marked = (("…", False),) if end < len(text) else ()
    return _joined((*before, *marked, *after))


def _matches(text: str, chunks: tuple[Chunk, ...]) -> list[_Match]:
    """Matches in order of place, longer before shorter, overlaps allowed."""
    placed = units_with_places(text)
    where: dict[str, list[int]] = {}
    for at, (unit, _, _) in enumerate(placed):
        where.setdefault(unit, []).append(at)

    def found(wanted: tuple[str, ...], number: int, weight: float) -> list[_Match]:
        size = len(wanted)
        return [
            _Match(placed[at][1], placed[at + size - 1][2], number, weight)
            for at in where.get(wanted[0], ())
            if at + size <= len(placed) and all(placed[at + step][0] == wanted[step] for step in range(1, size))
        ]

    matches: list[_Match] = []
    for number, chunk in enumerate(chunks):
        whole = found(chunk.units, number, 2.0)
        matches.extend(whole)
        if not whole:
            for piece in chunk.pieces:
                matches.extend(found(piece, number, 1.0))
    return sorted(matches, key=lambda match: (match.start, -match.end))


def _best_start(text: str, matches: list[_Match], length: int) -> int:
    """Where a window begins that holds the most chunks, then the most matches; the earliest of equals."""
    best, best_worth = 0, 0.0
    starts = [match.start for match in matches]
    for at, first in enumerate(matches[:500]):
        inside = matches[at : bisect_left(starts, first.start + length - _LEAD)]
        seen = {match.chunk for match in inside if match.end <= first.start + length}
        distinct = {text[match.start : match.end] for match in inside}
        worth = 100.0 * len(seen) + 10.0 * sum(match.weight for match in inside[:1]) + 5.0 * len(distinct) + len(inside)
        if worth > best_worth:
            best, best_worth = first.start, worth
    return _clause_start(text, best, length)


def _clause_start(text: str, place: int, length: int) -> int:
    """A little before a place, at the beginning of its clause when that is near."""
    if place <= _LEAD:
        return 0
    earliest = max(place - _LEAD, 0)
    for at in range(place, earliest, -1):
        if text[at - 1] in "。！？；，、：…!?;,: ":
            earliest = at
            break
    return max(min(earliest, len(text) - length), 0)


def _pieces(text: str, start: int, end: int, matches: list[_Match]) -> Marked:
    pieces: list[tuple[str, bool]] = []
    at = start
    for match in matches:
        begin, finish = max(match.start, at), min(match.end, end)
        if begin >= finish:
            continue
        pieces.extend(((text[at:begin], False), (text[begin:finish], True)))
        at = finish
    pieces.append((text[at:end], False))
    return _joined(tuple(pieces))


def _joined(pieces: Marked) -> Marked:
    """The same with no empty pieces and no two of one sort in a row."""
    joined: list[tuple[str, bool]] = []
    for text, matched in pieces:
        if not text:
            continue
        if joined and joined[-1][1] == matched:
            joined[-1] = (joined[-1][0] + text, matched)
        else:
            joined.append((text, matched))
    return tuple(joined)
