"""A viewer's own part in the coming sessions: her places on agendas, the draft she last wrote on."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, SessionState, Talk, TalkState
from wellspring.sharing.queries.speakers import ACTIVE

LATE = timedelta(hours=12)
"""So long after its time a session that was never begun still counts as coming."""


def own_slots(viewer: Viewer) -> QuerySet[AgendaSlot]:
    """Places of hers at sessions that are planned or under way, the next first, with session and talk."""
    return (
        AgendaSlot.objects.filter(
            speaker__in=[place.member_id for place in viewer.places],
            state__in=ACTIVE,
            ended_at=None,
            session__state__in=(SessionState.PLANNED, SessionState.RUNNING),
            session__starts_at__gte=timezone.now() - LATE,
        )
        .select_related("session", "talk")
        .order_by("session__starts_at", "id")
    )


def own_draft(viewer: Viewer) -> Talk | None:
    """The draft she last wrote on; None where she has none."""
    if viewer.user is None:
        return None
    return (
        Talk.objects.filter(author__in=[place.member_id for place in viewer.places], state=TalkState.DRAFT)
        .order_by("-saved_at")
        .first()
    )
