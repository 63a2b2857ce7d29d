"""A record read by a later version of the extractor takes the place of the one before, which is kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from wellspring.library.models import EarlierRecord, Snapshot
from wellspring.library.records import RECORD_FIELDS, record_of
from wellspring.library.services.standing_corrections import as_read

READ_FIELDS = tuple(name for name in RECORD_FIELDS if name != "evidence")
"""What a page was read to say. Its evidence is kept with it, but evidence alone makes no other record."""


def read_before(snapshot: Snapshot) -> dict[str, Any]:
    """The record of a snapshot as it was read, without what was set right: to be taken before it is written anew."""
    return as_read(snapshot, RECORD_FIELDS)


def otherwise(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that are read otherwise now."""
    return tuple(name for name in READ_FIELDS if before[name] != now[name])


def keep_earlier(snapshot: Snapshot, before: Mapping[str, Any], *, version: int) -> tuple[str, ...]:
    """Mark the snapshot as read by `version` just now, and keep what another version read before it where that differs.

    The snapshot has its freshly read fields, and no corrections laid over them yet; it is not saved. Returns the names
    of the fields that are read otherwise. The same version again keeps nothing: what stands is its own word.
    """
    fields = otherwise(before, {name: getattr(snapshot, name) for name in READ_FIELDS})
    if fields and snapshot.extractor_version != version:
        EarlierRecord.objects.update_or_create(
            snapshot=snapshot,
            extractor_version=snapshot.extractor_version,
            defaults={"read_at": snapshot.read_at, "record": record_of(snapshot.original_url, before)},
        )
    mark_read(snapshot, version=version)
    return fields


def mark_read(snapshot: Snapshot, *, version: int) -> tuple[str, ...]:
    """Say of a new snapshot which version read it, and that it did so now; it is not saved, and nothing differs."""
    snapshot.extractor_version, snapshot.read_at = version, timezone.now()
    return ()
