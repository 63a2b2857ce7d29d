"""The capture log read again from end to end: what `wellspring verify` says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from wellspring.core.errors import told_stored
from wellspring.engine.errors import marked
from wellspring.engine.proof import address_hash
from wellspring.engine.proof.leaf import moment
from wellspring.engine.proof.tiles import HASH, WIDTH, subtree
from wellspring.engine.proof.tree import GrowingRoot
from wellspring.library.models import Capture, LogCheckpoint, LogLeaf, LogTile, Removal
from wellspring.library.queries.log import kept_tiles, leaf_of, log_size

_PORTION = 8 * WIDTH
_MOST = 50
"""Problems of one kind that are told one by one; the rest is counted."""
_PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class LogProblem:
    """Something in the log that is not as it was. `code` is stable."""

    code: str
    message: str
    """Marked; `data` fills its placeholders."""
    data: dict[str, Any]

    @property
    def said(self) -> str:
        return told_stored(self.message, self.data)


@dataclass(slots=True)
class LogVerification:
    leaves: int = 0
    checkpoints: int = 0
    waiting: int = 0
    """Captures that will be entered in a moment."""
    problems: list[LogProblem] = field(default_factory=list)
    more: int = 0
    """Problems beyond those that are told."""
    notes: list[LogProblem] = field(default_factory=list)
    """What a crash may leave behind: no harm."""
    _told: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, message: str, **data: Any) -> None:
        self._told[code] += 1
        if self._told[code] <= _MOST:
            self.problems.append(LogProblem(code, message, data))
        else:
            self.more += 1

    def as_json(self) -> dict[str, Any]:
        return {
            "leaves": self.leaves,
            "checkpoints": self.checkpoints,
            "waiting": self.waiting,
            "problems": [{"code": one.code, "message": one.said, **one.data} for one in self.problems],
            "more": self.more,
            "notes": [{"code": one.code, "message": one.said, **one.data} for one in self.notes],
        }


def verify_log(*, on_leaf: Callable[[], None] = lambda: None) -> LogVerification:
    """Hash every leaf and every tile again, and compare with captures, checkpoints, their file and the key."""
    from wellspring.library.log_heads import SignedHeads

    found = LogVerification()
    heads = SignedHeads.read(found)
    found.checkpoints = LogCheckpoint.objects.count()
    size = _hashed()  # what is entered from here on is left to the next time
    growing = GrowingRoot()
    heads.compare(0, growing)
    full: list[bytes] = []
    for start, tiles, rows, hashes in _portions(size):
        _compare_captures(found, rows)
        for at, hash_ in enumerate(hashes):
            index = start + at
            row = rows.get(index)
            if row is None:
                found.add("leaf_missing", marked("Leaf %(index)s is missing in the log."), index=index)
            elif hash_ is not None and leaf_of(row).hash() != hash_:
                found.add(
                    "leaf_changed",
                    marked("Leaf %(index)s (capture %(capture)s) is not what was entered."),
                    index=index,
                    capture=row.capture_id,
                )
            elif hash_ is None:
                found.add("hash_missing", marked("The hash of leaf %(index)s is missing in the tree."), index=index)
            growing.add(hash_ or (leaf_of(row).hash() if row else bytes(HASH)))
            heads.compare(growing.size, growing)
            if row is not None:
                found.leaves += 1
                on_leaf()
        full += [subtree(tile) for tile in tiles if len(tile) == WIDTH * HASH]
    _compare_upper_tiles(found, full, size)
    _compare_ends(found)
    heads.finish(growing.size)
    _compare_waiting(found)
    return found


def _hashed() -> int:
    """How many leaves the tree has by its tiles."""
    tiles = LogTile.objects.filter(pk__lt=LogTile.tile_key(1, 0)).order_by("-pk")
    last = tiles.values_list("pk", "hashes").first()
    return last[0] * WIDTH + len(last[1]) // HASH if last else 0


def _portions(size: int) -> Iterator[tuple[int, list[bytes], dict[int, LogLeaf], list[bytes | None]]]:
    """From leaf on: the tiles, the rows by index, and for each leaf the hash that its tile has, if it has any."""
    for start in range(0, size, _PORTION):
        end = min(start + _PORTION, size)
        names = [(0, index) for index in range(start // WIDTH, -(-end // WIDTH))]
        kept = kept_tiles(names)
        tiles = [kept.get(name, b"") for name in names]
        rows = {row.index: row for row in LogLeaf.objects.filter(index__gte=start, index__lt=end)}
        hashes: list[bytes | None] = []
        for tile in tiles:
            hashes += [tile[at : at + HASH] or None for at in range(0, WIDTH * HASH, HASH)]
        yield start, tiles, rows, hashes[: end - start]


def _compare_captures(found: LogVerification, rows: dict[int, LogLeaf]) -> None:
    ids = [row.capture_id for row in rows.values()]
    fields = ("pk", "received_at", "payload_digest", "record_digest", "url")
    captures = {row[0]: row[1:] for row in Capture.objects.filter(pk__in=ids).values_list(*fields)}
    removed = set(Removal.objects.filter(capture__in=ids).values_list("capture_id", flat=True))
    for row in rows.values():
        capture = captures.get(row.capture_id)
        if capture is None:
            found.add(
                "capture_missing",
                marked("Capture %(capture)s, leaf %(index)s, is gone, and no removal says why."),
                capture=row.capture_id,
                index=row.index,
            )
            continue
        received_at, payload_digest, record_digest, url = capture
        changed = [
            name
            for name, holds in (
                ("received_at", moment(received_at) == moment(row.received_at)),
                ("payload_digest", payload_digest == row.payload_digest),
                ("record_digest", record_digest == row.record_digest),
                ("url", row.capture_id in removed or _is_address(row, url)),
            )
            if not holds
        ]
        if changed:
            found.add(
                "capture_changed",
                marked("Capture %(capture)s says something else than the log: %(fields)s."),
                capture=row.capture_id,
                index=row.index,
                fields=", ".join(changed),
            )


def _is_address(row: LogLeaf, url: str) -> bool:
    try:
        return address_hash(bytes.fromhex(row.salt), url) == row.address_hash
    except ValueError:
        return False


def _compare_upper_tiles(found: LogVerification, hashes: list[bytes], size: int) -> None:
    """Each level of tiles from the one below; `hashes` are those of the full tiles of leaves."""
    level = 1
    while hashes:
        names = [(level, index) for index in range(-(-len(hashes) // WIDTH))]
        kept = kept_tiles(names)
        for _, index in names:
            wanted = b"".join(hashes[index * WIDTH : (index + 1) * WIDTH])
            tile = kept.get((level, index), b"")
            if tile[: len(wanted)] != wanted or (len(tile) > len(wanted) and _hashed() == size):
                found.add(
                    "tile_changed",
                    marked("The hashes of the tree in tile %(level)s/%(index)s are not those of the leaves."),
                    level=level,
                    index=index,
                )
        full = range(0, len(hashes) // WIDTH * WIDTH, WIDTH)
        hashes = [subtree(b"".join(hashes[at : at + WIDTH])) for at in full]
        level += 1


def _compare_ends(found: LogVerification) -> None:
    """Leaves that were put behind the end without their hashes. The tree is read last: it is never behind."""
    leaves = log_size()
    if leaves > _hashed():
        found.add("leaf_added", marked("Leaf %(index)s was added past the sequencer."), index=leaves - 1)


def _compare_waiting(found: LogVerification) -> None:
    """Captures without a leaf: new ones wait their turn; an old one with younger ones entered was left out."""
    last = LogLeaf.objects.order_by("-index").values_list("capture_id", flat=True).first() or 0
    overdue = timezone.now() - _PATIENCE
    for pk, received_at in Capture.objects.filter(leaf=None).order_by("pk").values_list("pk", "received_at"):
        if pk < last and received_at < overdue:
            found.add("no_leaf", marked("Capture %(capture)s was never entered in the log."), capture=pk)
        else:
            found.waiting += 1
