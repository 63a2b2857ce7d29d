"""The sequencer: every capture gets its place in the log, one after another, whoever asks and however often."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from wellspring.engine.proof import CaptureLeaf, address_hash
from wellspring.engine.proof.leaf import SALT_BYTES, moment
from wellspring.engine.proof.tiles import edge_of, extended
from wellspring.library.models import Capture, LogLeaf, LogTile
from wellspring.library.queries.log import LogDamaged, kept_tiles, log_size

AT_ONCE = 1000
"""Leaves in one transaction: some tens of milliseconds."""
_BUDGET = 1.0
_TOLD = 100
"""Fewer are not worth a line in the log of the worker."""
_SETTLED = timedelta(minutes=10)
_LOOK_AGAIN = 3600.0
_LOCK = 0x5EA2C8


class _Pending(NamedTuple):
    pk: int
    received_at: datetime
    payload_digest: str
    record_digest: str
    url: str


def append_leaves(*, above: int = 0, most: int = AT_ONCE) -> int:
    """Enter captures that have no leaf yet, in the order of their ids; how many.

    `above`: captures up to this id are known to have one. Only one process at a time enters; killed at any moment,
    nothing or all of a portion is entered. Raises LogDamaged where the log ends otherwise than its tree.
    """
    if not _without_leaf(above, 1):  # no lock for nothing
        return 0
    with transaction.atomic():
        take_log_lock()
        pending = _without_leaf(above, most)
        if pending:
            _enter(pending)
    return len(pending)


def take_log_lock() -> None:
    """Queue up behind whoever writes the log, until the transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


class LeafChore:
    """Enters what is there, for at most a second at a time; returns a line for the worker's log."""

    def __init__(self) -> None:
        self._above = 0
        """Every capture up to this id has a leaf: they are not looked at again for an hour."""
        self._looked = 0.0

    def __call__(self) -> str:
        begun = time.monotonic()
        if begun - self._looked > _LOOK_AGAIN:
            self._above, self._looked = 0, begun
        entered = 0
        while time.monotonic() - begun < _BUDGET:
            portion = append_leaves(above=self._above)
            entered += portion
            if portion < AT_ONCE:
                self._above = self._settled()
                break
        else:
            left = Capture.objects.count() - log_size()
            return f"log: {entered} captures entered, {left} to go"
        return f"log: {entered} captures entered" if entered >= _TOLD else ""

    def _settled(self) -> int:
        """A lower id may still be on its way to being committed: only what is ten minutes old is done with."""
        old = Capture.objects.filter(received_at__lt=timezone.now() - _SETTLED).order_by("-pk")
        return old.values_list("pk", flat=True).first() or self._above


def _without_leaf(above: int, most: int) -> list[_Pending]:
    rows = Capture.objects.filter(leaf=None, pk__gt=above).order_by("pk")
    return [_Pending(*row) for row in rows.values_list(*_Pending._fields)[:most]]


def _enter(pending: Sequence[_Pending]) -> None:
    size = log_size()
    rows, hashes = [], []
    for index, capture in enumerate(pending, size):
        salt = secrets.token_bytes(SALT_BYTES)
        leaf = CaptureLeaf(
            capture=capture.pk,
            received_at=moment(capture.received_at),
            payload_digest=capture.payload_digest,
            record_digest=capture.record_digest,
            address_hash=address_hash(salt, capture.url),
        )
        hashes.append(leaf.hash())
        rows.append(
            LogLeaf(
                index=index,
                capture_id=capture.pk,
                received_at=capture.received_at,
                payload_digest=leaf.payload_digest,
                record_digest=leaf.record_digest,
                address_hash=leaf.address_hash,
                salt=salt.hex(),
            )
        )
    try:
        grown = extended(size, kept_tiles(edge_of(size)), hashes)
    except ValueError as error:
        raise LogDamaged(str(error)) from None
    LogLeaf.objects.bulk_create(rows, batch_size=500)
    LogTile.objects.bulk_create(
        [LogTile(id=LogTile.tile_key(*name), hashes=tile) for name, tile in grown.items()],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["hashes"],
        batch_size=100,
    )
