"""What a reader typed, as chunks that must each be found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import words
from .text import fold, units

LONGEST_QUERY = 200
"""Characters that are looked at; whoever pastes a whole report is looking for its beginning."""
MOST_CHUNKS = 12
MOST_PIECES = 24

_CHUNK = re.compile(r"[\"“”「『]([^\"“”」』]+)[\"“”」』]|(\S+)")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One part of a query, between spaces or in quotation marks."""

    units: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]
    """Its words, each as units, when it may also match as several words apart; empty when only the whole will do."""


def parsed(query: str) -> tuple[Chunk, ...]:
    """Chunks of any string whatever; none when nothing in it can be searched for."""
    chunks: list[Chunk] = []
    for match in _CHUNK.finditer(fold(query[:LONGEST_QUERY])):
        quoted, plain = match.groups()
        whole = tuple(units(quoted or plain))
        if not whole:
            continue
        pieces = () if quoted else _pieces(plain)
        chunk = Chunk(whole, pieces if len(pieces) > 1 else ())
        if chunk not in chunks:
            chunks.append(chunk)
    return tuple(chunks[:MOST_CHUNKS])


def all_pieces(chunks: tuple[Chunk, ...]) -> tuple[tuple[str, ...], ...]:
    """Every word of the query once, each as units."""
    return tuple(dict.fromkeys(piece for chunk in chunks for piece in (chunk.pieces or (chunk.units,))))[:MOST_PIECES]


def _pieces(folded: str) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(tuple(units(word)) for word in words.content_words(folded)))
