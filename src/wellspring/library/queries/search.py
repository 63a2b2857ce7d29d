"""Search and related reports as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from wellspring.library.models import Snapshot
from wellspring.library.queries.snapshots import Viewer, visible_snapshots

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces; the second of each pair says whether it is a match."""


@dataclass(frozen=True, slots=True)
class FoundSnapshot:
    snapshot: Snapshot
    title: Marked
    excerpt: Marked


@dataclass(frozen=True, slots=True)
class SearchResults:
    items: list[FoundSnapshot]
    total: int
    unavailable: bool = False
    """The index could not be asked; items are empty."""


@dataclass(frozen=True, slots=True)
class RelatedReports:
    related: list[Snapshot]
    copies: list[Snapshot]


def search_snapshots(
    *,
    viewer: Viewer,
    q: str,
    channel: str | None = None,
    topic: str | None = None,
    source: str | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
    offset: int = 0,
    limit: int = 20,
) -> SearchResults:
    """Snapshots that match, newest first; the dates are inclusive, in the house's zone."""
    found = _filtered(viewer, channel, topic, source, date_from, date_to)
    for word in q.split():
        found = found.filter(Q(title__icontains=word) | Q(excerpt__icontains=word))
    items = [
        FoundSnapshot(snapshot, _marks(snapshot.title, q), _marks(snapshot.shown_excerpt, q))
        for snapshot in found[offset : offset + limit]
    ]
    return SearchResults(items, found.count())


def related_snapshots(*, viewer: Viewer, snapshot: Snapshot, limit: int = 10) -> RelatedReports:
    """Reports on the same matter, and copies of this one apart."""
    return RelatedReports([], [])


def _filtered(
    viewer: Viewer, channel: str | None, topic: str | None, source: str | None, first: date | None, last: date | None
) -> QuerySet[Snapshot]:
    found = visible_snapshots(viewer=viewer).defer("body", "evidence")
    if channel:
        found = found.filter(channel__slug=channel)
    if topic:
        found = found.filter(topic_links__topic__slug=topic)
    if source:
        found = found.filter(source_name=source)
    if first:
        found = found.filter(dated_at__gte=_midnight(first))
    if last:
        found = found.filter(dated_at__lt=_midnight(last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _marks(text: str, q: str) -> Marked:
    before, match, after = text.partition(q) if q else (text, "", "")
    return tuple(piece for piece in ((before, False), (match, True), (after, False)) if piece[0])
