"""Deadlines of studies in private calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wellspring.core.calendar_sources import CalendarEntry, CalendarSource, register_calendar_source
from wellspring.people.viewer import Viewer
from wellspring.sharing.queries.idea_lists import asked_to_study


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_calendar_source(CalendarSource("studies", deadlines))


def deadlines(viewer: Viewer, first: date, last: date) -> Iterator[CalendarEntry]:
    """The days by which the details that she is asked to work out shall be ready."""
    for idea in asked_to_study(viewer).filter(study_due_on__range=(first, last)):
        assert idea.study_due_on is not None
        title = _("Details due: %(idea)s") % {"idea": idea.title}
        path = reverse("sharing:idea_study", kwargs={"pk": idea.pk})
        yield CalendarEntry(str(idea.pk), title, idea.study_due_on, idea.study_due_on, path=path)
