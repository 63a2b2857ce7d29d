"""What people put into private calendar feeds: holidays and swapped workdays, one's leave, who of the unit is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from wellspring.core.calendar import Kind, days_between
from wellspring.core.calendar_sources import CalendarEntry, CalendarSource, register_calendar_source
from wellspring.core.ics import runs_of_days
from wellspring.core.registry import Action, register_actions
from wellspring.engine.errors import marked
from wellspring.people.permissions import Permission
from wellspring.people.queries.leave import visible_leave
from wellspring.people.viewer import Viewer


def register() -> None:
    register_calendar_source(CalendarSource("days", special_days))
    register_calendar_source(CalendarSource("leave", leave))
    register_actions(
        Action("people.feed_renewed", marked("made a new address for the private calendar")),
        Action("people.feed_closed", marked("switched the private calendar off")),
    )


def special_days(viewer: Viewer, first: date, last: date) -> Iterator[CalendarEntry]:
    """Holidays and swapped workdays; what still waits for the State Council's notice says so."""
    told = []
    for day in days_between(first, last):
        if day.kind == Kind.HOLIDAY:
            name = day.told_name or day.told_kind
            told.append((day.day, name if day.is_announced else _("%(name)s (not announced yet)") % {"name": name}))
        elif day.kind == Kind.SWAPPED:
            told.append((day.day, _("Workday by swap") + (f" · {day.told_name}" if day.name else "")))
    for begins, ends, words in runs_of_days(told):
        yield CalendarEntry(begins.isoformat(), words, begins, ends)


def leave(viewer: Viewer, first: date, last: date) -> Iterable[CalendarEntry]:
    """One's own leave with its kind; of colleagues in one's units only that they are away."""
    units = {place.org_id for place in viewer.places if Permission.SEE_PEOPLE in place.permissions}
    for row in visible_leave(viewer=viewer, first=first, last=last):
        is_own = viewer.user is not None and row.member.user_id == viewer.user.pk
        if is_own:
            title = str(row.get_kind_display())
        elif row.member.org_id in units:
            title = _("%(name)s is away") % {"name": row.member.user.get_full_name()}
        else:
            continue
        yield CalendarEntry(str(row.pk), title, row.from_on, row.until_on)
