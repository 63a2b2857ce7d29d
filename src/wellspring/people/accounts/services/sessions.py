"""Ending sessions: one's own, one or all, and somebody else's by whoever may help with her account."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.people.accounts.rights import may_help
from wellspring.people.viewer import Actor


def drop_sessions(user: User, *, but: str = "") -> int:
    """End every session of the account but the one of this key, inside the caller's transaction; how many."""
    keys = list(UserSession.objects.filter(user=user).exclude(session_key=but).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user, session_key__in=keys).delete()
    return len(keys)


def end_session(*, actor: Actor, pk: int) -> None:
    """End one of one's own sessions. Raises UserSession.DoesNotExist where it is not hers."""
    with transaction.atomic():
        session = UserSession.objects.get(pk=pk, user=actor.user)
        Session.objects.filter(session_key=session.session_key).delete()
        session.delete()
        audit.record("people.session_ended", actor=actor.user, on=actor.user)


def end_other_sessions(*, actor: Actor, but: str) -> int:
    """End all of one's own sessions but the one of this key; how many."""
    assert actor.user is not None, "sessions belong to somebody"
    with transaction.atomic():
        ended = drop_sessions(actor.user, but=but)
        audit.record("people.sessions_ended", actor=actor.user, on=actor.user, data={"number": ended})
    return ended


def end_sessions_of(*, actor: Actor, user: User) -> int:
    """Sign somebody out everywhere, as after a lost telephone; how many sessions ended. Raises PermissionDenied."""
    if not may_help(actor, user):
        raise PermissionDenied
    with transaction.atomic():
        ended = drop_sessions(user)
        audit.record("people.sessions_ended", actor=actor.user, on=user, data={"number": ended})
    return ended
