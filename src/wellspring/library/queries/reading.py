"""The page of one snapshot: its pictures, topics, versions and the rest of its channel."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from wellspring.library.models import Correction, Picture, Snapshot
from wellspring.library.queries.articles import Pages, pages_of, whole_report
from wellspring.library.queries.corrections import ToldCorrection, standing_corrections, told_corrections
from wellspring.library.queries.lists import listed_snapshots
from wellspring.library.queries.reprints import without_repeats
from wellspring.library.queries.snapshots import may_read
from wellspring.people.viewer import Viewer
from wellspring.topics.models import Topic

_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    snapshot: Snapshot
    pictures: list[Picture]
    topics: list[Topic]
    versions: list[Snapshot]
    """Other snapshots of the same address, the newest first, at most twenty."""
    corrections: list[ToldCorrection]
    """What the library set right in it."""
    more: list[Snapshot]
    """The newest of the same channel, reprints of one text once."""
    pages: Pages | None = None
    """Where the report stands on several pages."""
    whole: Snapshot | None = None
    """The report of which this page is a part, where it was a snapshot of its own before that was known."""

    @property
    def latest(self) -> Snapshot | None:
        """The version to read instead, where this one is not the latest."""
        return next((version for version in self.versions if version.is_latest), None)


def readable_snapshots(*, viewer: Viewer) -> QuerySet[Snapshot]:
    """Every snapshot a reader may open, earlier versions too; none for guests of a closed house."""
    if not may_read(viewer):
        return Snapshot.objects.none()
    return Snapshot.objects.select_related("channel", "source", "capture")


def snapshot_page(*, viewer: Viewer, pk: int) -> SnapshotPage:
    """Everything the page shows except related reports.

    Raises Snapshot.DoesNotExist for missing and hidden alike.
    """
    standing = Correction.objects.filter(snapshot=OuterRef("pk"), withdrawn_at=None)
    snapshot = readable_snapshots(viewer=viewer).annotate(is_corrected=Exists(standing)).get(pk=pk)
    others = readable_snapshots(viewer=viewer).filter(original_url=snapshot.original_url).exclude(pk=pk)
    versions = list(others.defer("body", "evidence").order_by("-pk")[:_VERSIONS])
    has_latest = snapshot.is_latest or any(version.is_latest for version in versions)
    several = "pages" in snapshot.evidence or "next_page" in snapshot.evidence
    more = listed_snapshots(viewer=viewer).filter(channel=snapshot.channel).exclude(pk=pk)
    return SnapshotPage(
        snapshot=snapshot,
        pictures=list(snapshot.pictures.all()) if snapshot.shows_full_text else [],
        topics=list(snapshot.topics.all()),
        corrections=told_corrections(standing_corrections(snapshot)) if snapshot.is_corrected else [],
        versions=versions,
        more=without_repeats(more[:25], told=snapshot, limit=10),
        pages=pages_of(snapshot) if several else None,
        whole=None if has_latest else whole_report(snapshot, readable=readable_snapshots(viewer=viewer)),
    )
