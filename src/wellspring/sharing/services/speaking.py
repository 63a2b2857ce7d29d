"""What a speaker says about her place on the agenda: that she will, that she will not, that she cannot come."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import AgendaProblem
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState
from wellspring.sharing.queries.agenda import is_speaker
from wellspring.sharing.queries.hosting import may_lead
from wellspring.sharing.queries.speakers import ACTIVE
from wellspring.sharing.services.agenda import locked_slot
from wellspring.sharing.services.live import touch_live
from wellspring.sharing.services.session_notices import tell_those_who_lead
from wellspring.sharing.session_kinds import ANSWERED


@transaction.atomic
def agree_to_speak(*, actor: Actor, slot: AgendaSlot) -> AgendaSlot:
    """She will speak; also where she had declined or could not come. Twice does no harm."""
    slot, session = _own(actor, slot)
    _not_over(session, slot)
    if slot.state == SlotState.AGREED:
        return slot
    others = AgendaSlot.objects.filter(session=session, speaker=slot.speaker, state__in=ACTIVE).exclude(pk=slot.pk)
    if others.exists():
        raise AgendaProblem(_("You are on this agenda already. Reload the page."))
    touch_live(session.pk)
    slot.state, slot.state_reason = SlotState.AGREED, ""
    slot.save(update_fields=["state", "state_reason"])
    _record("sharing.speaker_agreed", actor, slot)
    tell_those_who_lead(ANSWERED, session, about=slot, besides=actor.user)
    return slot


@transaction.atomic
def decline_to_speak(*, actor: Actor, slot: AgendaSlot, reason: str) -> AgendaSlot:
    """She will not, or cannot come any more; her talk is kept for another session. The chair is told."""
    slot, session = _own(actor, slot)
    _not_over(session, slot)
    if slot.state not in ACTIVE:
        return slot
    _needs(reason)
    was_agreed = slot.state == SlotState.AGREED
    _off(slot, session, SlotState.ABSENT if was_agreed else SlotState.DECLINED, reason)
    if was_agreed:
        _record("sharing.speaker_cannot", actor, slot, reason=reason.strip())
    else:
        _record("sharing.speaker_declined", actor, slot, reason=reason.strip())
    tell_those_who_lead(ANSWERED, session, about=slot, besides=actor.user)
    return slot


@transaction.atomic
def enter_absence(*, actor: Actor, slot: AgendaSlot, reason: str) -> AgendaSlot:
    """Whoever leads the session enters that a speaker fell ill or cannot come; her talk is kept."""
    slot, session = locked_slot(slot)
    if not may_lead(actor, session):
        raise PermissionDenied
    _not_over(session, slot)
    if slot.state == SlotState.ABSENT:
        return slot
    _needs(reason)
    _off(slot, session, SlotState.ABSENT, reason)
    _record("sharing.speaker_cannot", actor, slot, reason=reason.strip())
    return slot


def _own(actor: Actor, slot: AgendaSlot) -> tuple[AgendaSlot, SharingSession]:
    slot, session = locked_slot(slot)
    if not is_speaker(actor, slot):
        raise PermissionDenied
    return slot, session


def _off(slot: AgendaSlot, session: SharingSession, state: SlotState, reason: str) -> None:
    touch_live(session.pk)
    slot.state, slot.state_reason = state, reason.strip()
    slot.save(update_fields=["state", "state_reason"])
    slot.swaps_asked.filter(answered_at=None).delete()
    slot.swaps_offered.filter(answered_at=None).delete()


def _needs(reason: str) -> None:
    if not reason.strip():
        raise AgendaProblem(_("Say why in a few words, so that the agenda can be arranged anew."), field="reason")


def _not_over(session: SharingSession, slot: AgendaSlot) -> None:
    if session.state not in (SessionState.PLANNED, SessionState.RUNNING) or slot.begun_at is not None:
        raise AgendaProblem(
            _("This session is %(state)s; its agenda stays as it is.") % {"state": session.get_state_display()}
        )


def _record(action: str, actor: Actor, slot: AgendaSlot, **data: object) -> None:
    name = slot.speaker.user.get_full_name()
    audit.record(action, actor=actor.user, on=slot.session, data={"name": name, **data})
