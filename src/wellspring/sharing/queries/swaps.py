"""With whom a speaker can swap, and the swaps that wait for somebody's answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from wellspring.people.models import Member
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotSwap
from wellspring.sharing.queries.participants import possible_speakers
from wellspring.sharing.queries.speakers import ACTIVE


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who can be asked: for her own place, or to step in where she has none."""

    member: Member
    slot: AgendaSlot | None

    @property
    def key(self) -> str:
        """How a form names her: `slot-12`, `member-5`."""
        return f"slot-{self.slot.pk}" if self.slot else f"member-{self.member.pk}"


def partners_of(slot: AgendaSlot) -> list[Partner]:
    """Speakers of this and the coming sessions of the unit, then colleagues who could step in. Three queries.

    Left out: who could not take the place, as she speaks at that session already, or the other way round.
    """
    on = timezone.localtime(slot.session.starts_at).date()
    coming = list(
        AgendaSlot.objects.filter(
            session__org=slot.session.org_id,
            session__state=SessionState.PLANNED,
            session__starts_at__gte=timezone.now(),
            state__in=ACTIVE,
            begun_at=None,
        )
        .select_related("session", "speaker__user")
        .order_by("session__starts_at", "position", "id")
    )
    at_mine = {each.speaker_id for each in coming if each.session_id == slot.session_id}
    i_am_at = {each.session_id for each in coming if each.speaker_id == slot.speaker_id}
    partners = []
    for each in coming:
        if each.speaker_id == slot.speaker_id:
            continue
        if each.session_id == slot.session_id or (each.speaker_id not in at_mine and each.session_id not in i_am_at):
            partners.append(Partner(each.speaker, each))
    free = (each for each in possible_speakers(slot.session.org, on) if each.pk not in at_mine)
    return [*partners, *(Partner(member, None) for member in free if member.pk != slot.speaker_id)]


def swaps_to_answer(viewer: Viewer) -> QuerySet[SlotSwap]:
    """Swaps that wait for this viewer, with both places and their sessions, the oldest first."""
    return (
        SlotSwap.objects.filter(
            asked__in=[place.member_id for place in viewer.places],
            answered_at=None,
            slot__session__state=SessionState.PLANNED,
        )
        .select_related("slot__session__org", "slot__speaker__user", "other__session", "asked__user")
        .order_by("asked_at", "id")
    )


def sessions_of(swap: SlotSwap) -> list[SharingSession]:
    """The one or two sessions that a swap is about; the asker's first."""
    found = [swap.slot.session]
    if swap.other is not None and swap.other.session_id != swap.slot.session_id:
        found.append(swap.other.session)
    return found
