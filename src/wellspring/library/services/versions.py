"""Several snapshots of one address: which of them is the latest, and telling the index when that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from wellspring.core.outbox import record_index_changes
from wellspring.engine.records import PageKind
from wellspring.library.models import Capture, Correction, Snapshot

INDEX_KIND = "library.snapshot"
_REPORT = (PageKind.ARTICLE.value, "", None)
"""Kinds of a reading whose page stands as a report: one that could not be read this time stays what it was."""


@dataclass(frozen=True, slots=True)
class Version:
    id: int
    capture_id: int
    captured_at: datetime
    is_latest: bool
    extractor_version: int
    is_report: bool
    """Not so where a newer extractor took the page for something else, unless somebody corrected it: then it stays."""

    @property
    def order(self) -> tuple[datetime, int]:
        """By the time of the capture: an imported one may come later and be older."""
        return self.captured_at, self.capture_id


def other_versions(capture: Capture) -> list[Version]:
    """Snapshots of the same address from other captures."""
    rows = Snapshot.objects.filter(original_url=capture.url).exclude(capture=capture)
    corrected = Exists(Correction.objects.filter(snapshot=OuterRef("pk"), withdrawn_at=None))
    return [
        Version(pk, capture_id, captured_at, is_latest, version or 0, kind in _REPORT or is_corrected)
        for pk, capture_id, captured_at, is_latest, version, kind, is_corrected in rows.order_by().values_list(
            "pk",
            "capture_id",
            "capture__captured_at",
            "is_latest",
            "capture__reading__extractor_version",
            "capture__reading__kind",
            corrected,
        )
    ]


def lock_versions(url: str) -> list[int]:
    """Ids of the snapshots of an address, each locked until the caller's transaction ends, always in this order.

    Whoever writes more than one of them, or lays corrections over one, locks them first: on PostgreSQL a correction
    made in between would be lost otherwise. On SQLite a writing transaction is alone anyway.
    """
    rows = Snapshot.objects.select_for_update(no_key=True).filter(original_url=url)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def settle_latest(snapshot: Snapshot, others: list[Version], *, is_report: bool, is_changed: bool = True) -> None:
    """Save a snapshot and let the newest report of its address be the latest; all in the caller's transaction.

    `is_report`: what the page is taken for now. `is_changed`: the index has something else of it; it is told of a
    change of place in any case. Raises IntegrityError where somebody else settled the same address in the same moment.
    """
    was_latest = snapshot.is_latest
    reports = [(*other.order, other.capture_id) for other in others if other.is_report]
    own = [(snapshot.capture.captured_at, snapshot.capture_id, snapshot.capture_id)] if is_report else []
    newest = max([*reports, *own], default=(None,))[-1]
    superseded = [other.id for other in others if other.is_latest and other.capture_id != newest]
    risen = [other.id for other in others if not other.is_latest and other.capture_id == newest]
    # Never two at once: the old one goes before the new one comes.
    if superseded:
        Snapshot.objects.filter(pk__in=superseded).update(is_latest=False)
    snapshot.is_latest = newest == snapshot.capture_id
    snapshot.save()
    if risen:
        Snapshot.objects.filter(pk__in=risen).update(is_latest=True)
    own_change = [snapshot.pk] if is_changed or snapshot.is_latest != was_latest else []
    if changed := sorted([*own_change, *superseded, *risen]):
        record_index_changes(INDEX_KIND, changed)
