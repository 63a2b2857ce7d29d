"""How much there is, and of what: reports, topics, outlets. In a large library the figures are at most a minute old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Max, Q
from django.utils import timezone

from wellspring.library.queries.snapshots import visible_snapshots
from wellspring.people.viewer import Viewer
from wellspring.topics.models import Topic

T = TypeVar("T")
_LARGE = 20_000
"""From this many on, counting anew for every page costs readers more than it tells them (200,000: some 0.4 s)."""
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Outlet:
    """A 来源 as the reports name it."""

    name: str
    count: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class LibrarySize:
    count: int
    """Snapshots that this viewer may see."""
    last_day: int
    """How many of them were captured in the last 24 hours."""


def library_size(*, viewer: Viewer) -> LibrarySize:
    """How much the viewer may see."""
    visible = visible_snapshots(viewer=viewer).order_by()
    if visible.query.is_empty():
        return LibrarySize(0, 0)

    def counted() -> LibrarySize:
        yesterday = timezone.now() - timedelta(days=1)
        return LibrarySize(visible.count(), visible.filter(captured_at__gte=yesterday).count())

    return _remembered("library-size", counted, lambda size: size.count)


def topics_with_counts(*, viewer: Viewer) -> list[tuple[Topic, int]]:
    """Topics that at least one visible snapshot speaks of, in the order of the vocabulary."""
    visible = visible_snapshots(viewer=viewer).order_by().filter(topics__isnull=False)
    if visible.query.is_empty():
        return []
    rows = visible.values_list("topics").annotate(Count("pk"))
    counts = _remembered("topic-counts", lambda: dict(rows), lambda told: sum(told.values()))
    return [(topic, counts[topic.pk]) for topic in Topic.objects.filter(pk__in=counts)]


def outlets(*, viewer: Viewer, limit: int | None = None) -> list[Outlet]:
    """Outlets named by visible snapshots, the most frequent first."""
    named = visible_snapshots(viewer=viewer).order_by().filter(~Q(source_name="")).values("source_name")
    if named.query.is_empty():
        return []
    rows = named.annotate(count=Count("pk"), newest=Max("dated_at")).order_by("-count", "source_name")
    known = _remembered(
        "outlets",
        lambda: [Outlet(row["source_name"], row["count"], row["newest"]) for row in rows],
        lambda told: sum(outlet.count for outlet in told),
    )
    return known[:limit]


def _remembered(key: str, count: Callable[[], T], counted: Callable[[T], int]) -> T:
    """What `count` tells; of a large library, for up to a minute, what it told before. The same for all who may see.

    `counted` says how many snapshots the result tells of.
    """
    known: T | None = cache.get(key)
    if known is None:
        known = count()
        if counted(known) >= _LARGE:
            cache.set(key, known, _SECONDS)
    return known
