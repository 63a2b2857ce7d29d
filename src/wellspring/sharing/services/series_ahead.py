"""Making the sessions of a series ahead, and mending them when the calendar says otherwise."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.calendar import WorkCalendar
from wellspring.people.models import Member, OrgUnit
from wellspring.sharing.models import SessionSeries, SessionState, SharingSession
from wellspring.sharing.queries.participants import participants
from wellspring.sharing.recurrence import Occurrence, next_occurrences
from wellspring.sharing.services.session_checks import told_time
from wellspring.sharing.services.session_notices import tell_everybody

AHEAD = timedelta(days=92)
"""Sessions are made so far ahead, and at least the next three."""
AT_LEAST = 3
BEHIND = timedelta(days=15)
"""A session of the rule's day so long ago may still lie ahead, moved off a long holiday."""
MOST = 120


def make_all_ahead() -> str:
    """Make and mend the sessions of every series that goes on; a line for the log, empty where all stands."""
    count = 0
    for pk in SessionSeries.objects.filter(ended_at=None, org__closed_on=None).values_list("pk", flat=True):
        with transaction.atomic():
            series = SessionSeries.objects.select_for_update(of=("self",)).select_related("org").filter(pk=pk).first()
            if series is not None and series.ended_at is None:
                count += make_ahead(series)
    return f"made or moved {count} sessions of series" if count else ""


def make_ahead(series: SessionSeries, *, until: date | None = None, today: date | None = None) -> int:
    """Make the sessions of a locked series that are due to be made, and move those that the calendar moved.

    Those that somebody moved by hand stay. Returns how many were made, moved or taken back.
    """
    today = today or timezone.localdate()
    horizon = until or today + AHEAD
    calendar = WorkCalendar()
    found = next_occurrences(
        series.recurrence,
        series.first_on,
        MOST,
        since=max(series.first_on, today - BEHIND),
        until_on=series.until_on,
        moves_off_rest_days=series.moves_off_rest_days,
        calendar=calendar,
    )
    made = {
        session.planned_on: session
        for session in SharingSession.objects.select_for_update(of=("self",))
        .filter(series=series, planned_on__gte=today - BEHIND)
        .select_related("org", "host__user")
    }
    changed = coming = 0
    for each in found:
        if each.planned_on > horizon and (until is not None or coming >= AT_LEAST):
            break
        session = made.get(each.planned_on)
        if each.day is not None and each.day > today:
            coming += 1
        if session is None:
            changed += _made(series, each, today)
        else:
            changed += _mended(series, session, each)
    return changed


def moment_of(series: SessionSeries, day: date) -> datetime:
    """When the series' session of this day begins."""
    return timezone.make_aware(datetime.combine(day, _clock(series.starts_at)))


def is_bare(session: SharingSession) -> bool:
    """Whether nobody has put anything into it yet: it can be taken back without a word."""
    return not (
        session.is_day_by_hand
        or session.note
        or session.slots.exists()
        or session.topics.exists()
        or session.attendances.exists()
    )


def chair_of_month(org: OrgUnit, day: date) -> Member | None:
    """Who chairs the other sessions of this month in the unit; None where nobody does, or she will have left."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    session = (
        SharingSession.objects.filter(
            org=org, host__isnull=False, starts_at__date__gte=first, starts_at__date__lt=after
        )
        .exclude(state=SessionState.CANCELLED)
        .order_by("starts_at")
        .first()
    )
    if session is None or session.host_id is None:
        return None
    return participants(org, day).filter(pk=session.host_id).first()


def _made(series: SessionSeries, each: Occurrence, today: date) -> int:
    if each.day is None or each.day < today:
        return 0
    starts_at = moment_of(series, each.day)
    if starts_at < timezone.now():
        return 0
    SharingSession.objects.create(
        org=series.org,
        series=series,
        planned_on=each.planned_on,
        title=series.title,
        starts_at=starts_at,
        minutes=series.minutes,
        place=series.place,
        host=chair_of_month(series.org, each.day),
        created_by=series.created_by,
    )
    return 1


def _mended(series: SessionSeries, session: SharingSession, each: Occurrence) -> int:
    """Follow the calendar with a session that nobody moved by hand."""
    if session.state != SessionState.PLANNED or session.is_day_by_hand or session.starts_at < timezone.now():
        return 0
    if each.day == timezone.localtime(session.starts_at).date():
        return 0
    if each.day is None:
        return _left_out(session, each)
    starts_at = moment_of(series, each.day)
    if starts_at < timezone.now():
        return 0  # the day it should have been moved to is over
    before, session.starts_at = told_time(session.starts_at), starts_at
    session.move_reason = each.told() or _("The calendar was changed.")
    session.reminded_at = None
    session.version += 1
    session.save()
    said = {"before": before, "after": told_time(session.starts_at), "place": session.place}
    audit.record(
        "sharing.session_moved",
        actor=None,
        on=session,
        data={"title": session.title, **said, "reason": session.move_reason},
    )
    tell_everybody("sharing.session_moved", session, before=before, reason=session.move_reason)
    return 1


def _left_out(session: SharingSession, each: Occurrence) -> int:
    if is_bare(session):
        session.delete()
        return 1
    session.state, session.cancel_reason = SessionState.CANCELLED, each.told()
    session.version += 1
    session.save()
    day = timezone.localtime(session.starts_at).date().isoformat()
    audit.record(
        "sharing.session_cancelled",
        actor=None,
        on=session,
        data={"title": session.title, "day": day, "reason": session.cancel_reason},
    )
    tell_everybody("sharing.session_cancelled", session, reason=session.cancel_reason)
    return 1


def _clock(value: time | str) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)
