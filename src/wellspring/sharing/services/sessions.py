"""Single sessions: set up, changed, moved, cancelled, and taken up again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.models import Member, OrgUnit
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import SessionProblem
from wellspring.sharing.models import SessionState, SharingSession
from wellspring.sharing.queries.hosting import require_lead, require_set_up
from wellspring.sharing.queries.session_looks import look_first, looks_at
from wellspring.sharing.services.session_checks import (
    SessionWords,
    check_time,
    check_unit,
    check_words,
    checked_place,
    local_day,
    locked_session,
    only_planned,
    told_time,
)
from wellspring.sharing.services.session_notices import tell_chair, tell_everybody

SENT_TWICE = timedelta(minutes=2)
"""The same form from the same person within this time is one."""


@transaction.atomic
def set_up_session(
    *,
    actor: Actor,
    org: OrgUnit,
    starts_at: datetime,
    place: str,
    words: SessionWords,
    seen: Collection[str] | None = None,
) -> SharingSession:
    """Set up a single session. `seen`: codes of what was looked at already; None: do not ask.

    Raises PermissionDenied, SessionProblem for what cannot be, WorthALook for what may be a slip.
    """
    require_set_up(actor, org)
    check_unit(org)
    check_time(starts_at)
    check_words(org, words, starts_at)
    place = checked_place(place)
    if (same := _just_set_up(actor, org, starts_at, place, words)) is not None:
        return same
    look_first(looks_at(org, starts_at=starts_at, minutes=words.minutes, place=place, host=words.host), seen)
    session = SharingSession.objects.create(
        org=org,
        title=words.title.strip(),
        starts_at=starts_at,
        minutes=words.minutes,
        place=place,
        host=words.host,
        note=words.note.strip(),
        is_day_by_hand=True,
        created_by=actor.user,
    )
    session.topics.set(words.topics)
    _record("sharing.session_set_up", actor, session, day=local_day(starts_at))
    tell_chair(session, besides=actor.user)
    return session


@transaction.atomic
def change_session(
    *, actor: Actor, session: SharingSession, version: int, words: SessionWords, seen: Collection[str] | None = None
) -> SharingSession:
    """Change title, length, chair, topics or note. Raises ChangedMeanwhile, SessionProblem, WorthALook as above."""
    session = locked_session(session)
    require_lead(actor, session)
    only_planned(session)
    if session.version != version:
        raise ChangedMeanwhile(version=session.version, differences=_differences(session, words))
    check_words(session.org, words, session.starts_at)
    looks = looks_at(
        session.org,
        starts_at=session.starts_at,
        minutes=words.minutes,
        place=session.place,
        host=words.host,
        but=session,
    )
    told_before = {"rest_day", "speaker_away"}  # of a day that is not changed here
    look_first([look for look in looks if look.code not in told_before], seen)
    before, chair = _held(session), session.host_id
    session.title, session.minutes = words.title.strip(), words.minutes
    session.host, session.note = words.host, words.note.strip()
    session.version += 1
    session.save()
    session.topics.set(words.topics)
    changes = audit.differences(before, _held(session))
    if changes:
        _record("sharing.session_changed", actor, session, changes=changes)
    if session.host_id != chair:
        tell_chair(session, besides=actor.user)
    return session


@transaction.atomic
def move_session(
    *,
    actor: Actor,
    session: SharingSession,
    version: int,
    starts_at: datetime,
    place: str,
    reason: str,
    seen: Collection[str] | None = None,
) -> SharingSession:
    """Give a planned session another time or place; everybody is told why. Speakers and talks stay with it."""
    session = locked_session(session)
    require_lead(actor, session)
    only_planned(session)
    place = checked_place(place)
    if session.version != version:
        raise ChangedMeanwhile(version=session.version, differences=_moved_meanwhile(session, starts_at, place))
    if starts_at == session.starts_at and place == session.place:
        raise SessionProblem(_("It is at this time and in this place already. Change one of them."), field="day")
    check_time(starts_at)
    if not reason.strip():
        raise SessionProblem(_("Say why: everybody is told."), field="reason")
    if session.host is not None:
        check_words(session.org, SessionWords(session.title, session.minutes, session.host), starts_at)
    looks = looks_at(
        session.org, starts_at=starts_at, minutes=session.minutes, place=place, host=session.host, but=session
    )
    look_first(looks, seen)
    before = told_time(session.starts_at)
    if local_day(starts_at) != local_day(session.starts_at):
        session.reminded_at = None
    session.starts_at, session.place, session.move_reason = starts_at, place, reason.strip()
    session.is_day_by_hand = True
    session.version += 1
    session.save()
    said = {"before": before, "after": told_time(starts_at), "place": place, "reason": reason.strip()}
    _record("sharing.session_moved", actor, session, **said)
    tell_everybody("sharing.session_moved", session, besides=actor.user, before=before, reason=reason.strip())
    return session


@transaction.atomic
def cancel_session(*, actor: Actor, session: SharingSession, reason: str) -> SharingSession:
    """Call a planned session off; agenda and talks are kept, and can go to another session. Twice does no harm."""
    session = locked_session(session)
    require_lead(actor, session)
    if session.state == SessionState.CANCELLED:
        return session
    only_planned(session)
    if not reason.strip():
        raise SessionProblem(_("Say why: everybody is told."), field="reason")
    session.state, session.cancel_reason = SessionState.CANCELLED, reason.strip()
    session.version += 1
    session.save()
    _record("sharing.session_cancelled", actor, session, day=local_day(session.starts_at), reason=reason.strip())
    tell_everybody("sharing.session_cancelled", session, besides=actor.user, reason=reason.strip())
    return session


@transaction.atomic
def reinstate_session(*, actor: Actor, session: SharingSession) -> SharingSession:
    """Take the cancelling back, as long as the session lies ahead; everybody is told."""
    session = locked_session(session)
    require_lead(actor, session)
    if session.state == SessionState.PLANNED:
        return session
    if session.state != SessionState.CANCELLED or session.starts_at <= timezone.now():
        raise SessionProblem(_("Its time is over. Set up a new session; its talks can be taken over there."))
    session.state, session.cancel_reason = SessionState.PLANNED, ""
    session.version += 1
    session.save()
    _record("sharing.session_reinstated", actor, session, day=local_day(session.starts_at))
    tell_everybody("sharing.session_reinstated", session, besides=actor.user)
    return session


def _just_set_up(
    actor: Actor, org: OrgUnit, starts_at: datetime, place: str, words: SessionWords
) -> SharingSession | None:
    """The same session, set up by the same person a moment ago: the form was sent twice."""
    if actor.user is None:
        return None
    OrgUnit.objects.select_for_update(no_key=True).get(pk=org.pk)  # the second one waits here for the first
    return SharingSession.objects.filter(
        org=org,
        title=words.title.strip(),
        starts_at=starts_at,
        place=place,
        created_by=actor.user,
        created_at__gte=timezone.now() - SENT_TWICE,
        state=SessionState.PLANNED,
    ).first()


def _held(session: SharingSession) -> dict[str, object]:
    return {
        "title": session.title,
        "minutes": session.minutes,
        "host": session.host.user.get_full_name() if session.host else "",
        "topics": [topic.name for topic in session.topics.order_by("position", "id")],
        "note": session.note,
    }


def _differences(session: SharingSession, words: SessionWords) -> list[Difference]:
    chosen = [topic.name for topic in words.topics]
    between = _(", ")
    rows = [
        (_("Title"), session.title, words.title.strip()),
        (_("Length in minutes"), str(session.minutes), str(words.minutes)),
        (_("Chair"), _name(session.host), _name(words.host)),
        (
            _("Topics of the session"),
            between.join(topic.name for topic in session.topics.all()) or "—",
            between.join(chosen) or "—",
        ),
        (_("Note"), session.note or "—", words.note.strip() or "—"),
    ]
    rows += [(_("Begins"), told_time(session.starts_at), told_time(session.starts_at))]
    return [Difference(*row) for row in rows if row[1] != row[2]]


def _moved_meanwhile(session: SharingSession, starts_at: datetime, place: str) -> list[Difference]:
    rows = [
        (_("Begins"), told_time(session.starts_at), told_time(starts_at)),
        (_("Place"), session.place, place),
    ]
    return [Difference(*row) for row in rows if row[1] != row[2]]


def _name(member: Member | None) -> str:
    return member.user.get_full_name() if member else "—"


def _record(action: str, actor: Actor, session: SharingSession, **data: object) -> None:
    audit.record(action, actor=actor.user, on=session, data={"title": session.title, **data})
