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


@dataclass(frozen=True, slots=True)
class Action:
    """What the audit trail can say: `code` as stored, `sentence` a marked message filled from the entry's data."""

    code: str
    sentence: str


_actions: dict[str, Action] = {}


def register_actions(*actions: Action) -> None:
    _actions.update((action.code, action) for action in actions)


def actions() -> dict[str, Action]:
    return dict(_actions)


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the office's desk, in the order of its registration within its group."""

    url_name: str
    name: str
    """Marked message."""
    about: str
    """Marked message: what is done there, one sentence."""
    group: str
    """`people`, `library` or `office`."""
    permission: str
    """A `people.Permission`; who has it anywhere sees the page."""
    icon: str = ""
    waiting: Callable[[object], int] | None = None
    """Of a viewer: how many things wait there for a decision."""


_desk_pages: list[DeskPage] = []


def register_desk_pages(*pages: DeskPage) -> None:
    _desk_pages.extend(pages)


def desk_pages() -> tuple[DeskPage, ...]:
    return tuple(_desk_pages)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of the installation found. `level`: `good`, `warning` or `wrong`."""

    level: str
    said: str
    """One sentence in the active language."""
    todo: str = ""
    """What to do about it, in the active language; empty where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """Something `wellspring doctor` and the desk's health page look at."""

    code: str
    name: str
    """Marked message."""
    look: Callable[[], Iterable[Finding]]


_health_checks: dict[str, HealthCheck] = {}


def register_health_checks(*checks: HealthCheck) -> None:
    _health_checks.update((check.code, check) for check in checks)


def health_checks() -> tuple[HealthCheck, ...]:
    return tuple(_health_checks.values())
