"""Who is at a session, who is missing, who is on leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from wellspring.people.models import Leave, Member, active
from wellspring.people.permissions import GRANTS, Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Attendance, SessionState, SharingSession

ROLES = sorted(str(role) for role, granted in GRANTS.items() if Permission.TAKE_PART in granted)
"""Roles whose holders take part in the sessions of their unit."""
DOORS_OPEN = timedelta(minutes=30)
"""So long before its time one may say that one is there."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A session's people on its day, each list by name or by arrival."""

    here: tuple[Attendance, ...]
    """With `member.user`, in the order in which they came."""
    missing: tuple[Member, ...]
    """Members of the unit who take part, are not here and not on leave."""
    on_leave: tuple[Member, ...]

    @property
    def expected(self) -> int:
        """How many could be here: who is, and who is missing."""
        return len(self.here) + len(self.missing)


def arrivals_at(session: SharingSession) -> tuple[Attendance, ...]:
    """Who is at a session that the caller may see, with `member.user`, in the order in which they came: one query."""
    return tuple(Attendance.objects.filter(session=session).select_related("member__user"))


def presence_at(session: SharingSession, here: tuple[Attendance, ...] | None = None) -> Presence:
    """Of a session that the caller may see: three queries, two where she has its `arrivals_at` already."""
    day = timezone.localdate(session.starts_at)
    here = arrivals_at(session) if here is None else here
    there = {attendance.member_id for attendance in here}
    away = set(
        Leave.objects.filter(member__org=session.org_id, from_on__lte=day, until_on__gte=day).values_list(
            "member", flat=True
        )
    )
    absent = [
        member
        for member in Member.objects.filter(active(day), org=session.org_id, roles__name__in=ROLES)
        .select_related("user")
        .distinct()
        if member.pk not in there
    ]
    return Presence(
        here=here,
        missing=tuple(member for member in absent if member.pk not in away),
        on_leave=tuple(member for member in absent if member.pk in away),
    )


def own_among(viewer: Viewer, here: Iterable[Attendance]) -> Attendance | None:
    """The viewer's own attendance among these; None where she is not entered."""
    members = {place.member_id for place in viewer.places}
    return next((attendance for attendance in here if attendance.member_id in members), None)


def attendance_of(viewer: Viewer, session: SharingSession) -> Attendance | None:
    """The viewer's own; None where she is not entered. One query."""
    members = [place.member_id for place in viewer.places]
    return Attendance.objects.filter(session=session, member__in=members).first() if members else None


def doors_are_open(session: SharingSession) -> bool:
    """Whether people may say now that they are there: from half an hour before it until it has ended."""
    if session.state == SessionState.RUNNING:
        return True
    if session.state != SessionState.PLANNED:
        return False
    now = timezone.now()
    return session.starts_at - DOORS_OPEN <= now <= session.starts_at + timedelta(minutes=session.minutes)
