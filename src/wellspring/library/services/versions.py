"""Several snapshots of one address: which of them is the latest, and telling the index when that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wellspring.core.outbox import record_index_changes
from wellspring.engine.records import PageKind
from wellspring.library.models import Capture, Snapshot

INDEX_KIND = "library.snapshot"


@dataclass(frozen=True, slots=True)
class Version:
    id: int
    capture_id: int
    captured_at: datetime
    is_latest: bool
    extractor_version: int
    is_report: bool
    """Not so where a newer extractor took the page for something else."""

    @property
    def order(self) -> tuple[datetime, int]:
        """By the time of the capture: an imported one may come later and be older."""
        return self.captured_at, self.capture_id


def other_versions(capture: Capture) -> list[Version]:
    """Snapshots of the same address from other captures."""
    rows = Snapshot.objects.filter(original_url=capture.url).exclude(capture=capture)
    return [
        Version(pk, capture_id, captured_at, is_latest, version or 0, kind in (PageKind.ARTICLE.value, "", None))
        for pk, capture_id, captured_at, is_latest, version, kind in rows.order_by().values_list(
            "pk",
            "capture_id",
            "capture__captured_at",
            "is_latest",
            "capture__reading__extractor_version",
            "capture__reading__kind",
        )
    ]


def settle_latest(snapshot: Snapshot, others: list[Version], *, is_report: bool) -> None:
    """Save a snapshot and let the newest report of its address be the latest; all in the caller's transaction.

    `is_report`: what the page is taken for now. Raises IntegrityError where somebody else settled the same address in
    the same moment.
    """
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
    record_index_changes(INDEX_KIND, sorted([snapshot.pk, *superseded, *risen]))
