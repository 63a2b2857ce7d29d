"""Sessions as far as a viewer may see them: lists and single ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from wellspring.people.models import Leave
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, Attendance, Idea, SessionState, SharingSession
from wellspring.sharing.queries.speakers import ACTIVE

STILL_AWAITED = timedelta(hours=12)
"""So long after its time a session that nobody began still stands among the coming ones."""


@dataclass(frozen=True, slots=True)
class SeenSession:
    """A session with what its page asks of it for one viewer."""

    session: SharingSession
    is_here: bool
    """She is entered as being there."""
    chair_is_away: bool
    """On leave on its day."""


def visible_sessions(viewer: Viewer) -> QuerySet[SharingSession]:
    """Sessions of the units in which she takes part, latest first, with unit and chair."""
    return SharingSession.objects.filter(viewer.below(Permission.TAKE_PART, "org__path")).select_related(
        "org", "host__user"
    )


def seen_session(viewer: Viewer, pk: int) -> SeenSession:
    """One that she may see, with unit and chair. One query. Raises SharingSession.DoesNotExist for any other."""
    own = Attendance.objects.filter(session=OuterRef("pk"), member__in=[place.member_id for place in viewer.places])
    away = Leave.objects.filter(member=OuterRef("host"), from_on__lte=OuterRef("day"), until_on__gte=OuterRef("day"))
    found = (
        visible_sessions(viewer)
        .alias(day=TruncDate("starts_at"))
        .annotate(is_here=Exists(own), chair_is_away=Exists(away))
        .get(pk=pk)
    )
    return SeenSession(found, is_here=found.is_here, chair_is_away=found.chair_is_away)


def coming_sessions(viewer: Viewer) -> QuerySet[SharingSession]:
    """Those under way or planned and not long over, the next first, with `speaker_count`."""
    return (
        visible_sessions(viewer)
        .filter(state__in=(SessionState.PLANNED, SessionState.RUNNING))
        .exclude(_gone_by())
        .annotate(speaker_count=_counted(AgendaSlot.objects.filter(state__in=ACTIVE)))
        .order_by("starts_at", "id")
    )


def past_sessions(viewer: Viewer) -> QuerySet[SharingSession]:
    """Those held, cancelled or never begun, the last first, with topics and how many talks, ideas and people.

    `talk_count`, `idea_count`, `attendance_count`.
    """
    ideas = Idea.objects.filter(suggestion__talk__slots__session=OuterRef("pk"))
    return (
        visible_sessions(viewer)
        .filter(Q(state__in=(SessionState.HELD, SessionState.CANCELLED)) | _gone_by())
        .annotate(
            talk_count=_counted(AgendaSlot.objects.filter(begun_at__isnull=False)),
            attendance_count=_counted(Attendance.objects.all()),
            idea_count=Coalesce(
                Subquery(
                    ideas.values("suggestion__talk__slots__session").annotate(n=Count("pk", distinct=True)).values("n"),
                    output_field=IntegerField(),
                ),
                0,
            ),
        )
        .prefetch_related("topics")
        .order_by("-starts_at", "-id")
    )


def sessions_between(viewer: Viewer, first: datetime, last: datetime) -> QuerySet[SharingSession]:
    """Sessions of the viewer's own units, and those she chairs, that begin from `first` to before `last`; not the
    cancelled ones."""
    own = {place.org_id for place in viewer.places if Permission.TAKE_PART in place.permissions}
    mine = Q(org__in=own) | Q(host__in=[place.member_id for place in viewer.places])
    return (
        visible_sessions(viewer)
        .filter(mine, starts_at__gte=first, starts_at__lt=last)
        .exclude(state=SessionState.CANCELLED)
        .order_by("starts_at", "id")
    )


def _gone_by() -> Q:
    """Planned, and its time is so long over that nobody waits for it any more."""
    return Q(state=SessionState.PLANNED, starts_at__lt=timezone.now() - STILL_AWAITED)


def _counted(rows: QuerySet[AgendaSlot] | QuerySet[Attendance]) -> Coalesce:
    """How many of these rows a session has, by a query of its own: joins would multiply one another."""
    counted = rows.filter(session=OuterRef("pk")).order_by().values("session").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
