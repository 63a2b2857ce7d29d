"""Of several copies of one text: which one is shown, and where the others are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wellspring.library.models import Reuse, Snapshot
from wellspring.library.queries.lists import Listed

_TELLING_TITLE = 8
_SHOWS = {Reuse.FULL_TEXT: 0, Reuse.EXCERPT: 1, Reuse.UNKNOWN: 1, Reuse.LINK_ONLY: 2}


def best_to_read(copies: Iterable[Snapshot]) -> Snapshot:
    """The one that says most here: full text, then excerpt, then link; of equals the outlet's own, then the first."""
    return min(copies, key=lambda one: (_SHOWS[one.reuse], one.source is None or one.source.name != one.source_name))


def folded(listed: Iterable[Listed], *, ranked: bool = False) -> list[Listed]:
    """The list with reprints gathered under the best one to read; short titles say too little to tell reprints.

    That one keeps its own place, as a list by date needs it; where the list is `ranked` it takes the place of the
    first of them.
    """
    groups: dict[str, list[Listed]] = {}
    places: dict[int, int] = {}
    for place, item in enumerate(listed):
        groups.setdefault(_text_key(item.snapshot), []).append(item)
        places[item.snapshot.pk] = place
    shown = [_gathered(group) for group in groups.values()]
    return shown if ranked else sorted(shown, key=lambda item: places[item.snapshot.pk])


def without_repeats(snapshots: Iterable[Snapshot], *, told: Snapshot, limit: int) -> list[Snapshot]:
    """The first `limit` of which none repeats another or the one `told` already."""
    rows = folded(Listed(snapshot) for snapshot in snapshots)
    return [row.snapshot for row in rows if _text_key(row.snapshot) != _text_key(told)][:limit]


def _gathered(group: list[Listed]) -> Listed:
    best = best_to_read(item.snapshot for item in group)
    shown = next(item for item in group if item.snapshot is best)
    return replace(shown, repeats=tuple(item.snapshot for item in group if item is not shown))


def _text_key(snapshot: Snapshot) -> str:
    return snapshot.title if len(snapshot.title) >= _TELLING_TITLE else f"#{snapshot.pk}"
