"""The one inversion: lower code reaches higher apps only through what they register here in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from wellspring.engine.records import SearchDocument


@dataclass(frozen=True, slots=True)
class SearchKind:
    """How the follower gets the search documents of one kind of thing."""

    kind: str
    documents: Callable[[Sequence[int]], Iterable[SearchDocument]]
    """Documents of these ids; an id without one is taken out of the index."""
    all_ids: Callable[[], Iterator[int]]
    """Every id that should be in the index, for a rebuild."""


_search_kinds: dict[str, SearchKind] = {}


def register_search_kind(kind: SearchKind) -> None:
    _search_kinds[kind.kind] = kind


def search_kinds() -> dict[str, SearchKind]:
    return dict(_search_kinds)


Sweep = Callable[[], int]
"""Enqueues work that has no task, as after a crash; returns how much. Called by a worker every half minute."""

_sweeps: dict[str, Sweep] = {}


def register_sweep(name: str, sweep: Sweep) -> None:
    """`name`: what is swept up, for the worker's log."""
    _sweeps[name] = sweep


def sweeps() -> dict[str, Sweep]:
    return dict(_sweeps)
