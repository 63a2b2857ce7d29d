"""Finding snapshots: the index ranks, the database decides what the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wellspring.core.search_index import search_index
from wellspring.engine.errors import SearchIndexError
from wellspring.engine.index import Marked, mark, snippet
from wellspring.engine.records import Likeness, SearchFilters
from wellspring.library.models import Snapshot, SnapshotTopic
from wellspring.library.queries.lists import Listed
from wellspring.library.queries.reprints import best_to_read, folded, without_repeats
from wellspring.library.queries.snapshots import visible_snapshots
from wellspring.library.search import KIND, plain_text
from wellspring.people.viewer import Viewer
from wellspring.topics.models import Topic

_SPARE = 5
"""Related reports asked for beyond the limit, in case the viewer may not see some."""
_FEW = 5
"""Fewer related reports than these are made up to as many by those on the same topics."""
_MOST_TOPICS = 4
_PER_TOPIC = 40


@dataclass(frozen=True, slots=True)
class FoundSnapshot:
    snapshot: Snapshot
    title: Marked
    excerpt: Marked
    """Where the query is found, within what may be shown; empty for link-only sources."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    items: list[FoundSnapshot] = field(default_factory=list)
    total: int = 0
    unavailable: bool = False
    """The index could not be asked; these were found in titles only."""
    loose: bool = False
    """No report has all that was asked for; these have most of it."""


@dataclass(frozen=True, slots=True)
class RelatedReports:
    related: list[Snapshot] = field(default_factory=list)
    """Best first, no two of them the same text, none of them the same text as the one asked about."""
    copies: list[Snapshot] = field(default_factory=list)
    """The same text elsewhere (转载), oldest first."""

    @property
    def whole(self) -> Snapshot | None:
        """A copy that may be read here from beginning to end, where there is one."""
        return next((copy for copy in self.copies if copy.shows_full_text), None)


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
    newest_first: bool = False,
) -> SearchResults:
    """What the viewer may see of what `q` finds, best first; without `q` all that passes the filters, newest first.

    `channel` and `topic` are slugs, `source` is an outlet's name, both dates belong to the span. Any `q` is taken.
    """
    offset, limit = max(offset, 0), max(limit, 0)
    q, channel, topic, source = (_clean(value) for value in (q, channel, topic, source))
    begin, end = _day_start(date_from), _day_start(date_to, 1)
    visible = _filtered(visible_snapshots(viewer=viewer), channel, topic, source, begin, end)
    if visible.query.is_empty():
        return SearchResults()  # where the viewer sees nothing, the index's totals are not told either
    if not q:
        return _listed(visible, q, offset, limit)
    filters = SearchFilters(KIND, channel or None, topic or None, source or None, begin, end)
    try:
        page = search_index().search(q, filters, offset=offset, limit=limit, newest_first=newest_first)
    except SearchIndexError:
        return _listed(visible.filter(title__icontains=q[:100]), q, offset, limit, unavailable=True)
    snapshots = _in_order(visible, [hit.id for hit in page.hits])
    # A hit that left the library a moment ago is not counted either.
    total = page.total - (len(page.hits) - len(snapshots))
    return SearchResults([_found(snapshot, q) for snapshot in snapshots], total, loose=page.loose)


def related_snapshots(
    *, viewer: Viewer, snapshot: Snapshot, topics: Sequence[Topic] = (), limit: int = 10
) -> RelatedReports:
    """What the viewer may see of what is like this snapshot; nothing while the index is not available.

    Where hardly anything is, the newest reports on its `topics` follow.
    """
    try:
        hits = search_index().related(KIND, snapshot.pk, limit=limit + _SPARE)
    except SearchIndexError:
        return RelatedReports()
    wanted = [pk for hit in hits for pk in (hit.id, *hit.same_text)]
    visible = visible_snapshots(viewer=viewer).defer("body", "evidence")
    seen = {one.pk: one for one in _in_order(visible, wanted)}
    copies: list[Snapshot] = []
    related: list[Snapshot] = []
    for hit in hits:
        same = [seen[pk] for pk in (hit.id, *hit.same_text) if pk in seen]
        if hit.likeness == Likeness.COPY:
            copies.extend(same)
        elif same:
            related.append(best_to_read(same))
    if topics and len(related) < (few := min(_FEW, limit)):
        others = visible.exclude(pk__in=wanted).exclude(original_url=snapshot.original_url)
        related = without_repeats([*related, *_on_topics(others, topics)], told=snapshot, limit=few)
    return RelatedReports(related[:limit], sorted(copies, key=lambda copy: (copy.dated_at, copy.pk)))


def _on_topics(snapshots: QuerySet[Snapshot], topics: Sequence[Topic]) -> QuerySet[Snapshot]:
    """Some that speak of these topics, those that share most first, then the newest.

    Each topic gives the last that were found to speak of it: a look-up in an index, however large the library is.
    """
    ids = [topic.pk for topic in topics[:_MOST_TOPICS]]
    any_of = Q()
    for pk in ids:
        links = SnapshotTopic.objects.filter(topic_id=pk).order_by("-pk")
        any_of |= Q(pk__in=links.values("snapshot_id")[:_PER_TOPIC])
    shared = Count("topic_links", filter=Q(topic_links__topic_id__in=ids))
    return snapshots.filter(any_of).annotate(shared=shared).order_by("-shared", "-dated_at")[: 2 * _FEW]


def gathered(items: Iterable[FoundSnapshot], *, ranked: bool) -> list[tuple[FoundSnapshot, tuple[Snapshot, ...]]]:
    """The found with reprints gathered under the best one to read; `ranked`: best match first, not newest first."""
    by_id = {item.snapshot.pk: item for item in items}
    rows = folded((Listed(item.snapshot) for item in by_id.values()), ranked=ranked)
    return [(by_id[row.snapshot.pk], row.repeats) for row in rows]


def _filtered(
    snapshots: QuerySet[Snapshot],
    channel: str,
    topic: str,
    source: str,
    begin: datetime | None,
    end: datetime | None,
) -> QuerySet[Snapshot]:
    conditions: dict[str, object] = {
        "channel__slug": channel or None,
        "topics__slug": topic or None,
        "source_name": source or None,
        "dated_at__gte": begin,
        "dated_at__lt": end,
    }
    return snapshots.filter(**{name: value for name, value in conditions.items() if value is not None})


def _listed(
    snapshots: QuerySet[Snapshot], q: str, offset: int, limit: int, *, unavailable: bool = False
) -> SearchResults:
    page = snapshots.defer("body", "evidence")[offset : offset + limit]
    items = [FoundSnapshot(one, mark(one.title, q), mark(one.shown_excerpt, q)) for one in page]
    return SearchResults(items, snapshots.count(), unavailable)


def _in_order(snapshots: QuerySet[Snapshot], ids: Iterable[int]) -> list[Snapshot]:
    """The snapshots of these ids that the query lets through, in the order of the ids, by one query."""
    wanted = list(ids)
    rows = snapshots.in_bulk(wanted) if wanted else {}
    return [rows[pk] for pk in wanted if pk in rows]


def _found(snapshot: Snapshot, q: str) -> FoundSnapshot:
    text = plain_text(snapshot.body) if snapshot.shows_full_text else snapshot.shown_excerpt
    return FoundSnapshot(snapshot, mark(snapshot.title, q), snippet(text, q))


def _clean(text: str | None) -> str:
    """Without what no database or index takes: NUL, and halves of characters."""
    return (text or "").replace("\0", " ").encode("utf-8", "replace").decode().strip()


def _day_start(day: date | None, later: int = 0) -> datetime | None:
    """The first moment of a day, or of the day after; days at the ends of time are moved in so that zones fit."""
    if day is None:
        return None
    day = min(max(day, date(2, 1, 1)), date(9998, 1, 1)) + timedelta(days=later)
    return timezone.make_aware(datetime.combine(day, time.min))
