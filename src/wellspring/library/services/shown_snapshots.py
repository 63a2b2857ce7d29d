"""Which snapshot readers see for a captured page: its own, an earlier one that told the same, or its article's."""

from __future__ import annotations

from wellspring.engine.records import PageKind
from wellspring.library.models import Capture, Snapshot
from wellspring.library.services.articles import first_page_of


def snapshot_standing_for(capture: Capture) -> Snapshot | None:
    """The snapshot of the article that the page belongs to, or its own."""
    return snapshot_of_article_with(capture) or _own_snapshot(capture)


def _own_snapshot(capture: Capture) -> Snapshot | None:
    """The capture's own snapshot, or the earlier one that told the same."""
    if capture.reading.kind != PageKind.ARTICLE:
        return None
    until = Snapshot.objects.filter(original_url=capture.url, captured_at__lte=capture.captured_at)
    return until.order_by("-captured_at", "-capture_id").first()


def snapshot_of_article_with(capture: Capture) -> Snapshot | None:
    """The snapshot of the article that a following page belongs to."""
    first = first_page_of(capture)
    return _own_snapshot(first) if first is not None and hasattr(first, "reading") else None
