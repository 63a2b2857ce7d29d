"""Going through snapshots again, newest first, after topics changed or a channel went into another."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from wellspring.core.outbox import record_index_changes
from wellspring.library.desk_tasks import REFILING_PRIORITY, refile
from wellspring.library.filing import full_text
from wellspring.library.models import Channel, Correction, Field, Refiling, Snapshot, SnapshotTopic
from wellspring.library.services.corrected_fields import usable_topics
from wellspring.library.services.versions import INDEX_KIND
from wellspring.topics.queries import topic_finder

BATCH = 500
"""One transaction each: on SQLite other writers wait that long, a quarter of a second."""
AT_ONCE_SECONDS = 5.0
"""Then other tasks have their turn."""


def begin_topic_refiling() -> Refiling:
    """Find topics anew in every snapshot; one that is under way is given up, for it used other words.

    Call it inside the transaction of the vocabulary's change.
    """
    now = timezone.now()
    Refiling.objects.filter(moves=None, finished_at=None).update(finished_at=now, superseded=True)
    return _begin(Refiling(total=Snapshot.objects.count()))


def begin_channel_refiling(channel: Channel) -> Refiling:
    """Move the snapshots of a channel that was merged into another. Call it inside the transaction of the merge."""
    return _begin(Refiling(moves=channel, total=Snapshot.objects.filter(channel=channel).count()))


def run_refiling(refiling_id: int, *, seconds: float = AT_ONCE_SECONDS) -> bool:
    """Batch after batch for a while; whether something is left to do."""
    end = time.monotonic() + seconds
    while refile_batch(refiling_id):
        if time.monotonic() > end:
            return True
    return False


def refile_batch(refiling_id: int, *, size: int = BATCH) -> bool:
    """The next snapshots, in one transaction with the place that was reached; whether there are more."""
    with transaction.atomic():
        refiling = Refiling.objects.select_for_update(of=("self",)).filter(pk=refiling_id, finished_at=None).first()
        if refiling is None:
            return False
        more = _find_topics(refiling, size) if refiling.moves_id is None else _move(refiling, size)
        if not more:
            refiling.finished_at = timezone.now()
        refiling.save()
    return more


def _begin(refiling: Refiling) -> Refiling:
    refiling.save()
    refile.using(priority=REFILING_PRIORITY).enqueue(refiling.pk)
    return refiling


def _find_topics(refiling: Refiling, size: int) -> bool:
    if refiling.position is None:
        newest = Snapshot.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        refiling.top, refiling.position = newest, newest + 1
    older = _rows(refiling.position, size)
    _refile(refiling, older)
    if len(older) == size:
        refiling.position = older[-1][0]
        return True
    # Pages that were being read with the old words when it began came in above.
    _refile(refiling, list(_above(refiling.top or 0)))
    return False


Row = tuple[int, str, list[dict[str, str]]]


def _rows(below: int, size: int) -> list[Row]:
    rows = Snapshot.objects.select_for_update(no_key=True).filter(pk__lt=below).order_by("-pk")
    return list(rows.values_list("pk", "title", "body")[:size])


def _above(top: int) -> Iterable[Row]:
    rows = Snapshot.objects.select_for_update(no_key=True).filter(pk__gt=top).order_by("-pk")
    return rows.values_list("pk", "title", "body")[:2000]


def _refile(refiling: Refiling, rows: list[Row]) -> None:
    if not rows:
        return
    ids = [pk for pk, _title, _body in rows]
    present: dict[int, dict[int, list[str]]] = {pk: {} for pk in ids}
    for snapshot_id, topic_id, words in SnapshotTopic.objects.filter(snapshot_id__in=ids).values_list(
        "snapshot_id", "topic_id", "words"
    ):
        present[snapshot_id][topic_id] = words
    chosen = dict(
        Correction.objects.filter(snapshot_id__in=ids, field=Field.TOPICS, withdrawn_at=None).values_list(
            "snapshot_id", "value"
        )
    )
    find = topic_finder()
    changed: dict[int, dict[int, list[str]]] = {}
    for pk, title, body in rows:
        found = {one.topic_id: list(one.words) for one in find(full_text({"title": title, "body": body}))}
        if pk in chosen:
            found = {topic: found.get(topic, []) for topic in usable_topics(chosen[pk])}
        if found != present[pk]:
            changed[pk] = found
    SnapshotTopic.objects.filter(snapshot_id__in=changed).delete()
    SnapshotTopic.objects.bulk_create(
        SnapshotTopic(snapshot_id=pk, topic_id=topic, words=words)
        for pk, found in changed.items()
        for topic, words in found.items()
    )
    otherwise = [pk for pk, found in changed.items() if found.keys() != present[pk].keys()]
    if otherwise:
        record_index_changes(INDEX_KIND, sorted(otherwise))
    refiling.done += len(rows)
    refiling.changed += len(otherwise)


def _move(refiling: Refiling, size: int) -> bool:
    channel = Channel.objects.get(pk=refiling.moves_id or 0)
    if channel.merged_into_id is None:
        return False
    ids = list(Snapshot.objects.filter(channel=channel).order_by("-pk").values_list("pk", flat=True)[:size])
    Snapshot.objects.filter(pk__in=ids).update(channel_id=channel.merged_into_id)
    if ids:
        record_index_changes(INDEX_KIND, sorted(ids))
    refiling.done += len(ids)
    refiling.changed += len(ids)
    return len(ids) == size
