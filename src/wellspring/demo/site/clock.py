"""The demo's clock: when it was first started, kept in the data folder, so that a second start continues the first."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from .errors import DemoClockUnreadable

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class DemoClock:
    started_at: datetime
    """First start of the demo, with zone, whole seconds."""

    def days_before(self, days: int, hour: int, minute: int) -> datetime:
        """A time of day in China, so many days before the demo started."""
        day = self.started_at.astimezone(CHINA) - timedelta(days=days)
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def seconds_after(self, seconds: int) -> datetime:
        return self.started_at.astimezone(CHINA) + timedelta(seconds=seconds)


def clock_path(data: Path) -> Path:
    """Where the demo's start time is kept in a data folder."""
    return data / "demo.json"


def kept_clock(data: Path) -> DemoClock:
    """The clock of this data folder; started now if there is none yet.

    Raises DemoClockUnreadable where the file is damaged.
    """
    path = clock_path(data)
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    data.mkdir(parents=True, exist_ok=True)
    started = datetime.now(UTC).replace(microsecond=0)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps({"started_at": started.isoformat()}), "utf-8")
    try:
        os.link(fresh, path)  # the first of two starters wins, and nobody reads a half-written file
    except FileExistsError:
        return _read(path)
    finally:
        fresh.unlink()
    return DemoClock(started)


def _read(path: Path) -> DemoClock:
    text = path.read_text("utf-8", errors="replace")
    try:
        started = datetime.fromisoformat(json.loads(text)["started_at"])
    except (ValueError, KeyError, TypeError) as error:
        raise DemoClockUnreadable(path=str(path), detail=str(error)) from None
    if started.tzinfo is None:
        raise DemoClockUnreadable(path=str(path), detail="no zone")
    return DemoClock(started)
