"""The Merkle tree of RFC 9162 §2.1: hashes, which ranges a proof consists of, and the checks a verifier makes.

A range `(low, high)` stands for the hash of leaves low … high-1; a node `(level, index)` for that of the 2^level leaves
from index·2^level on, which never changes once those leaves are there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = tuple[int, int]
Range = tuple[int, int]


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_of(part: Range) -> list[Node]:
    """The complete subtrees, largest first, of which a range of a tree is made: `part` as `inclusion_path` gives it."""
    low, high = part
    nodes = []
    while low < high:
        level = (high - low).bit_length() - 1
        nodes.append((level, low >> level))
        low += 1 << level
    return nodes


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash of a range from those of its `nodes_of`; the empty tree's for none."""
    if not hashes:
        return EMPTY_ROOT
    whole = hashes[-1]
    for left in reversed(hashes[:-1]):
        whole = node_hash(left, whole)
    return whole


def inclusion_path(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that leaf `index` is in a tree of `size` leaves, nearest first."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            low = middle
    return path[::-1]


def consistency_path(first: int, second: int) -> list[Range]:
    """The ranges whose hashes prove that a tree of `first` leaves is the beginning of one of `second` leaves."""
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} does not begin with one of {first}")
    if first in (0, second):
        return []
    path: list[Range] = []
    low, high = 0, second
    while high != first:  # until the rest of the first tree is a whole branch
        middle = low + _split(high - low)
        if first <= middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            low = middle
    return ([(low, high)] if low else []) + path[::-1]


def inclusion_root(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to from a leaf's hash; None where the proof cannot be one of this place and size."""
    if not 0 <= index < size:
        return None
    place, last, whole = index, size - 1, leaf
    for hash_ in proof:
        if last == 0 or len(hash_) != 32:
            return None
        if place & 1 or place == last:
            whole = node_hash(hash_, whole)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            whole = node_hash(whole, hash_)
        place, last = place >> 1, last >> 1
    return whole if last == 0 else None


def is_consistent(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `second` leaves begins with the tree of `first` leaves."""
    if not 0 <= first <= second or any(len(hash_) != 32 for hash_ in proof):
        return False
    if first == second:
        return first_root == second_root and not proof
    if first == 0:
        return first_root == EMPTY_ROOT and not proof
    hashes = list(proof)
    if first & (first - 1) == 0:
        hashes.insert(0, first_root)
    if not hashes:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = hashes[0]
    for hash_ in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(hash_, old), node_hash(hash_, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, hash_)
        place, last = place >> 1, last >> 1
    return last == 0 and (old, new) == (first_root, second_root)


class GrowingRoot:
    """The root of a tree that is read leaf by leaf, in memory that grows with its height only."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf, given by its hash."""
        whole, size = leaf, self.size
        while size & 1:
            whole = node_hash(self._peaks.pop(), whole)
            size >>= 1
        self._peaks.append(whole)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.add(leaf)

    def root(self) -> bytes:
        return folded(self._peaks)


def _split(count: int) -> int:
    """The largest power of two below `count`, which is at least two."""
    return 1 << ((count - 1).bit_length() - 1)
