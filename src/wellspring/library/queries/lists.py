"""Lists of snapshots: of a channel, a topic, an outlet, and what came in last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from wellspring.library.models import Channel, Picture, Snapshot
from wellspring.library.queries.snapshots import visible_snapshots
from wellspring.people.viewer import Viewer
from wellspring.topics.models import Topic


@dataclass(frozen=True, slots=True)
class Listed:
    """A snapshot in a list, with the picture that may stand beside it."""

    snapshot: Snapshot
    picture: Picture | None = None
    repeats: tuple[Snapshot, ...] = ()
    """Others of the same list under the same title, as reprints are."""


def channels() -> QuerySet[Channel]:
    """Every channel, in the order of the navigation; not those that were merged into another."""
    return Channel.objects.filter(merged_into=None)


def listed_snapshots(*, viewer: Viewer) -> QuerySet[Snapshot]:
    """What lists read: without the columns that only the page of one snapshot needs."""
    return visible_snapshots(viewer=viewer).defer("body", "evidence")


def channel_snapshots(*, viewer: Viewer, channel: Channel) -> QuerySet[Snapshot]:
    """Snapshots filed in a channel, newest first."""
    return listed_snapshots(viewer=viewer).filter(channel=channel)


def topic_snapshots(*, viewer: Viewer, topic: Topic) -> QuerySet[Snapshot]:
    """Snapshots that speak of a topic, newest first."""
    return listed_snapshots(viewer=viewer).filter(topic_links__topic=topic)


def outlet_snapshots(*, viewer: Viewer, name: str) -> QuerySet[Snapshot]:
    """Snapshots that name this outlet as their source, newest first."""
    return listed_snapshots(viewer=viewer).filter(source_name=name)


def with_pictures(snapshots: Iterable[Snapshot]) -> list[Listed]:
    """The snapshots, each with its first kept picture where its reuse state allows one. One query."""
    found = list(snapshots)
    first: dict[int, Picture] = {}
    allowed = [snapshot.pk for snapshot in found if snapshot.shows_full_text]
    if allowed:
        kept = Picture.objects.filter(snapshot_id__in=allowed, capture__isnull=False)
        for picture in kept.order_by("snapshot_id", "position"):
            first.setdefault(picture.snapshot_id, picture)
    return [Listed(snapshot, first.get(snapshot.pk)) for snapshot in found]


def arrivals(*, viewer: Viewer, limit: int = 8) -> list[Snapshot]:
    """What came in last, whenever it was published."""
    return list(listed_snapshots(viewer=viewer).order_by("-pk")[:limit])
