"""The agenda of a session as a viewer sees it: who speaks when and why, her own part, swaps, talks that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from wellspring.people.models import Leave
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import (
    AgendaSlot,
    Idea,
    IdeaStatus,
    SessionState,
    SharingSession,
    SlotState,
    SlotSwap,
    Talk,
    TalkState,
)
from wellspring.sharing.queries.speakers import ACTIVE, told_why

MOST_RETURNED = 5
"""How many ideas that came back an agenda reminds of."""
OPEN_SESSIONS = (SessionState.PLANNED, SessionState.RUNNING)


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One speaker on the agenda."""

    slot: AgendaSlot
    begins: datetime | None
    """By the minutes of those before her; None for who will not speak."""
    why: Sequence[str]
    """What spoke for her, in words."""
    is_mine: bool
    swap: SlotSwap | None
    """An open wish of hers to swap."""
    evidence: int
    """How many pieces of evidence her talk has, as far as the viewer may see it."""
    is_away: bool
    """She is on leave on the day of the session."""

    @property
    def shows_talk(self) -> bool:
        """Whether the viewer may see the talk: a draft is its author's alone."""
        return self.slot.talk is not None and (self.is_mine or self.slot.talk.state != TalkState.DRAFT)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Who speaks when."""

    rows: Sequence[SlotRow]
    """Those who are to speak, in order."""
    off: Sequence[SlotRow]
    """Those who declined or cannot come."""
    minutes: int
    """What the talks take together."""
    length: int
    """Of the session."""
    swaps_for_me: Sequence[SlotSwap]
    """Swaps that wait for the viewer's answer."""

    @property
    def over(self) -> int:
        """Minutes by which the talks are longer than the session; 0 where they fit."""
        return max(0, self.minutes - self.length)

    @property
    def left(self) -> int:
        return max(0, self.length - self.minutes)

    @property
    def mine(self) -> SlotRow | None:
        """The viewer's own place; the one that counts where she has declined another."""
        return next((row for row in (*self.rows, *self.off) if row.is_mine), None)

    @property
    def evidence(self) -> int:
        return sum(row.evidence for row in self.rows)

    @property
    def agreed(self) -> int:
        return sum(row.slot.state == SlotState.AGREED for row in self.rows)


def agenda_of(viewer: Viewer, session: SharingSession) -> Agenda:
    """The agenda of a visible session, with its open swaps. Two queries."""
    mine = {place.member_id for place in viewer.places}
    day = timezone.localtime(session.starts_at).date()
    away = Leave.objects.filter(member=OuterRef("speaker"), from_on__lte=day, until_on__gte=day)
    slots = list(
        AgendaSlot.objects.filter(session=session)
        .select_related("speaker__user", "talk__topic")
        .annotate(evidence_count=Count("talk__evidence"), is_away=Exists(away))
        .order_by("position", "id")
    )
    swaps = list(
        SlotSwap.objects.filter(answered_at=None, slot__session__state=SessionState.PLANNED)
        .filter(slot__session__org=session.org_id)
        .select_related("slot__session", "slot__speaker__user", "other__session", "asked__user")
    )
    asking = {swap.slot_id: swap for swap in swaps}
    rows: list[SlotRow] = []
    off: list[SlotRow] = []
    clock, minutes = session.starts_at, 0
    for slot in slots:
        is_active = slot.state in ACTIVE
        row = SlotRow(
            slot=slot,
            begins=clock if is_active else None,
            why=told_why(slot.why),
            is_mine=slot.speaker_id in mine,
            swap=asking.get(slot.pk),
            evidence=slot.evidence_count if slot.talk is not None and slot.talk.state != TalkState.DRAFT else 0,
            is_away=slot.is_away,
        )
        if is_active:
            clock += timedelta(minutes=slot.minutes)
            minutes += slot.minutes
        (rows if is_active else off).append(row)
    for_me = [
        swap
        for swap in swaps
        if swap.asked_id in mine
        and (swap.slot.session_id == session.pk or (swap.other is not None and swap.other.session_id == session.pk))
    ]
    return Agenda(rows, off, minutes, session.minutes, for_me)


def waiting_talks(session: SharingSession) -> QuerySet[Talk]:
    """Talks of the unit that are handed in, were not given, and are on no coming agenda; the oldest first.

    For those who have asked already whether the viewer leads the session.
    """
    placed = AgendaSlot.objects.filter(talk=OuterRef("pk"), state__in=ACTIVE, session__state__in=OPEN_SESSIONS)
    return (
        Talk.objects.filter(org=session.org_id, state=TalkState.READY)
        .exclude(Exists(placed))
        .select_related("author__user", "topic")
        .order_by("handed_in_at", "id")
    )


def returned_ideas(session: SharingSession) -> QuerySet[Idea]:
    """Ideas of the unit that came back by themselves and wait to be decided anew, the latest first.

    For those who have asked already whether the viewer may see the session.
    """
    return Idea.objects.filter(org=session.org_id, status=IdeaStatus.COLLECTED, returned_at__isnull=False).order_by(
        "-returned_at"
    )[:MOST_RETURNED]


def talks_to_choose(viewer: Viewer, slot: AgendaSlot) -> QuerySet[Talk]:
    """The speaker's own talks of the unit that were not given and are on no other coming agenda, latest first."""
    placed = AgendaSlot.objects.filter(talk=OuterRef("pk"), state__in=ACTIVE, session__state__in=OPEN_SESSIONS).exclude(
        pk=slot.pk
    )
    return (
        Talk.objects.filter(author__user=viewer.user, org=slot.session.org_id)
        .exclude(state=TalkState.GIVEN)
        .exclude(Exists(placed))
        .select_related("topic")
    )


def visible_slots(viewer: Viewer) -> QuerySet[AgendaSlot]:
    """Places on the agendas of the units in which she takes part, with session, unit, chair and speaker."""
    return AgendaSlot.objects.filter(viewer.below(Permission.TAKE_PART, "session__org__path")).select_related(
        "session__org", "session__host__user", "speaker__user", "speaker__org", "talk"
    )


def is_speaker(viewer: Viewer, slot: AgendaSlot) -> bool:
    """Whether the place is hers, by a membership that still holds."""
    return any(place.member_id == slot.speaker_id for place in viewer.places)


def begins_soon(session: SharingSession) -> bool:
    """Whether its time has come or is within the hour."""
    return session.starts_at <= timezone.now() + timedelta(hours=1)
