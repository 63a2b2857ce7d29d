"""The fields that can be set right: how a value of each is stored as JSON, and how it gets into a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wellspring.library.filing import dated
from wellspring.library.models import Channel, Field, Snapshot, SnapshotTopic
from wellspring.topics.models import Topic

PLAIN = (Field.TITLE, Field.SOURCE, Field.AUTHORS, Field.EDITOR, Field.REPRINTED)
"""Stored just as the snapshot's column has it."""
OF_THE_PAGE = (*PLAIN, Field.PUBLISHED)
"""What the page says of itself; channel and topics are the library's own filing."""


@dataclass(frozen=True, slots=True)
class _Kind:
    read: Callable[[Snapshot], Any]
    write: Callable[[Snapshot, Any], None]


def value_of(snapshot: Snapshot, field: Field) -> Any:
    """The value that stands, in the form that corrections store. Topics: of a saved snapshot only."""
    return _KINDS[field].read(snapshot)


def set_value(snapshot: Snapshot, field: Field, value: Any) -> None:
    """Put a stored value into the snapshot, which is not saved; topics are written at once by `set_topics`."""
    _KINDS[field].write(snapshot, value)


def set_topics(snapshot: Snapshot, wanted: dict[int, list[str]], *, is_new: bool = False) -> bool:
    """Let the snapshot speak of these topics and no others, each with the words that told; whether they are others.

    `is_new`: it has none yet, which need not be looked up.
    """
    present = {} if is_new else dict(snapshot.topic_links.values_list("topic_id", "words"))
    if present == wanted:
        return False
    if present:
        snapshot.topic_links.all().delete()
    SnapshotTopic.objects.bulk_create(
        SnapshotTopic(snapshot=snapshot, topic_id=pk, words=told) for pk, told in wanted.items()
    )
    return present.keys() != wanted.keys()


def usable_topics(ids: Iterable[int]) -> list[int]:
    """These topics' ids as they stand today, in the order given.

    A topic that was merged meanwhile counts as the one it went into, a retired one is left out.
    """
    wanted = list(ids)
    topics = {topic.pk: topic for topic in Topic.objects.filter(pk__in=wanted)}
    found = dict.fromkeys(
        topics[pk].merged_into_id or pk
        for pk in wanted
        if pk in topics and (topics[pk].merged_into_id or topics[pk].retired_at is None)
    )
    return list(found)


def _plain(field: Field) -> _Kind:
    return _Kind(
        read=lambda snapshot: getattr(snapshot, field.value),
        write=lambda snapshot, value: setattr(snapshot, field.value, value),
    )


def _published(snapshot: Snapshot) -> dict[str, str | None]:
    at = snapshot.published_at
    return {"at": at.astimezone(UTC).isoformat() if at else None, "precision": snapshot.published_precision}


def _set_published(snapshot: Snapshot, value: dict[str, str | None]) -> None:
    at = value.get("at")
    snapshot.published_at = datetime.fromisoformat(at) if at else None
    snapshot.published_precision = value.get("precision") or ""
    snapshot.dated_at = dated(snapshot.published_at, snapshot.captured_at)


def _set_channel(snapshot: Snapshot, value: int) -> None:
    channel = Channel.objects.select_related("merged_into").filter(pk=value).first()
    if channel is not None:
        snapshot.channel = channel.merged_into or channel


def _topics(snapshot: Snapshot) -> list[int]:
    return sorted(snapshot.topic_links.values_list("topic_id", flat=True))


_KINDS: dict[Field, _Kind] = {
    **{field: _plain(field) for field in PLAIN},
    Field.PUBLISHED: _Kind(_published, _set_published),
    Field.CHANNEL: _Kind(lambda snapshot: snapshot.channel_id, _set_channel),
    Field.TOPICS: _Kind(_topics, lambda snapshot, value: None),
}
