"""What stands in private calendars: apps register their sources in `AppConfig.ready()`, as in `core.registry`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something with days, or a time, in somebody's private calendar."""

    key: str
    """The same at every reading, unique within its source."""
    title: str
    """In the active language; no case contents, no sensitive data: it lies on telephones."""
    begins: date | datetime
    ends: date | datetime
    """Of days the last one, included; of times the end."""
    note: str = ""
    path: str = ""
    """Of its page here, `/…`."""


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """What an app puts into private calendar feeds."""

    code: str
    entries: Callable[[Any, date, date], Iterable[CalendarEntry]]
    """Of a viewer, from one day to another, both included."""


_calendar_sources: dict[str, CalendarSource] = {}


def register_calendar_source(source: CalendarSource) -> None:
    _calendar_sources[source.code] = source


def calendar_sources() -> tuple[CalendarSource, ...]:
    return tuple(_calendar_sources.values())
