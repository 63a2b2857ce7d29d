"""Who speaks: proposed, put down by herself, taken off; the order, the minutes and the talk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.models import Member
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import AgendaProblem
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState, Talk, TalkState
from wellspring.sharing.queries.agenda import is_speaker, talks_to_choose, waiting_talks
from wellspring.sharing.queries.hosting import member_of, require_lead
from wellspring.sharing.queries.participants import participants
from wellspring.sharing.queries.speakers import ACTIVE, proposed_speakers
from wellspring.sharing.services.live import touch_live
from wellspring.sharing.services.session_checks import locked_session
from wellspring.sharing.services.session_notices import address_of, said_of, tell_those_who_lead
from wellspring.sharing.session_kinds import PROPOSED, TAKEN_OFF, VOLUNTEERED

MINUTES = 15
LEAST_MINUTES, MOST_MINUTES = 1, 180
MOST_AT_ONCE = 10


@transaction.atomic
def propose_speaker(*, actor: Actor, session: SharingSession, member: Member) -> AgendaSlot:
    """Put somebody on the agenda; she is told, and agrees or declines. At a session under way she counts as agreed.

    Raises PermissionDenied, AgendaProblem where she is on it already or does not take part then.
    """
    session = locked_session(session)
    require_lead(actor, session)
    _still_open(session)
    why = next((each.why() for each in proposed_speakers(session) if each.member.pk == member.pk), {})
    return _proposed(actor, session, member, why)


@transaction.atomic
def propose_speakers(*, actor: Actor, session: SharingSession, count: int) -> list[AgendaSlot]:
    """Ask the first `count` in the order against whom nothing speaks; fewer where there are fewer."""
    session = locked_session(session)
    require_lead(actor, session)
    _still_open(session)
    if not 1 <= count <= MOST_AT_ONCE:
        raise AgendaProblem(_("Between 1 and %(most)s speakers at once.") % {"most": MOST_AT_ONCE}, field="count")
    chosen = [each for each in proposed_speakers(session) if each.may_be_proposed][:count]
    if not chosen:
        raise AgendaProblem(_("Nobody is left to propose. Choose somebody by name, or ask for volunteers."))
    return [_proposed(actor, session, each.member, each.why()) for each in chosen]


@transaction.atomic
def take_over_talk(*, actor: Actor, session: SharingSession, talk: Talk) -> AgendaSlot:
    """Put a talk that waits for a session on this agenda; its author is asked whether she will give it then."""
    session = locked_session(session)
    require_lead(actor, session)
    _still_open(session)
    if not waiting_talks(session).filter(pk=talk.pk).exists():
        raise AgendaProblem(_("This talk is on an agenda already, or was given. Reload the page."))
    slot = _proposed(actor, session, talk.author, {"waiting": True})
    slot.talk = talk
    slot.save(update_fields=["talk"])
    return slot


@transaction.atomic
def volunteer(*, actor: Actor, session: SharingSession) -> AgendaSlot:
    """Put oneself on the agenda of a planned session; the chair is told. Twice does no harm."""
    session = locked_session(session)
    member = member_of(actor, session.org)
    if session.state != SessionState.PLANNED:
        raise AgendaProblem(_("This session is not planned any more. Put your name down for another one."))
    there = AgendaSlot.objects.filter(session=session, speaker=member, state__in=ACTIVE).first()
    if there is not None:
        if there.state == SlotState.PROPOSED:
            there.state = SlotState.AGREED
            there.save(update_fields=["state"])
            _record("sharing.speaker_agreed", actor, session, name=_name(member))
        return there
    slot = _new_slot(session, member, state=SlotState.AGREED, is_volunteer=True)
    _record("sharing.speaker_volunteered", actor, session, name=_name(member))
    tell_those_who_lead(VOLUNTEERED, session, about=slot, besides=actor.user, name=_name(member))
    return slot


@transaction.atomic
def take_off(*, actor: Actor, slot: AgendaSlot, reason: str = "") -> None:
    """Take a speaker off the agenda; she is told the reason. Her talk is kept. A volunteer may do so herself."""
    slot, session = locked_slot(slot)
    is_own = is_speaker(actor, slot)
    if not (is_own and slot.is_volunteer):
        require_lead(actor, session)
    _not_begun(session, slot)
    if slot.state in ACTIVE and not is_own and not reason.strip():
        raise AgendaProblem(_("Say why: she is told."), field="reason")
    name = _name(slot.speaker)
    if slot.state in ACTIVE and not is_own:
        said = {**said_of(session), "reason": reason.strip()}
        notify([slot.speaker.user], TAKEN_OFF, data=said, url=address_of(session))
    touch_live(session.pk)
    slot.delete()
    _record("sharing.speaker_taken_off", actor, session, name=name, reason=reason.strip() or "—")


@transaction.atomic
def move_slot(*, actor: Actor, slot: AgendaSlot, up: bool) -> None:
    """Change places with the speaker before or after her; nothing at either end."""
    slot, session = locked_slot(slot)
    require_lead(actor, session)
    _still_open(session)
    order = [each.pk for each in _order(session)]
    if slot.pk not in order:
        raise AgendaProblem(_("She is not to speak any more. Reload the page."))
    other = order.index(slot.pk) + (-1 if up else 1)
    if not 0 <= other < len(order):
        return
    exchange_places(session, slot.pk, order[other])
    _record("sharing.agenda_ordered", actor, session)


def exchange_places(session: SharingSession, one: int, other: int) -> None:
    """Let two places of a locked session's agenda, by their ids, change positions."""
    order = _order(session)
    at = {each.pk: number for number, each in enumerate(order)}
    order[at[one]], order[at[other]] = order[at[other]], order[at[one]]
    for number, each in enumerate(order):
        each.position = number
    touch_live(session.pk)
    AgendaSlot.objects.bulk_update(order, ["position"])


@transaction.atomic
def set_minutes(*, actor: Actor, slot: AgendaSlot, minutes: int) -> None:
    """How long she is to speak."""
    slot, session = locked_slot(slot)
    require_lead(actor, session)
    _still_open(session)
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise AgendaProblem(
            _("A talk takes %(least)s to %(most)s minutes.") % {"least": LEAST_MINUTES, "most": MOST_MINUTES},
            field="minutes",
        )
    if slot.minutes == minutes:
        return
    touch_live(session.pk)
    slot.minutes = minutes
    slot.save(update_fields=["minutes"])
    _record("sharing.slot_minutes", actor, session, name=_name(slot.speaker), minutes=minutes)


@transaction.atomic
def choose_talk(*, actor: Actor, slot: AgendaSlot, talk: Talk | None) -> AgendaSlot:
    """The speaker says which of her talks she gives, draft or not; None: none of them yet."""
    slot, session = locked_slot(slot)
    if not is_speaker(actor, slot):
        raise PermissionDenied
    _not_begun(session, slot)
    if talk is not None and not talks_to_choose(actor, slot).filter(pk=talk.pk).exists():
        raise AgendaProblem(_("This talk was given already, or is on another agenda. Choose another one."))
    touch_live(session.pk)
    slot.talk = talk
    if slot.state == SlotState.PROPOSED and talk is not None:
        slot.state = SlotState.AGREED  # who chooses her talk will speak
    slot.save(update_fields=["talk", "state"])
    # A draft's title is hers alone.
    shown = talk.title if talk is not None and talk.state != TalkState.DRAFT else "—"
    _record("sharing.slot_talk", actor, session, name=_name(slot.speaker), talk=shown)
    return slot


def locked_slot(slot: AgendaSlot) -> tuple[AgendaSlot, SharingSession]:
    """The place and its session as they stand now; the session is locked until commit, and with it its agenda.

    Raises AgendaProblem where the place is gone.
    """
    session = locked_session(slot.session)
    found = AgendaSlot.objects.select_related("speaker__user", "speaker__org").filter(pk=slot.pk).first()
    if found is None:
        raise AgendaProblem(_("This place on the agenda is gone. Reload the page."))
    found.session = session
    return found, session


def _proposed(actor: Actor, session: SharingSession, member: Member, why: dict[str, Any]) -> AgendaSlot:
    on = timezone.localtime(session.starts_at).date()
    if not participants(session.org, on).filter(pk=member.pk).exists():
        raise AgendaProblem(_("%(name)s does not belong to the unit on that day.") % {"name": _name(member)})
    is_self = any(place.member_id == member.pk for place in actor.places)
    agreed = is_self or session.state == SessionState.RUNNING
    slot = _new_slot(session, member, state=SlotState.AGREED if agreed else SlotState.PROPOSED, why=why)
    _record("sharing.speaker_proposed", actor, session, name=_name(member))
    if not is_self:
        notify([member.user], PROPOSED, data=said_of(session), url=address_of(session), about=slot)
    return slot


def _new_slot(session: SharingSession, member: Member, **fields: Any) -> AgendaSlot:
    slots = AgendaSlot.objects.filter(session=session)
    if slots.filter(speaker__user=member.user_id, state__in=ACTIVE).exists():
        raise AgendaProblem(_("%(name)s is on the agenda already.") % {"name": _name(member)})
    touch_live(session.pk)
    before = slots.filter(speaker__user=member.user_id, begun_at=None).order_by("-pk").first()
    talk = before.talk if before is not None and before.talk and before.talk.state != TalkState.GIVEN else None
    slots.filter(speaker__user=member.user_id, begun_at=None).delete()  # what she had declined before
    last = slots.aggregate(last=Max("position"))["last"]
    return AgendaSlot.objects.create(
        session=session,
        speaker=member,
        talk=talk,
        minutes=MINUTES,
        position=0 if last is None else last + 1,
        **fields,
    )


def _order(session: SharingSession) -> list[AgendaSlot]:
    return list(AgendaSlot.objects.filter(session=session, state__in=ACTIVE).order_by("position", "id"))


def _still_open(session: SharingSession) -> None:
    if session.state not in (SessionState.PLANNED, SessionState.RUNNING):
        raise AgendaProblem(
            _("This session is %(state)s; its agenda stays as it is.") % {"state": session.get_state_display()}
        )


def _not_begun(session: SharingSession, slot: AgendaSlot) -> None:
    _still_open(session)
    if slot.begun_at is not None:
        raise AgendaProblem(_("This talk has begun already."))


def _name(member: Member) -> str:
    return member.user.get_full_name()


def _record(action: str, actor: Actor, session: SharingSession, **data: object) -> None:
    audit.record(action, actor=actor.user, on=session, data=data)
