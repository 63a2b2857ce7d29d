"""Series of sessions as far as a viewer may see them, and what their rule gives next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from wellspring.core.calendar import WorkCalendar
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import SessionSeries, SharingSession
from wellspring.sharing.recurrence import Occurrence, next_occurrences, told_rule

SHOWN = 8
"""How many days a preview and the page of a series show."""


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """What a series' form holds. `first_on` gives weekday, week of the month and day of the month."""

    title: str
    recurrence: str
    first_on: date
    starts_at: str
    """`14:00`."""
    minutes: int
    place: str
    until_on: date | None = None
    moves_off_rest_days: bool = True


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day of a series, with the session that is made for it already."""

    occurrence: Occurrence
    session: SharingSession | None


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series as the list shows it."""

    series: SessionSeries
    rule: str
    """In words."""
    following: SharingSession | None
    """Its next session."""


def visible_series(viewer: Viewer) -> QuerySet[SessionSeries]:
    """Series of the units in which she takes part, with their units; newest first."""
    return SessionSeries.objects.filter(viewer.below(Permission.TAKE_PART, "org__path")).select_related("org")


def running_series(viewer: Viewer) -> list[SeriesRow]:
    """Those that go on, each with its next session. Two queries."""
    today = timezone.localdate()
    rows = [
        row for row in visible_series(viewer).filter(ended_at=None) if row.until_on is None or row.until_on >= today
    ]
    coming = SharingSession.objects.filter(
        series__in=[row.pk for row in rows], state="planned", starts_at__gte=timezone.now()
    ).order_by("-starts_at")
    following = {session.series_id: session for session in coming}
    return [SeriesRow(row, told_rule(row.recurrence, row.first_on), following.get(row.pk)) for row in rows]


def preview(words: SeriesWords, *, since: date | None = None, count: int = SHOWN) -> list[Occurrence]:
    """The next days of a series that is not saved yet."""
    return next_occurrences(
        words.recurrence,
        words.first_on,
        count,
        since=since or words.first_on,
        until_on=words.until_on,
        moves_off_rest_days=words.moves_off_rest_days,
    )


def coming_days(series: SessionSeries, count: int = SHOWN) -> list[ComingDay]:
    """The next days of a series by its rule, each with its session where it is made already. Some queries."""
    today = timezone.localdate()
    found = next_occurrences(
        series.recurrence,
        series.first_on,
        count,
        since=today - timedelta(days=14),
        until_on=series.until_on,
        moves_off_rest_days=series.moves_off_rest_days,
        calendar=WorkCalendar(),
    )
    made = {
        session.planned_on: session
        for session in series.sessions.filter(planned_on__in=[each.planned_on for each in found])
    }
    days = [ComingDay(each, made.get(each.planned_on)) for each in found]
    return [day for day in days if (day.occurrence.day or day.occurrence.planned_on) >= today or _ahead(day.session)]


def _ahead(session: SharingSession | None) -> bool:
    return session is not None and session.starts_at >= timezone.now()
