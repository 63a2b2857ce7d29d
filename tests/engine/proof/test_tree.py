"""The tree gives the published roots and proofs, and a proof of anything else is refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.proof.vectors import CONSISTENCY, INCLUSION, LEAVES, ROOTS
from wellspring.engine.proof import tiles, tree

MOST = 70
HASHES = [tree.leaf_hash(f"leaf {number}".encode()) for number in range(700)]


def root(hashes: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1 word by word: the definition that everything else is compared with."""
    if not hashes:
        return tree.EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return tree.node_hash(root(hashes[:split]), root(hashes[split:]))


ROOT_OF = [root(HASHES[:size]) for size in range(MOST + 1)]


def range_hash(part: tree.Range, hashes: list[bytes]) -> bytes:
    return root(hashes[part[0] : part[1]])


def proof_of(parts: list[tree.Range], hashes: list[bytes] = HASHES) -> list[bytes]:
    return [range_hash(part, hashes) for part in parts]


def test_the_published_roots_come_out_leaf_by_leaf() -> None:
    growing = tree.GrowingRoot()
    assert growing.root() == tree.EMPTY_ROOT
    for leaf, wanted in zip(LEAVES, ROOTS, strict=True):
        growing.add(tree.leaf_hash(leaf))
        assert growing.root().hex() == wanted


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_the_published_inclusion_proofs_are_made_and_accepted(index: int, size: int, proof: list[str]) -> None:
    hashes = [tree.leaf_hash(leaf) for leaf in LEAVES]
    assert [one.hex() for one in proof_of(tree.inclusion_path(index, size), hashes)] == proof
    found = tree.inclusion_root(index, size, hashes[index], [bytes.fromhex(one) for one in proof])
    assert found is not None
    assert found.hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("first", "second", "proof"), CONSISTENCY)
def test_the_published_consistency_proofs_are_made_and_accepted(first: int, second: int, proof: list[str]) -> None:
    hashes = [tree.leaf_hash(leaf) for leaf in LEAVES]
    assert [one.hex() for one in proof_of(tree.consistency_path(first, second), hashes)] == proof
    roots = bytes.fromhex(ROOTS[first - 1]), bytes.fromhex(ROOTS[second - 1])
    assert tree.is_consistent(first, second, *roots, [bytes.fromhex(one) for one in proof])


def test_every_leaf_of_every_tree_is_proved_and_no_other() -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = proof_of(tree.inclusion_path(index, size))
            assert tree.inclusion_root(index, size, HASHES[index], proof) == ROOT_OF[size]
            assert tree.inclusion_root(index, size, HASHES[index + 1], proof) != ROOT_OF[size]
            assert tree.inclusion_root(index, size, HASHES[index], [*proof, HASHES[0]]) != ROOT_OF[size]
            if proof:
                assert tree.inclusion_root(index, size, HASHES[index], proof[:-1]) != ROOT_OF[size]
                assert tree.inclusion_root(index ^ 1, size, HASHES[index], proof) != ROOT_OF[size]
    assert tree.inclusion_root(1, 1, HASHES[0], []) is None
    assert tree.inclusion_root(-1, 1, HASHES[0], []) is None


def test_every_pair_of_trees_is_proved_and_no_other_root() -> None:
    for second in range(MOST + 1):
        for first in range(second + 1):
            proof = proof_of(tree.consistency_path(first, second))
            assert tree.is_consistent(first, second, ROOT_OF[first], ROOT_OF[second], proof)
            assert not tree.is_consistent(first, second, ROOT_OF[first], ROOT_OF[second], [*proof, HASHES[0]])
            if first:
                assert not tree.is_consistent(first, second, ROOT_OF[first], HASHES[-1], proof)
                assert not tree.is_consistent(first, second, HASHES[-1], ROOT_OF[second], proof)
            if proof:
                assert not tree.is_consistent(first, second, ROOT_OF[first], ROOT_OF[second], proof[1:])
                assert not tree.is_consistent(first, second, ROOT_OF[first], ROOT_OF[second], proof[:-1])
            if first < second:
                assert not tree.is_consistent(second, first, ROOT_OF[second], ROOT_OF[first], proof)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), size=st.integers(1, MOST), bit=st.integers(0, 7))
def test_one_flipped_bit_of_a_proof_is_noticed(data: st.DataObject, size: int, bit: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = proof_of(tree.inclusion_path(index, size))
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        changed = bytearray(proof[at])
        changed[data.draw(st.integers(0, 31))] ^= 1 << bit
        proof[at] = bytes(changed)
        assert tree.inclusion_root(index, size, HASHES[index], proof) != ROOT_OF[size]


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.integers(1, 300), min_size=1, max_size=5), seed=st.integers(0, 1000))
def test_tiles_appended_in_any_portions_give_every_hash(steps: list[int], seed: int) -> None:
    hashes = [tree.leaf_hash(number.to_bytes(4, "big")) for number in range(sum(steps))]
    kept: dict[tiles.TileId, bytes] = {}
    size = 0
    for step in steps:
        edge = {name: kept[name] for name in tiles.edge_of(size)}
        kept |= tiles.extended(size, edge, hashes[size : size + step])
        size += step
    assert kept == tiles.extended(0, {}, hashes)
    dice = random.Random(seed)
    for _ in range(5):
        high = dice.randint(1, size)
        index = dice.randrange(high)
        for part in [(0, high), *tree.inclusion_path(index, high), *tree.consistency_path(index, high)]:
            assert tiles.tiles_for([part]) <= set(kept)
            assert tiles.range_hash(part, kept.__getitem__) == range_hash(part, hashes)


def test_an_edge_that_does_not_fit_is_refused() -> None:
    kept = tiles.extended(0, {}, HASHES[:300])
    with pytest.raises(ValueError, match="tile 0/1"):
        tiles.extended(300, {**kept, (0, 1): kept[0, 1][:-32]}, HASHES[300:])
    with pytest.raises(ValueError, match="less than"):
        tiles.range_hash((0, 300), {**kept, (0, 1): b""}.__getitem__)


def test_a_tree_of_seventy_thousand_leaves_has_three_rows_of_tiles() -> None:
    hashes = [number.to_bytes(32, "big") for number in range(70_000)]
    kept = tiles.extended(0, {}, hashes)
    growing = tree.GrowingRoot()
    growing.extend(hashes)
    assert tiles.range_hash((0, 70_000), kept.__getitem__) == growing.root()
    assert {level for level, _ in kept} == {0, 1, 2}


def test_a_tile_has_the_address_that_the_standard_gives_it() -> None:
    assert tiles.tile_path(0, 1234067, 256) == "0/x001/x234/067"
    assert tiles.tile_path("entries", 7, 3) == "entries/007.p/3"
