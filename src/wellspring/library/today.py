"""What the library brings to `/today/`: the newest reports on the topics that the community has at heart."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from wellspring.core.registry import TodayCard, register_today_cards
from wellspring.library.models import Snapshot, SnapshotTopic
from wellspring.library.queries.lists import listed_snapshots
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer

_LIMIT = 5


def register() -> None:
    register_today_cards(
        TodayCard(
            code="library.topics",
            template="library/_today_topics.html",
            content=_on_topics,
            order=30,
            styles="library/library.css",
        ),
        TodayCard(
            code="library.hand_in",
            template="library/_today_hand_in.html",
            content=_hand_in,
            order=40,
            is_beside=True,
        ),
    )


def newest_on_topics(*, viewer: Viewer, limit: int = _LIMIT) -> list[Snapshot]:
    """The newest reports that speak of any topic, each title once, with their topics read."""
    speaks_of_one = Exists(SnapshotTopic.objects.filter(snapshot=OuterRef("pk")))
    found: dict[str, Snapshot] = {}
    # Reprints follow one another: three times as many are enough to find `limit` different titles.
    newest = listed_snapshots(viewer=viewer).filter(speaks_of_one).prefetch_related("topics")[: 3 * limit]
    for snapshot in newest:
        found.setdefault(snapshot.title, snapshot)
    return list(found.values())[:limit]


def _hand_in(viewer: Viewer) -> dict[str, object] | None:
    return {} if viewer.may(Permission.HAND_IN) else None


def _on_topics(viewer: Viewer) -> dict[str, object] | None:
    snapshots = newest_on_topics(viewer=viewer)
    return {"snapshots": snapshots} if snapshots else None
