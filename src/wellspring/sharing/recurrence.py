"""On which days a series of sessions meets: what its rule gives, and what rest days make of it."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core.calendar import Day, Kind, WorkCalendar, rolled_to_workday
from wellspring.sharing.models import Recurrence

FIFTH = 5
"""A first day that is the fifth of its weekday in the month means the last one, which every month has."""
NEAR_A_HOLIDAY = timedelta(days=6)
"""As far as the State Council swaps days around a holiday; a year without its notice may still change so far."""
LAST_YEAR = 2099
"""The last one of which the calendars can tell."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of the rule, and when the session is held."""

    planned_on: date
    """What the rule gives."""
    day: date | None
    """When it is held; None: left out."""
    skipped: tuple[Day, ...]
    """Days without work that it was moved over; for one that is left out, what stood in its way."""
    may_change: bool
    """Near a holiday that the State Council has not announced yet."""

    @property
    def is_moved(self) -> bool:
        return self.day is not None and self.day != self.planned_on

    def told(self) -> str:
        """Why it is not on the day of the rule, in the active language; empty where it is."""
        if self.day == self.planned_on:
            return ""
        names = list(dict.fromkeys(day.told_name or day.told_kind for day in self.skipped))
        said = {"day": _short(self.planned_on), "why": pgettext("between things in a list", ", ").join(names)}
        if self.day is None:
            return _("%(day)s is no workday (%(why)s); left out.") % said
        return _("%(day)s is no workday (%(why)s); moved to the next workday.") % said


def rule_days(recurrence: str, first_on: date, until_on: date | None = None) -> Iterator[date]:
    """What the rule gives, from `first_on` on, in order; without `until_on` until the calendars end."""
    last = until_on or date(LAST_YEAR, 12, 31)
    return takewhile(lambda day: day <= last, _endless(recurrence, first_on))


def occurrences(
    recurrence: str,
    first_on: date,
    *,
    since: date | None = None,
    until_on: date | None = None,
    moves_off_rest_days: bool = True,
    calendar: WorkCalendar | None = None,
) -> Iterator[Occurrence]:
    """The days of a series from the rule's day `since` on, in order; those left out too.

    A session on a day without work goes to the next workday, but never onto or past the day of the next one: then it
    is left out. Workdays by swap are workdays.
    """
    calendar = calendar or WorkCalendar()
    days = _endless(recurrence, first_on)
    planned = next(days)
    for following in days:
        if planned.year > LAST_YEAR - 1 or (until_on is not None and planned > until_on):
            return
        if since is None or planned >= since:
            yield _held(planned, following, moves_off_rest_days, calendar)
        planned = following


def next_occurrences(
    recurrence: str,
    first_on: date,
    count: int,
    *,
    since: date,
    until_on: date | None = None,
    moves_off_rest_days: bool = True,
    calendar: WorkCalendar | None = None,
) -> list[Occurrence]:
    """The next `count` from the rule's day `since` on."""
    found = occurrences(
        recurrence,
        first_on,
        since=since,
        until_on=until_on,
        moves_off_rest_days=moves_off_rest_days,
        calendar=calendar,
    )
    return list(islice(found, count))


def told_rule(recurrence: str, first_on: date) -> str:
    """The rule in words, in the active language: “every Wednesday”."""
    weekday = str(WEEKDAYS[first_on.weekday()])
    if recurrence == Recurrence.WEEKLY:
        return _("every week on %(weekday)s") % {"weekday": weekday}
    if recurrence == Recurrence.FORTNIGHTLY:
        return _("every two weeks on %(weekday)s") % {"weekday": weekday}
    if recurrence == Recurrence.MONTHLY_DAY:
        if first_on.day > 28:
            return _("every month on the %(day)sth, or the month's last day") % {"day": first_on.day}
        return _("every month on day %(day)s") % {"day": first_on.day}
    place = {
        1: _("every month on the first %(weekday)s"),
        2: _("every month on the second %(weekday)s"),
        3: _("every month on the third %(weekday)s"),
        4: _("every month on the fourth %(weekday)s"),
        5: _("every month on the last %(weekday)s"),
    }
    return place[_place_in_month(first_on)] % {"weekday": weekday}


def _endless(recurrence: str, first_on: date) -> Iterator[date]:
    if recurrence in (Recurrence.WEEKLY, Recurrence.FORTNIGHTLY):
        step = timedelta(days=7 if recurrence == Recurrence.WEEKLY else 14)
        day = first_on
        while True:
            yield day
            day += step
    month = first_on.year * 12 + first_on.month - 1
    while True:
        year, number = month // 12, month % 12 + 1
        if recurrence == Recurrence.MONTHLY_DAY:
            yield date(year, number, min(first_on.day, months.monthrange(year, number)[1]))
        else:
            yield _weekday_of_month(year, number, first_on.weekday(), _place_in_month(first_on))
        month += 1


def _place_in_month(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _weekday_of_month(year: int, month: int, weekday: int, place: int) -> date:
    first, length = months.monthrange(year, month)
    day = (weekday - first) % 7 + 1 + 7 * (place - 1)
    return date(year, month, day if day <= length else day - 7)


def _held(planned: date, following: date, moves: bool, calendar: WorkCalendar) -> Occurrence:
    counted = rolled_to_workday(planned, calendar=calendar)
    around = calendar.days(planned - NEAR_A_HOLIDAY, counted.day + NEAR_A_HOLIDAY)
    may_change = any(not day.is_announced and day.kind == Kind.HOLIDAY for day in around)
    if counted.day == planned:
        return Occurrence(planned, planned, (), may_change)
    if moves and counted.day < following:
        return Occurrence(planned, counted.day, counted.skipped, may_change)
    return Occurrence(planned, None, counted.skipped if moves else counted.skipped[:1], may_change)


def _short(day: date) -> str:
    return date_format(day, pgettext("date format", "j F"))
