"""The capture log as anybody may see it: hashes, proofs, checkpoints, keys. Nothing here tells an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from wellspring.core.errors import DomainError
from wellspring.engine.proof import CaptureLeaf
from wellspring.engine.proof.leaf import moment
from wellspring.engine.proof.tiles import Tiles, range_hash, tiles_for
from wellspring.engine.proof.tree import Range, consistency_path, inclusion_path
from wellspring.library.models import Capture, LogCheckpoint, LogKey, LogLeaf, LogTile

YOUNG = 1000
"""A log of fewer captures is signed every quarter of a minute: a new installation has something to show."""
_YOUNG_WAIT = timedelta(seconds=15)


class LogDamaged(DomainError):
    """The rows of the log do not fit together: `wellspring verify` says where."""

    code = "log_damaged"


def log_size() -> int:
    """How many captures are in the log."""
    last = LogLeaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def log_progress() -> tuple[int, int]:
    """How many captures are in the log, and how many came after the last of them; one query once there is one."""
    later = Capture.objects.filter(pk__gt=OuterRef("capture_id")).order_by()
    count = later.annotate(one=Value(1)).values("one").annotate(count=Count("pk")).values("count")
    last = LogLeaf.objects.order_by("-index").annotate(waiting=Coalesce(Subquery(count), 0)).first()
    return (0, Capture.objects.count()) if last is None else (last.index + 1, last.waiting)


def checkpoint_wait(size: int) -> timedelta:
    """How long a capture waits for its checkpoint at most, in a log of this size."""
    usual = timedelta(minutes=settings.ENVIRONMENT.checkpoint_minutes)
    return min(usual, _YOUNG_WAIT) if size < YOUNG else usual


def kept_tiles(names: Iterable[tuple[int, int]]) -> Tiles:
    """Tiles by level and number, one query; those that are missing are missing."""
    keys = {LogTile.tile_key(level, index): (level, index) for level, index in names}
    rows = LogTile.objects.filter(pk__in=list(keys)).values_list("pk", "hashes")
    return {keys[pk]: bytes(hashes) for pk, hashes in rows}


def hashes_of(ranges: Iterable[Range]) -> list[bytes]:
    """The hashes of ranges of leaves. Raises LogDamaged where tiles are missing or too short."""
    wanted = list(ranges)
    tiles = kept_tiles(tiles_for(wanted))
    try:
        return [range_hash(part, _in(tiles)) for part in wanted]
    except ValueError as error:
        raise LogDamaged(str(error)) from None


def root_at(size: int) -> bytes:
    """The root of the tree over the first `size` captures."""
    return hashes_of([(0, size)])[0]


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """Why the leaf at `index` is in the tree of `size`. Raises ValueError where it cannot be."""
    return hashes_of(inclusion_path(index, size))


def consistency_proof(first: int, second: int) -> list[bytes]:
    """Why the tree of `second` begins with the tree of `first`. Raises ValueError where it cannot."""
    return hashes_of(consistency_path(first, second))


def latest_checkpoint() -> LogCheckpoint | None:
    """The last one that was signed."""
    return LogCheckpoint.objects.select_related("key").order_by("-id").first()


def current_key() -> LogKey | None:
    """The key that signs now."""
    return LogKey.objects.filter(until_size=None).order_by("-id").first()


def key_changes() -> list[str]:
    """The notes by which keys handed over, first to last."""
    return list(LogKey.objects.exclude(change="").order_by("id").values_list("change", flat=True))


def public_keys() -> str:
    """What `/log/key` says: a line a key with the sizes of the log for which it speaks, then the notes of changes."""
    lines = [
        f"{key.verifier} {key.from_size} {'-' if key.until_size is None else key.until_size}\n"
        for key in LogKey.objects.order_by("-id")
    ]
    return "".join(lines) + "".join(f"\n{note}" for note in key_changes())


def leaf_of(row: LogLeaf) -> CaptureLeaf:
    """A row as the leaf that is hashed."""
    return CaptureLeaf(
        capture=row.capture_id,
        received_at=moment(row.received_at),
        payload_digest=row.payload_digest,
        record_digest=row.record_digest,
        address_hash=row.address_hash,
    )


def leaf_contents(start: int, count: int) -> list[bytes]:
    """What the leaves from `start` on say, at most `count` of them."""
    rows = LogLeaf.objects.filter(index__gte=start, index__lt=start + count).order_by("index")
    return [leaf_of(row).content() for row in rows]


def _in(tiles: Tiles) -> Callable[[tuple[int, int]], bytes]:
    return lambda name: tiles.get(name, b"")
