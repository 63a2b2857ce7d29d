"""The front page: every channel with its newest reports, what just came in, topics and outlets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from wellspring.library.models import Channel, Snapshot
from wellspring.library.queries.counts import LibrarySize, Outlet, library_size, outlets, topics_with_counts
from wellspring.library.queries.lists import (
    Listed,
    arrivals,
    channels,
    listed_snapshots,
    with_pictures,
)
from wellspring.library.queries.reprints import folded
from wellspring.library.queries.snapshots import visible_snapshots
from wellspring.people.viewer import Viewer
from wellspring.topics.models import Topic

_LOOKED_AT = 10
_PER_CHANNEL = 5


@dataclass(frozen=True, slots=True)
class FrontChannel:
    channel: Channel
    lead: Listed
    """The newest report that has a picture among the newest, else the newest."""
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    lead: Listed | None
    """The newest report with a picture of all channels, else the newest; it is not shown again in its channel."""
    channels: tuple[FrontChannel, ...]
    arrivals: list[Snapshot]
    topics: list[tuple[Topic, int]]
    outlets: list[Outlet]
    size: LibrarySize


def front_page(*, viewer: Viewer) -> FrontPage:
    """All of the front page in nine queries, however many channels there are."""
    size = library_size(viewer=viewer)
    by_channel = _newest_by_channel(viewer)
    everything = [listed for reports in by_channel.values() for listed in reports]
    lead = max(everything, key=lambda listed: (listed.picture is not None, listed.snapshot.dated_at), default=None)
    return FrontPage(
        lead=lead,
        channels=tuple(
            _front_channel(channel, rest)
            for channel, reports in by_channel.items()
            if (rest := [listed for listed in reports if listed is not lead])
        ),
        arrivals=arrivals(viewer=viewer),
        topics=topics_with_counts(viewer=viewer),
        outlets=outlets(viewer=viewer, limit=12),
        size=size,
    )


def _front_channel(channel: Channel, reports: list[Listed]) -> FrontChannel:
    lead = next((listed for listed in reports if listed.picture), reports[0])
    return FrontChannel(channel, lead, tuple(listed for listed in reports if listed is not lead)[: _PER_CHANNEL - 1])


def _newest_by_channel(viewer: Viewer) -> dict[Channel, list[Listed]]:
    """Per channel its newest reports: one indexed look-up per place, all in one query, then the rows in another."""
    of_channel = visible_snapshots(viewer=viewer).filter(channel=OuterRef("pk")).values("pk")
    places = {f"place_{n}": Subquery(of_channel[n : n + 1]) for n in range(_LOOKED_AT)}
    found = list(channels().annotate(**places))
    ids = [pk for channel in found for name in places if (pk := getattr(channel, name)) is not None]
    # What several channels or outlets carry is shown once.
    listed = folded(with_pictures(listed_snapshots(viewer=viewer).filter(pk__in=ids)))
    return {channel: [item for item in listed if item.snapshot.channel_id == channel.pk] for channel in found}
