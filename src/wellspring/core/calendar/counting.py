"""Counting in workdays, and saying how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext, ngettext, pgettext

from wellspring.core.calendar.days import Day, WorkCalendar

MOST_WORKDAYS = 2_500
"""About ten years: nothing in an office is due later."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A day that was reached by counting, and what was stepped over on the way."""

    start: date
    workdays: int
    """How many were counted; 0: only rolled."""
    day: date
    skipped: tuple[Day, ...]
    """Days without work that were stepped over, in order."""
    is_announced: bool
    """Every year that was crossed has its notice; else the result may still change."""

    def told(self) -> str:
        """The calculation in words, in the active language."""
        if self.workdays:
            sentence = ngettext(
                "%(count)s workday after %(start)s is %(day)s.",
                "%(count)s workdays after %(start)s is %(day)s.",
                self.workdays,
            ) % {"count": self.workdays, "start": _told(self.start), "day": _told(self.day)}
        elif self.day == self.start:
            sentence = gettext("%(day)s is a workday.") % {"day": _told(self.day)}
        else:
            sentence = gettext("%(start)s is no workday; the next workday is %(day)s.") % {
                "start": _told(self.start),
                "day": _told(self.day),
            }
        if self.skipped:
            runs = pgettext("between things in a list", ", ").join(_runs(self.skipped))
            sentence = gettext("%(sentence)s Not counted: %(days)s.") % {"sentence": sentence, "days": runs}
        if not self.is_announced:
            sentence = gettext(
                "%(sentence)s The State Council has not announced all these holidays yet; the day may change."
            ) % {"sentence": sentence}
        return sentence


def next_workday(day: date, *, calendar: WorkCalendar | None = None) -> date:
    """The first workday after `day`."""
    return rolled_to_workday(day + timedelta(days=1), calendar=calendar).day


def rolled_to_workday(day: date, *, calendar: WorkCalendar | None = None) -> Counted:
    """`day` itself where it is a workday, else the first one after it."""
    return _counted(day, 0, calendar or WorkCalendar())


def add_workdays(day: date, count: int, *, calendar: WorkCalendar | None = None) -> Counted:
    """The `count`th workday after `day`, which itself is not counted. ValueError for less than 1 or more than 2500."""
    if not 1 <= count <= MOST_WORKDAYS:
        raise ValueError(f"{count} workdays: it takes 1 to {MOST_WORKDAYS}")
    return _counted(day, count, calendar or WorkCalendar())


def _counted(start: date, count: int, calendar: WorkCalendar) -> Counted:
    left, day = count, calendar.day(start)
    crossed, skipped = [day], []
    if not count and not day.is_workday:
        left = 1
        skipped.append(day)
    while left:
        day = calendar.day(day.day + timedelta(days=1))
        crossed.append(day)
        if day.is_workday:
            left -= 1
        else:
            skipped.append(day)
    return Counted(start, count, day.day, tuple(skipped), all(one.is_announced for one in crossed))


def _runs(days: tuple[Day, ...]) -> list[str]:
    """Days side by side of one name become one line: “5–7 October (National Day)”."""
    lines = []
    numbered = enumerate(days)
    for (_, name), run in groupby(numbered, key=lambda pair: (pair[1].day.toordinal() - pair[0], pair[1].told_name)):
        members = [day for _, day in run]
        first, last = _told(members[0].day, short=True), _told(members[-1].day, short=True)
        span = first if len(members) == 1 else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
        lines.append(gettext("%(days)s (%(name)s)") % {"days": span, "name": name or members[0].told_kind})
    return lines


def _told(day: date, *, short: bool = False) -> str:
    style = pgettext("date format", "j F") if short else pgettext("date format", "j F Y")
    return formatted(day, style)
