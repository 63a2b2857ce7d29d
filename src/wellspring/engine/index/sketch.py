"""A small sketch of a text by which copies and excerpts are recognised without the text itself.

The text's shingles (every four units in a row) are hashed; the sketch keeps the hashes below a threshold that is the
whole range for a short text and halves until at most `MOST` are left. Two sketches are compared below the smaller of
their thresholds, where both are complete, which estimates resemblance (Jaccard) and also containment, so an excerpt is
told from its original however much longer that is.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

MOST = 128
WIDTH = 4
_FEWEST = 4
"""Hashes of the smaller text that must be left to say anything of containment. An excerpt of a text up to about ten
times as long as itself is recognised."""


@dataclass(frozen=True, slots=True)
class Sketch:
    halvings: int
    """How many times the range of kept hashes was halved."""
    hashes: frozenset[int]

    def below(self, halvings: int) -> frozenset[int]:
        """The hashes that a sketch with so many halvings would have kept."""
        if halvings <= self.halvings:
            return self.hashes
        limit = 1 << (32 - halvings)
        return frozenset([value for value in self.hashes if value < limit])

    def packed(self) -> bytes:
        """Bytes for the index: the halvings, then the hashes, little-endian."""
        values = array("I", sorted(self.hashes))
        return bytes([self.halvings]) + values.tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> Sketch:
        values = array("I")
        values.frombytes(data[1:])
        return cls(data[0], frozenset(values))


def sketch(units: Sequence[str]) -> Sketch:
    """The sketch of a text given as its units."""
    data = "".join(units).encode("utf-16-le", "surrogatepass")
    size = WIDTH * 2
    hashes = set(map(crc32, [data[at : at + size] for at in range(0, max(len(data) - size + 2, 2), 2)] if data else ()))
    halvings = 0
    while len(hashes) > MOST:
        halvings += 1
        limit = 1 << (32 - halvings)
        hashes = {value for value in hashes if value < limit}
    return Sketch(halvings, frozenset(hashes))


def overlap(one: Sketch, other: Sketch) -> tuple[float, float]:
    """Resemblance, and how much of the smaller text stands in the larger; both 0 to 1, both estimates."""
    shared = len(one.hashes & other.hashes)  # all below the smaller threshold, as one side has none above it
    if not shared:
        return 0.0, 0.0
    halvings = max(one.halvings, other.halvings)
    left, right = len(one.below(halvings)), len(other.below(halvings))
    smaller = min(left, right)
    resemblance = shared / (left + right - shared)
    return resemblance, shared / smaller if smaller >= _FEWEST else resemblance
