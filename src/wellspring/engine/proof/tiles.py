"""How the tree's hashes are kept: in tiles of 256, as C2SP tlog-tiles lays them out.

Tile (level, index) holds the hashes of up to 256 nodes of height 8·level, from node index·256 on, 32 bytes each. The
last tile of a level may hold fewer; it grows, and what stands in it never changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from .tree import Node, Range, folded, nodes_of

WIDTH = 256
HEIGHT = 8
HASH = 32

TileId = tuple[int, int]
Tiles = Mapping[TileId, bytes]
"""Tiles by level and index."""


def edge_of(size: int) -> list[TileId]:
    """The tiles that are not full yet in a tree of `size` leaves: what an append has to know."""
    edge = []
    level = 0
    while size:
        if size % WIDTH:
            edge.append((level, size // WIDTH))
        size //= WIDTH
        level += 1
    return edge


def extended(size: int, edge: Tiles, hashes: Iterable[bytes]) -> dict[TileId, bytes]:
    """Tiles that are new or grow when leaves with these hashes follow the first `size`; `edge` as of `edge_of(size)`.

    Raises ValueError where a tile of the edge is missing or of another length.
    """
    open_: dict[int, bytearray] = {}
    counts: dict[int, int] = {}
    full: dict[TileId, bytes] = {}
    for level, index in edge_of(size):
        tile = edge.get((level, index), b"")
        if len(tile) != HASH * ((size >> (HEIGHT * level)) % WIDTH):
            raise ValueError(f"tile {level}/{index} of a tree of {size} leaves has {len(tile) // HASH} hashes")
        open_[level] = bytearray(tile)
    grown: set[int] = set()

    def add(level: int, hash_: bytes) -> None:
        tile = open_.setdefault(level, bytearray())
        count = counts.setdefault(level, size >> (HEIGHT * level))
        tile += hash_
        counts[level] = count + 1
        grown.add(level)
        if len(tile) == WIDTH * HASH:
            full[level, count // WIDTH] = bytes(tile)
            whole = subtree(bytes(tile))
            tile.clear()
            add(level + 1, whole)

    for hash_ in hashes:
        add(0, hash_)
    return full | {(level, counts[level] // WIDTH): bytes(open_[level]) for level in grown if open_[level]}


def tiles_for(ranges: Iterable[Range]) -> set[TileId]:
    """The tiles in which the hashes of these ranges can be looked up."""
    return {_place(node)[0] for part in ranges for node in nodes_of(part)}


def range_hash(part: Range, tile: Callable[[TileId], bytes]) -> bytes:
    """The hash of a range. Raises ValueError where a tile holds less than it must."""
    return folded([_node(node, tile) for node in nodes_of(part)])


def subtree(hashes: bytes) -> bytes:
    """The hash over a power of two of concatenated hashes."""
    row, sha256 = hashes, hashlib.sha256
    while len(row) > HASH:  # as node_hash, without taking pairs apart: this is where a proof spends its time
        row = b"".join([sha256(b"\x01" + row[at : at + 2 * HASH]).digest() for at in range(0, len(row), 2 * HASH)])
    return row


def tile_path(level: int | str, index: int, width: int) -> str:
    """`0/x001/067.p/3`: a tile's address below `tile/`."""
    parts = [f"{index % 1000:03}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03}")
    return f"{level}/{'/'.join(reversed(parts))}" + ("" if width == WIDTH else f".p/{width}")


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Leaf contents as a tile of entries holds them: each after its length in two bytes, the higher first."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def _place(node: Node) -> tuple[TileId, int, int]:
    """The tile of a node and the hashes in it, from–to, that are below the node."""
    level, index = node
    above = level % HEIGHT
    start = index << above
    return (level // HEIGHT, start // WIDTH), start % WIDTH, start % WIDTH + (1 << above)


def _node(node: Node, tile: Callable[[TileId], bytes]) -> bytes:
    name, start, end = _place(node)
    hashes = tile(name)[HASH * start : HASH * end]
    if len(hashes) != HASH * (end - start):
        raise ValueError(f"tile {name[0]}/{name[1]} holds less than the log's size says")
    return subtree(hashes)
