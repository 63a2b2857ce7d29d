"""The calendar's place at the desk, in the audit trail and among the health checks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.calendar import is_announced
from wellspring.core.health import GOOD, WARNING
from wellspring.core.models import CalendarDay
from wellspring.core.registry import (
    Action,
    DeskPage,
    Finding,
    HealthCheck,
    register_actions,
    register_desk_pages,
    register_health_checks,
)
from wellspring.engine.errors import marked


def register() -> None:
    register_actions(
        Action("core.day_set", marked("set the calendar's day %(day)s")),
        Action("core.day_restored", marked("took the office's word about the day %(day)s back")),
    )
    register_desk_pages(
        DeskPage(
            url_name="people:calendar",
            name=marked("Calendar"),
            about=marked("Holidays and swapped workdays, with the lunar calendar; the office can set days itself."),
            group="office",
            permission="manage_calendar",
            icon="day",
        )
    )
    register_health_checks(HealthCheck("calendar", marked("Calendar"), _look))


def _look() -> Iterator[Finding]:
    today = timezone.localdate()
    if not is_announced(today.year) and not CalendarDay.objects.filter(day__year=today.year).exists():
        yield Finding(
            WARNING,
            _("The holidays of %(year)s are not known here: deadlines may be counted wrong.") % {"year": today.year},
            _("Install a newer version, or set the days of the State Council's notice at the desk, under Calendar."),
        )
    elif is_announced(today.year + 1):
        yield Finding(GOOD, _("The holidays of %(year)s and the year after are known.") % {"year": today.year})
    elif today.month == 12:
        yield Finding(
            WARNING,
            _("The holidays of %(year)s are not known here yet.") % {"year": today.year + 1},
            _("Once the State Council has announced them, install a newer version or set the days under Calendar."),
        )
    else:
        yield Finding(
            GOOD,
            _("The holidays of %(year)s are known; those of the year after wait for the State Council's notice.")
            % {"year": today.year},
        )
