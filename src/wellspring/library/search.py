"""Snapshots as search documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wellspring.core.registry import SearchKind, register_search_kind
from wellspring.engine.records import SearchDocument
from wellspring.library.models import Snapshot

KIND = "library.snapshot"
_BATCH = 2_000


def register() -> None:
    """Tell the follower how to get the documents of snapshots."""
    register_search_kind(SearchKind(KIND, snapshot_documents, latest_snapshot_ids))


def snapshot_documents(ids: Sequence[int]) -> Iterable[SearchDocument]:
    """Documents of the latest snapshots among these; a superseded one has none and leaves the index.

    The whole text is searchable whatever the reuse state is: that decides what is shown, not what is found.
    """
    snapshots = Snapshot.objects.filter(pk__in=ids, is_latest=True).select_related("channel")
    for snapshot in snapshots.prefetch_related("topics"):
        yield SearchDocument(
            kind=KIND,
            id=snapshot.pk,
            title=snapshot.title,
            text=plain_text(snapshot.body),
            dated_at=snapshot.dated_at,
            source=snapshot.source_name,
            channel=snapshot.channel.slug,
            topics=tuple(topic.slug for topic in snapshot.topics.all()),
            people=tuple(str(author) for author in snapshot.authors),
        )


def latest_snapshot_ids() -> Iterator[int]:
    """Ids of all latest snapshots, ascending, read in portions so that nothing is held open meanwhile."""
    last = 0
    while ids := list(_latest_after(last)):
        yield from ids
        last = ids[-1]


def plain_text(body: Iterable[Mapping[str, str]]) -> str:
    """What can be read in a body, a line for each block; captions too."""
    lines = (block.get(name, "") for block in body for name in ("text", "caption"))
    return "\n".join(line for line in lines if line)


def _latest_after(last: int) -> Iterable[int]:
    rows = Snapshot.objects.filter(is_latest=True, pk__gt=last).order_by("pk")
    return rows.values_list("pk", flat=True)[:_BATCH]
