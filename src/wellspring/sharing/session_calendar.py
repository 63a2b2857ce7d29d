"""What sessions put into private calendars: those of one's own units, and those one chairs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.calendar_sources import CalendarEntry, CalendarSource, register_calendar_source
from wellspring.people.viewer import Viewer
from wellspring.sharing.queries.sessions import sessions_between


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_calendar_source(CalendarSource("sharing", entries))


def entries(viewer: Viewer, first: date, last: date) -> Iterator[CalendarEntry]:
    """Sessions from one day to another, with the place as a note; a cancelled one is not there any more. One query."""
    begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
    mine = {place.member_id for place in viewer.places}
    for session in sessions_between(viewer, begins, ends):
        note = session.place
        if session.host_id in mine:
            note = _("%(place)s. You chair it.") % {"place": session.place}
        yield CalendarEntry(
            key=str(session.pk),
            title=session.title,
            begins=session.starts_at,
            ends=session.starts_at + timedelta(minutes=session.minutes),
            note=note,
            path=reverse("sharing:session", kwargs={"pk": session.pk}),
        )
