"""Running a session: it begins, one speaker follows the other, somebody could not come, it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.people.models import Member
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.models import (
    AgendaSlot,
    Attendance,
    Minutes,
    SessionState,
    SharingSession,
    SlotState,
    Talk,
    TalkState,
)
from wellspring.sharing.models.sessions import CheckedInBy
from wellspring.sharing.queries.hosting import require_lead
from wellspring.sharing.queries.running import BEGINS_EARLY, ended_just_now
from wellspring.sharing.services.live import touch_live


@transaction.atomic
def begin_session(*, actor: Actor, session: SharingSession, early: bool = False) -> SharingSession:
    """Open the meeting; nothing where it is under way already.

    Raises DayProblem where it is over or cancelled, or begins in more than an hour and `early` is not said.
    """
    session = _locked(session)
    require_lead(actor, session)
    if session.state == SessionState.RUNNING:
        return session
    if session.state != SessionState.PLANNED:
        raise DayProblem(
            _("This session is over or was cancelled: it cannot begin. Set up another one."), code="session_over"
        )
    now = timezone.now()
    if not early and now < session.starts_at - BEGINS_EARLY:
        raise DayProblem(
            _("This session is planned for %(when)s. Say that you want to begin it now all the same.")
            % {"when": _moment(session.starts_at)},
            code="session_early",
        )
    session.state, session.begun_at, session.ended_at = SessionState.RUNNING, now, None
    session.save(update_fields=["state", "begun_at", "ended_at"])
    if session.host is not None and any(place.member_id == session.host.pk for place in actor.places):
        _is_there(session, session.host)
    touch_live(session.pk)
    audit.record("sharing.session_begun", actor=actor.user, on=session)
    return session


@transaction.atomic
def begin_slot(*, actor: Actor, slot: AgendaSlot) -> AgendaSlot:
    """Give this speaker the floor; who spoke before her has ended. Nothing where she has it already.

    She is there then, whether she checked in or not. A speaker who was marked as absent has come after all; one who
    spoke already goes on where she stopped. Raises DayProblem where the session is not under way, or the speaker had
    declined.
    """
    session = _running(actor, slot.session)
    slot = AgendaSlot.objects.select_for_update().get(pk=slot.pk)
    if slot.begun_at is not None and slot.ended_at is None:
        return slot
    if slot.state == SlotState.DECLINED:
        raise DayProblem(
            _("This speaker has declined. Put her on the agenda again first, if she wants to speak after all."),
            code="speaker_declined",
        )
    others = AgendaSlot.objects.filter(
        session=session, speaker=slot.speaker_id, state__in=(SlotState.PROPOSED, SlotState.AGREED)
    )
    if slot.state == SlotState.ABSENT and others.exists():
        raise DayProblem(_("She stands on the agenda a second time: give her the floor there."), code="speaks_twice")
    now = timezone.now()
    _end_current(session, now)
    spoken = (slot.ended_at - slot.begun_at) if slot.begun_at and slot.ended_at else timedelta()
    slot.begun_at, slot.ended_at = now - spoken, None
    slot.state, slot.state_reason = SlotState.AGREED, ""
    slot.save(update_fields=["begun_at", "ended_at", "state", "state_reason"])
    _is_there(session, slot.speaker)
    touch_live(session.pk)
    return slot


@transaction.atomic
def end_slot(*, actor: Actor, slot: AgendaSlot) -> None:
    """Take the floor back from this speaker; nothing where she does not have it."""
    session = _running(actor, slot.session)
    if _end_current(session, timezone.now(), only=slot.pk):
        touch_live(session.pk)


@transaction.atomic
def mark_absent(*, actor: Actor, slot: AgendaSlot, reason: str = "") -> None:
    """The speaker could not come: her talk keeps for another session. Raises DayProblem where she has spoken."""
    session = _running(actor, slot.session)
    slot = AgendaSlot.objects.select_for_update().select_related("speaker__user").get(pk=slot.pk)
    if slot.state == SlotState.ABSENT:
        return
    if slot.ended_at is not None:
        raise DayProblem(_("She has spoken already, so she was there."), code="speaker_spoke")
    if slot.begun_at is not None:  # called up by mistake, and taken for present with it
        Attendance.objects.filter(
            session=session, member=slot.speaker, checked_in_by=CheckedInBy.HAND, takeaway=""
        ).delete()
    slot.state, slot.state_reason = SlotState.ABSENT, reason.strip()[:200]
    slot.begun_at = slot.ended_at = None
    slot.save(update_fields=["state", "state_reason", "begun_at", "ended_at"])
    touch_live(session.pk)
    audit.record(
        "sharing.speaker_absent", actor=actor.user, on=session, data={"name": slot.speaker.user.get_full_name()}
    )


@transaction.atomic
def end_session(*, actor: Actor, session: SharingSession) -> SharingSession:
    """Close the meeting: who speaks has ended, talks that were handed in are given. Nothing where it is over already.

    Raises DayProblem where it is not under way.
    """
    session = _locked(session)
    require_lead(actor, session)
    if session.state == SessionState.HELD:
        return session
    if session.state != SessionState.RUNNING:
        raise DayProblem(_("This session is not under way: begin it first."), code="session_not_running")
    now = timezone.now()
    _end_current(session, now)
    session.state, session.ended_at = SessionState.HELD, now
    session.save(update_fields=["state", "ended_at"])
    touch_live(session.pk)
    audit.record("sharing.session_ended", actor=actor.user, on=session)
    return session


@transaction.atomic
def resume_session(*, actor: Actor, session: SharingSession) -> SharingSession:
    """Take the end back. Raises DayProblem where it is long over or its minutes are signed off."""
    session = _locked(session)
    require_lead(actor, session)
    if session.state == SessionState.RUNNING:
        return session
    signed = Minutes.objects.filter(session=session, signed_off_at__isnull=False)
    if not ended_just_now(session) or signed.exists():
        raise DayProblem(
            _("This session has been over for too long, or its minutes are signed off: it stays as it is."),
            code="session_over",
        )
    session.state, session.ended_at = SessionState.RUNNING, None
    session.save(update_fields=["state", "ended_at"])
    touch_live(session.pk)
    audit.record("sharing.session_resumed", actor=actor.user, on=session)
    return session


def _is_there(session: SharingSession, member: Member) -> None:
    """Who leads or speaks is there: minutes that call her absent would be untrue."""
    Attendance.objects.get_or_create(session=session, member=member, defaults={"checked_in_by": CheckedInBy.HAND})


def _end_current(session: SharingSession, now: datetime, *, only: int | None = None) -> bool:
    """End who speaks now; whether anybody did."""
    speaking = AgendaSlot.objects.select_for_update().filter(session=session, begun_at__isnull=False, ended_at=None)
    slot = (speaking.filter(pk=only) if only else speaking).first()
    if slot is None:
        return False
    slot.ended_at = now
    slot.save(update_fields=["ended_at"])
    if slot.talk_id is not None:
        given = Talk.objects.filter(pk=slot.talk_id, state=TalkState.READY)
        given.update(state=TalkState.GIVEN, given_at=now)
    return True


def _locked(session: SharingSession) -> SharingSession:
    return SharingSession.objects.select_for_update(of=("self",)).select_related("org").get(pk=session.pk)


def _running(actor: Actor, session: SharingSession) -> SharingSession:
    session = _locked(session)
    require_lead(actor, session)
    if session.state != SessionState.RUNNING:
        raise DayProblem(_("This session is not under way: begin it first."), code="session_not_running")
    return session


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
