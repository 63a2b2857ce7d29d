"""When the year's sessions were: each month's second Wednesday up to today, moved off rest days as a series does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from wellspring.core.calendar import WorkCalendar, rolled_to_workday
from wellspring.demo.year.told import SESSIONS

BEGINS = time(14, 30)
WEDNESDAY = 2


@dataclass(frozen=True, slots=True)
class SessionDay:
    """A session's day as the rule gives it, and the workday on which it was held."""

    planned_on: date
    held_on: date

    def at(self, *, days: int = 0, minutes: int = 0) -> datetime:
        """So many days after the session, at the time of day of its beginning plus minutes."""
        moment = datetime.combine(self.held_on + timedelta(days=days), BEGINS) + timedelta(minutes=minutes)
        return timezone.make_aware(moment)


def second_wednesday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(WEDNESDAY - first.weekday()) % 7 + 7)


def session_days(today: date) -> list[SessionDay]:
    """The last twelve session days before `today`, the earliest first."""
    calendar = WorkCalendar()
    months = today.year * 12 + today.month - 1
    found: list[SessionDay] = []
    while len(found) < SESSIONS:
        planned = second_wednesday(months // 12, months % 12 + 1)
        held = rolled_to_workday(planned, calendar=calendar).day
        if held < today:
            found.append(SessionDay(planned, held))
        months -= 1
    return found[::-1]
