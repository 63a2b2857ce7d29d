"""A month of the calendar, laid out in weeks."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from wellspring.core.calendar import Day, Kind, LunarDay, Origin, WorkCalendar, is_announced, lunar_of

FIRST_YEAR, LAST_YEAR = 2004, 2099
"""What the lunar calendar and the holiday tables can tell of."""


@dataclass(frozen=True, slots=True)
class Cell:
    day: Day
    lunar: LunarDay
    in_month: bool
    is_today: bool

    @property
    def mark(self) -> str:
        """`off`, `on` (worked by swap or by the office's word) or nothing."""
        if self.day.kind == Kind.HOLIDAY:
            return "off"
        if self.day.kind == Kind.SWAPPED:
            return "on"
        return ""


@dataclass(frozen=True, slots=True)
class Run:
    """Special days side by side of which the same is known."""

    first: Day
    last: Day


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: tuple[tuple[Cell, ...], ...]
    """Monday first."""
    special: tuple[Run, ...]
    """Days of the month that are not what their weekday says, or that the office spoke about."""
    workdays: int
    is_announced: bool
    before: date | None
    after: date | None


def month_of(first: date) -> Month:
    """The month that begins on `first`: two queries at most."""
    today = timezone.localdate()
    work_calendar = WorkCalendar()
    weeks = tuple(
        tuple(Cell(work_calendar.day(day), lunar_of(day), day.month == first.month, day == today) for day in week)
        for week in calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)
    )
    own = [cell for week in weeks for cell in week if cell.in_month]
    before, after = first - timedelta(days=1), (first + timedelta(days=32)).replace(day=1)
    return Month(
        first=first,
        weeks=weeks,
        special=_runs([c.day for c in own if c.mark or c.day.name or c.day.origin == Origin.OFFICE]),
        workdays=sum(cell.day.is_workday for cell in own),
        is_announced=is_announced(first.year),
        before=before.replace(day=1) if before.year >= FIRST_YEAR else None,
        after=after if after.year <= LAST_YEAR else None,
    )


def _runs(days: list[Day]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for day in days:
        last = runs[-1].last if runs else None
        if last and last.day + timedelta(days=1) == day.day and replace(last, day=day.day) == day:
            runs[-1] = Run(runs[-1].first, day)
        else:
            runs.append(Run(day, day))
    return tuple(runs)
