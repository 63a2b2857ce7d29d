"""Series of sessions: begun, changed from a day on, ended."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.models import OrgUnit
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import SessionProblem
from wellspring.sharing.models import Recurrence, SessionSeries, SessionState, SharingSession
from wellspring.sharing.queries.hosting import require_set_up
from wellspring.sharing.queries.series import SeriesWords
from wellspring.sharing.recurrence import next_occurrences, rule_days, told_rule
from wellspring.sharing.services.series_ahead import is_bare, make_ahead, moment_of
from wellspring.sharing.services.session_checks import LONGEST, SHORTEST, check_unit, told_time
from wellspring.sharing.services.session_notices import tell_everybody

FURTHEST = timedelta(days=366)
"""A series begins, or changes, within a year."""
PAIRED_WITH = 80


@transaction.atomic
def start_series(*, actor: Actor, org: OrgUnit, words: SeriesWords) -> SessionSeries:
    """Begin a series and make its first sessions; where there is the same one already, that one.

    Raises PermissionDenied, SessionProblem.
    """
    require_set_up(actor, org)
    check_unit(org)
    _check(words)
    series = SessionSeries(org=org, created_by=actor.user)
    _write(series, words)
    OrgUnit.objects.select_for_update(no_key=True).get(pk=org.pk)  # the same form, sent twice, waits here for the first
    same = SessionSeries.objects.filter(
        org=org,
        title=series.title,
        recurrence=series.recurrence,
        first_on=series.first_on,
        starts_at=series.starts_at,
        place=series.place,
        ended_at=None,
    ).first()
    if same is not None:
        return same
    series.save()
    make_ahead(series)
    _record("sharing.series_started", actor, series, rule=told_rule(series.recurrence, series.first_on))
    return series


@transaction.atomic
def change_series(*, actor: Actor, series: SessionSeries, version: int, words: SeriesWords) -> SessionSeries:
    """Change a series from `words.first_on` on; what lies before stays. Returns the series that goes on.

    Sessions that somebody has put something into go to the nearest new day with their agenda, and everybody is told;
    those that were moved by hand keep their time. Raises ChangedMeanwhile, SessionProblem, PermissionDenied.
    """
    series = _locked(actor, series)
    if series.version != version:
        raise ChangedMeanwhile(version=series.version, differences=_differences(series, words))
    _check(words)
    before = _held(series)
    goes_on = _split(series, words) if series.sessions.filter(planned_on__lt=words.first_on).exists() else series
    _write(goes_on, words)
    goes_on.version += 1
    goes_on.save()
    _take_along(series, goes_on, words.first_on, actor)
    make_ahead(goes_on)
    changes = audit.differences(before, _held(goes_on))
    _record("sharing.series_changed", actor, goes_on, day=words.first_on, changes=changes)
    return goes_on


@transaction.atomic
def end_series(*, actor: Actor, series: SessionSeries, last_on: date, reason: str) -> None:
    """End a series after `last_on`: what is planned later and has an agenda is called off with the reason."""
    series = _locked(actor, series)
    today = timezone.localdate()
    if last_on < today:
        raise SessionProblem(_("This day is over. Choose today or a later one."), field="last_on")
    later = list(
        SharingSession.objects.select_for_update(of=("self",))
        .select_related("org", "host__user")
        .filter(series=series, state=SessionState.PLANNED, planned_on__gt=last_on, starts_at__gt=timezone.now())
    )
    filled = [session for session in later if not is_bare(session)]
    if filled and not reason.strip():
        raise SessionProblem(_("Say why: those who are on an agenda are told."), field="reason")
    for session in later:
        if session not in filled:
            session.delete()
            continue
        session.state, session.cancel_reason = SessionState.CANCELLED, reason.strip()
        session.version += 1
        session.save()
        tell_everybody("sharing.session_cancelled", session, besides=actor.user, reason=reason.strip())
    series.until_on = last_on
    series.ended_at = timezone.now()
    series.version += 1
    series.save()
    _record("sharing.series_ended", actor, series, day=last_on, count=len(filled))


def _locked(actor: Actor, series: SessionSeries) -> SessionSeries:
    series = SessionSeries.objects.select_for_update(of=("self",)).select_related("org").get(pk=series.pk)
    require_set_up(actor, series.org)
    if series.ended_at is not None:
        raise SessionProblem(_("This series has ended already. Start a new one."))
    return series


def _check(words: SeriesWords) -> None:
    today = timezone.localdate()
    if not words.title.strip():
        raise SessionProblem(_("Give the session a title."), field="title")
    if not words.place.strip():
        raise SessionProblem(_("Say where it is held."), field="place")
    if not SHORTEST <= words.minutes <= LONGEST:
        raise SessionProblem(
            _("A session takes %(least)s to %(most)s minutes.") % {"least": SHORTEST, "most": LONGEST}, field="minutes"
        )
    if words.first_on < today:
        raise SessionProblem(_("This day is over. Choose today or a later one."), field="first_on")
    if words.first_on > today + FURTHEST:
        raise SessionProblem(_("This day is more than a year ahead. Check the year."), field="first_on")
    if words.until_on is not None and words.until_on < words.first_on:
        raise SessionProblem(_("The last day lies before the first. Check both."), field="until_on")


def _write(series: SessionSeries, words: SeriesWords) -> None:
    series.title, series.recurrence, series.first_on = words.title.strip(), words.recurrence, words.first_on
    series.until_on, series.minutes, series.place = words.until_on, words.minutes, words.place.strip()
    series.starts_at = time.fromisoformat(words.starts_at)
    series.moves_off_rest_days = words.moves_off_rest_days


def _split(series: SessionSeries, words: SeriesWords) -> SessionSeries:
    """End the series before the day of the change; the one that goes on from there."""
    last = words.first_on - timedelta(days=1)
    make_ahead(series, until=last)
    series.until_on, series.ended_at = last, timezone.now()
    series.version += 1
    series.save()
    return SessionSeries(org=series.org, created_by=series.created_by)


def _take_along(series: SessionSeries, goes_on: SessionSeries, first_on: date, actor: Actor) -> None:
    """Sessions from the day of the change on: what is empty is made anew, the others find a new day."""
    later = list(
        SharingSession.objects.select_for_update(of=("self",))
        .select_related("org", "host__user")
        .filter(series=series, planned_on__gte=first_on)
        .order_by("planned_on")
    )
    kept = []
    for session in later:
        if session.state == SessionState.PLANNED and session.starts_at > timezone.now():
            if is_bare(session):
                session.delete()
            else:
                kept.append(session)
        elif session.state == SessionState.CANCELLED and goes_on.pk != series.pk:
            planned = session.planned_on or first_on
            given = next((day for day in rule_days(goes_on.recurrence, first_on) if day >= planned), None)
            session.series, session.planned_on = goes_on, planned if given == planned else None
            session.save(update_fields=["series", "planned_on"])
    SharingSession.objects.filter(pk__in=[session.pk for session in kept]).update(planned_on=None)
    free = next_occurrences(
        goes_on.recurrence,
        goes_on.first_on,
        PAIRED_WITH,
        since=first_on,
        until_on=goes_on.until_on,
        moves_off_rest_days=goes_on.moves_off_rest_days,
    )
    taken = set(goes_on.sessions.filter(planned_on__gte=first_on).values_list("planned_on", flat=True))
    free = [each for each in free if each.day is not None and each.planned_on not in taken]
    for session in kept:
        wanted = session.planned_on or first_on
        nearest = min(free, key=lambda each: abs((each.planned_on - wanted).days), default=None)
        session.series = goes_on
        session.planned_on = nearest.planned_on if nearest else None
        session.title, session.minutes = goes_on.title, goes_on.minutes
        if nearest is not None:
            free.remove(nearest)
        if nearest is not None and nearest.day is not None and not session.is_day_by_hand:
            _move(session, goes_on, nearest.day, actor)
        session.version += 1
        session.save()


def _move(session: SharingSession, series: SessionSeries, day: date, actor: Actor) -> None:
    starts_at = moment_of(series, day)
    if starts_at == session.starts_at and session.place == series.place:
        return
    before = told_time(session.starts_at)
    session.starts_at, session.place = starts_at, series.place
    session.move_reason = _("The series was changed.")
    session.reminded_at = None
    tell_everybody("sharing.session_moved", session, besides=actor.user, before=before, reason=session.move_reason)


def _held(series: SessionSeries) -> dict[str, object]:
    return {
        "title": series.title,
        "recurrence": str(Recurrence(series.recurrence).label),
        "first_on": series.first_on.isoformat(),
        "until_on": series.until_on.isoformat() if series.until_on else "",
        "starts_at": f"{series.starts_at:%H:%M}",
        "minutes": series.minutes,
        "place": series.place,
        "moves_off_rest_days": series.moves_off_rest_days,
    }


def _differences(series: SessionSeries, words: SeriesWords) -> list[Difference]:
    wanted = SessionSeries()
    _write(wanted, words)
    now, then = _held(series), _held(wanted)
    labels = {
        "title": _("Title"),
        "recurrence": _("How often it is held"),
        "until_on": _("Until"),
        "starts_at": _("Begins at"),
        "minutes": _("Length in minutes"),
        "place": _("Place"),
    }
    return [
        Difference(label, str(now[name]) or "—", str(then[name]) or "—")
        for name, label in labels.items()
        if now[name] != then[name]
    ]


def _record(action: str, actor: Actor, series: SessionSeries, **data: object) -> None:
    audit.record(action, actor=actor.user, on=series, data={"title": series.title, **data})
