"""One day: workday or not, what it is called, and how we know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext

from wellspring.core.calendar.years import notice_of, statutory_holidays
from wellspring.core.models import CalendarDay
from wellspring.engine.errors import marked


class Kind(StrEnum):
    WORKDAY = "workday"
    REST = "rest"
    """Saturday or Sunday."""
    HOLIDAY = "holiday"
    """Off for a holiday, also by swap."""
    SWAPPED = "swapped"
    """A Saturday or Sunday that is worked (调休)."""


class Origin(StrEnum):
    OFFICE = "office"
    NOTICE = "notice"
    LAW = "law"
    WEEKDAY = "weekday"


ORIGIN_NAMES = {
    Origin.OFFICE: marked("set by the office"),
    Origin.NOTICE: marked("the State Council's notice"),
    Origin.LAW: marked("statutory holiday"),
    Origin.WEEKDAY: marked("by the day of the week"),
}
_KIND_NAMES = {
    Kind.WORKDAY: marked("workday"),
    Kind.REST: marked("weekend"),
    Kind.HOLIDAY: marked("day off"),
    Kind.SWAPPED: marked("workday by swap"),
}


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    kind: Kind
    name: str
    """Of a holiday: a marked message, or the office's own words; empty for an ordinary day."""
    origin: Origin
    is_announced: bool
    """The State Council's notice for its year is known; before it, days may still be swapped (待国务院公布)."""
    note: str = ""

    @property
    def is_workday(self) -> bool:
        return self.kind in (Kind.WORKDAY, Kind.SWAPPED)

    @property
    def told_name(self) -> str:
        """The holiday's name in the active language."""
        return gettext(self.name) if self.name else ""

    @property
    def told_kind(self) -> str:
        return gettext(_KIND_NAMES[self.kind])

    @property
    def told_origin(self) -> str:
        return gettext(ORIGIN_NAMES[self.origin])


class WorkCalendar:
    """Days, year by year; the office's own are read once for each year asked for. Make one for each request or task."""

    def __init__(self) -> None:
        self._own: dict[int, Mapping[date, CalendarDay]] = {}

    def day(self, day: date) -> Day:
        """The day with everything known about it."""
        known = known_without_the_office(day)
        own = self._own_of(day.year).get(day)
        if own is None:
            return known
        if own.is_workday:
            kind = Kind.SWAPPED if day.weekday() >= 5 else Kind.WORKDAY
        else:
            kind = Kind.HOLIDAY if own.name or day.weekday() < 5 else Kind.REST
        return Day(day, kind, own.name, Origin.OFFICE, known.is_announced, own.note)

    def days(self, first: date, last: date) -> list[Day]:
        """Every day from `first` to `last`, both included."""
        return [self.day(first + timedelta(days=count)) for count in range((last - first).days + 1)]

    def _own_of(self, year: int) -> Mapping[date, CalendarDay]:
        if year not in self._own:
            self._own[year] = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
        return self._own[year]


def known_without_the_office(day: date) -> Day:
    """The day as notices, law and weekday have it; what stands when the office's own word is taken back."""
    notice = notice_of(day.year)
    weekend = day.weekday() >= 5
    if notice:
        off, swapped = notice
        if day in off:
            return Day(day, Kind.HOLIDAY, off[day], Origin.NOTICE, is_announced=True)
        if day in swapped and weekend:
            return Day(day, Kind.SWAPPED, swapped[day], Origin.NOTICE, is_announced=True)
    elif name := statutory_holidays(day.year).get(day):
        return Day(day, Kind.HOLIDAY, name, Origin.LAW, is_announced=False)
    kind = Kind.REST if weekend else Kind.WORKDAY
    return Day(day, kind, "", Origin.WEEKDAY, is_announced=notice is not None)


def is_announced(year: int) -> bool:
    """Whether the State Council's notice on the year's holidays is known here."""
    return notice_of(year) is not None


def day_of(day: date) -> Day:
    """The day, the office's own word included."""
    return WorkCalendar().day(day)


def days_between(first: date, last: date) -> list[Day]:
    """Every day from `first` to `last`, both included."""
    return WorkCalendar().days(first, last)
