"""What differs between two texts, line by line and within a line word by word, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import rjieba

SAME, ADDED, REMOVED = "same", "added", "removed"
ALIKE = 0.35
"""Two lines that have less in common than this are shown as one taken out and one put in."""
AROUND = 2
"""Lines that stay are shown so many before and after a change; the rest is counted."""


class Piece(NamedTuple):
    """Some words of a line."""

    kind: str
    """`same`, `added` or `removed`."""
    text: str


class Line(NamedTuple):
    """A line of the comparison: its pieces, or how many unchanged lines are left out here."""

    pieces: tuple[Piece, ...]
    left_out: int = 0

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def compared(before: str, after: str) -> list[Line]:
    """The lines of both texts with what was taken out and put in; empty where they are the same."""
    lines = list(_lines(before.strip().splitlines(), after.strip().splitlines()))
    return list(_folded(lines)) if any(line.is_changed for line in lines) else []


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (_whole(SAME, text) for text in before[a:b])
            continue
        old, new = before[a:b], after[c:d]
        paired = min(len(old), len(new))
        for one, other in zip(old[:paired], new[:paired], strict=True):
            yield from _within(one, other)
        yield from (_whole(REMOVED, text) for text in old[paired:])
        yield from (_whole(ADDED, text) for text in new[paired:])


def _within(before: str, after: str) -> Iterator[Line]:
    old, new = rjieba.cut(before, False), rjieba.cut(after, False)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from (_whole(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text.strip())
        return
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(old[a:b])))
            continue
        pieces += [Piece(REMOVED, "".join(old[a:b]))] if b > a else []
        pieces += [Piece(ADDED, "".join(new[c:d]))] if d > c else []
    yield Line(tuple(pieces))


def _whole(kind: str, text: str) -> Line:
    return Line((Piece(kind, text),) if text else ())


def _folded(lines: list[Line]) -> Iterator[Line]:
    near = {
        place
        for number, line in enumerate(lines)
        if line.is_changed
        for place in range(number - AROUND, number + AROUND + 1)
    }
    skipped = 0
    for number, line in enumerate(lines):
        if number in near:
            if skipped:
                yield Line((), skipped)
            skipped = 0
            yield line
        else:
            skipped += 1
    if skipped:
        yield Line((), skipped)
