"""Swaps between speakers: asked, agreed to, declined, taken back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.models import Member
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import AgendaProblem
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState, SlotSwap
from wellspring.sharing.queries.agenda import is_speaker
from wellspring.sharing.queries.participants import participants
from wellspring.sharing.queries.speakers import ACTIVE
from wellspring.sharing.services.agenda import exchange_places, locked_slot
from wellspring.sharing.services.session_notices import address_of, said_of, tell_those_who_lead
from wellspring.sharing.session_kinds import SWAP_ANSWERED, SWAP_ASKED


@transaction.atomic
def ask_swap(
    *, actor: Actor, slot: AgendaSlot, asked: Member, other: AgendaSlot | None = None, note: str = ""
) -> SlotSwap:
    """Ask a colleague to change places, `other` being hers, or to step in where she has none. She is told.

    Raises PermissionDenied where the place is not the actor's, AgendaProblem where it cannot be done.
    """
    slot, session = locked_slot(slot)
    if not is_speaker(actor, slot):
        raise PermissionDenied
    if slot.swaps_asked.filter(answered_at=None).exists():
        raise AgendaProblem(_("You have asked somebody already. Take that back first."))
    _check(slot, asked, other)
    swap = SlotSwap.objects.create(slot=slot, other=other, asked=asked, note=note.strip())
    said = {**said_of(session), "name": _name(slot.speaker)}
    notify([asked.user], SWAP_ASKED, data=said, url=address_of(session), about=swap)
    _record("sharing.swap_asked", actor, session, asked)
    return swap


@transaction.atomic
def answer_swap(*, actor: Actor, swap: SlotSwap, agrees: bool) -> SlotSwap:
    """Agree or decline; the asker and both chairs are told. Twice does no harm. Raises AgendaProblem if it is late."""
    swap, session = _locked(swap)
    if not any(place.member_id == swap.asked_id for place in actor.places):
        raise PermissionDenied
    if swap.answered_at is not None:
        if swap.is_agreed == agrees:
            return swap
        raise AgendaProblem(_("This wish to swap was answered or taken back already. Reload the page."))
    asker = swap.slot.speaker
    if agrees:
        _check(swap.slot, swap.asked, swap.other)
    swap.answered_at, swap.is_agreed = timezone.now(), agrees
    swap.save(update_fields=["answered_at", "is_agreed"])
    if agrees:
        _exchange(swap)
    said = {**said_of(session), "name": _name(swap.asked)}
    notify([asker.user], SWAP_ANSWERED, data=said, url=address_of(session), about=swap)
    if agrees:
        tell_those_who_lead("sharing.answered", session, about=swap.slot, besides=actor.user)
    _record("sharing.swap_agreed" if agrees else "sharing.swap_declined", actor, session, asker)
    return swap


@transaction.atomic
def withdraw_swap(*, actor: Actor, swap: SlotSwap) -> None:
    """The asker takes it back; nothing where it was answered already."""
    swap, session = _locked(swap)
    if not is_speaker(actor, swap.slot):
        raise PermissionDenied
    if swap.answered_at is None:
        swap.answered_at = timezone.now()
        swap.save(update_fields=["answered_at"])
        _record("sharing.swap_withdrawn", actor, session, swap.asked)


def _locked(swap: SlotSwap) -> tuple[SlotSwap, SharingSession]:
    both = {swap.slot.session_id} | ({swap.other.session_id} if swap.other else set())
    list(SharingSession.objects.select_for_update().filter(pk__in=both).order_by("pk"))  # always in this order
    slot, session = locked_slot(swap.slot)
    found = (
        SlotSwap.objects.select_for_update(of=("self",))
        .select_related("asked__user", "other__session__org", "other__speaker__user")
        .filter(pk=swap.pk)
        .first()
    )
    if found is None:
        raise AgendaProblem(_("This wish to swap was answered or taken back already. Reload the page."))
    found.slot = slot
    return found, session


def _check(slot: AgendaSlot, asked: Member, other: AgendaSlot | None) -> None:
    """Raises AgendaProblem where these two cannot change places, or not any more."""
    too_late = AgendaProblem(_("One of the two places has changed meanwhile. Reload the page and look again."))
    places = [slot] if other is None else [slot, other]
    for place in places:
        if (
            place.state not in ACTIVE
            or place.begun_at is not None
            or place.session.state != SessionState.PLANNED
            or place.session.org_id != slot.session.org_id
        ):
            raise too_late
    if other is not None and (other.speaker_id != asked.pk or other.speaker_id == slot.speaker_id):
        raise too_late
    on = timezone.localtime(slot.session.starts_at).date()
    if not participants(slot.session.org, on).filter(pk=asked.pk).exists():
        raise AgendaProblem(_("%(name)s does not belong to the unit on that day.") % {"name": _name(asked)})
    if other is not None and other.session_id == slot.session_id:
        return
    speaks_there = AgendaSlot.objects.filter(session=slot.session, speaker=asked, state__in=ACTIVE).exists()
    if other is not None:
        own = AgendaSlot.objects.filter(session=other.session, speaker=slot.speaker, state__in=ACTIVE)
        speaks_there = speaks_there or own.exists()
    if speaks_there:
        raise AgendaProblem(_("One of you is on the other's agenda already. Swap the places of the same session."))


def _exchange(swap: SlotSwap) -> None:
    slot, other = swap.slot, swap.other
    if other is None:
        _clear(slot.session, swap.asked)
        slot.speaker, slot.talk, slot.why, slot.is_volunteer = swap.asked, None, {}, False
    elif other.session_id == slot.session_id:
        exchange_places(slot.session, slot.pk, other.pk)
        slot.refresh_from_db(fields=["position"])
        other.refresh_from_db(fields=["position"])
    else:
        _clear(slot.session, other.speaker)
        _clear(other.session, slot.speaker)
        slot.speaker, other.speaker = other.speaker, slot.speaker
        slot.talk, other.talk = other.talk, slot.talk
        slot.why, other.why = other.why, slot.why
        slot.is_volunteer, other.is_volunteer = other.is_volunteer, slot.is_volunteer
    for place in (slot, other):
        if place is not None:
            place.state = SlotState.AGREED
            place.save()
            place.swaps_asked.filter(answered_at=None).delete()
            place.swaps_offered.filter(answered_at=None).delete()


def _clear(session: SharingSession, member: Member) -> None:
    """What she had declined at this session before gives way."""
    AgendaSlot.objects.filter(session=session, speaker=member, begun_at=None).exclude(state__in=ACTIVE).delete()


def _name(member: Member) -> str:
    return member.user.get_full_name()


def _record(action: str, actor: Actor, session: SharingSession, about: Member) -> None:
    audit.record(action, actor=actor.user, on=session, data={"name": _name(about)})
