"""What a running session is at: the agenda with who speaks, has spoken and comes next."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef
from django.utils import timezone

from wellspring.core.prepared import Prepared, answered, prepared
from wellspring.people.models import Role, active
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState
from wellspring.sharing.queries.attendance import ROLES

BEGINS_EARLY = timedelta(hours=1)
"""A session may be begun this long before its time; earlier only by who says that she means it."""
RESUMED_WITHIN = timedelta(hours=12)
"""So long after its end a session can be taken up again, as one that was ended by mistake."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The slots of a session on its day, in their order; those who declined are left out."""

    slots: tuple[AgendaSlot, ...]
    """With `speaker.user`, `talk.topic` and `suggestion_count`."""

    @property
    def speaking(self) -> AgendaSlot | None:
        """Who has the floor."""
        return next((slot for slot in self.slots if slot.begun_at and not slot.ended_at), None)

    @property
    def next(self) -> AgendaSlot | None:
        """Who comes next: the first who has not spoken and did not stay away."""
        return next((slot for slot in self.slots if not slot.begun_at and slot.state != SlotState.ABSENT), None)

    @property
    def done(self) -> int:
        """How many have spoken."""
        return sum(slot.ended_at is not None for slot in self.slots)

    @property
    def ends_at(self) -> datetime | None:
        """When the time of who speaks is over; None where nobody does."""
        slot = self.speaking
        return slot.begun_at + timedelta(minutes=slot.minutes) if slot and slot.begun_at else None


def agenda_of(session: SharingSession) -> Agenda:
    """Of a session that the caller may see: one query."""
    slots = (
        AgendaSlot.objects.filter(session=session)
        .exclude(state=SlotState.DECLINED)
        .select_related("speaker__user", "talk__topic")
        .annotate(suggestion_count=Count("talk__suggestions"))
        .order_by("position", "id")
    )
    return Agenda(tuple(slots))


class LiveMark(NamedTuple):
    """What a running session is at, as a number."""

    version: int
    """It grows with everything that the session shows."""
    code: str
    """The session's `check_in_code`: unlike its id, no other installation's."""


def live_mark(user_id: int, pk: int) -> LiveMark | None:
    """Of a session; None where this person may not see it.

    One query, and no other than this: a hundred phones ask for it every second. Its words are put together once a day.
    """
    found = answered(_asked(timezone.localdate()), {_USER: user_id, _SESSION: pk})
    return LiveMark(*found[0]) if found else None


_USER, _SESSION = -1, -2
"""Numbers that no row has: they stand in the words of the query for the ids asked about."""


@functools.lru_cache(maxsize=2)
def _asked(today: date) -> Prepared:
    places = Role.objects.filter(active(today, through="member__"), member__user=_USER, name__in=ROLES)
    above = places.annotate(session_path=ExpressionWrapper(OuterRef("org__path"), CharField())).filter(
        session_path__startswith=F("member__org__path")
    )
    seen = SharingSession.objects.filter(Exists(above), pk=_SESSION).order_by()
    return prepared(seen.values_list("live_version", "check_in_code"))


def ended_just_now(session: SharingSession) -> bool:
    """Whether it was held, and its end is so fresh that it may have been a mistake."""
    if session.state != SessionState.HELD or session.ended_at is None:
        return False
    return timezone.now() - session.ended_at <= RESUMED_WITHIN
