"""Reads about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from wellspring.core.models import User
from wellspring.people.accounts.client import NOWHERE
from wellspring.people.accounts.client_names import device_name
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def manageable_user(*, viewer: Viewer, pk: int) -> User:
    """The user of this id, where the viewer manages people in a unit she is or was in. Raises User.DoesNotExist."""
    members = Member.objects.filter(viewer.below(Permission.MANAGE_PEOPLE, "org__path"), user_id=pk)
    return User.objects.filter(pk__in=members.values("user_id")).get()


def member_managed(*, viewer: Viewer, user: User) -> Member | None:
    """The newest membership of this user that the viewer manages: whose page leads to the account."""
    return Member.objects.filter(viewer.below(Permission.MANAGE_PEOPLE, "org__path"), user=user).order_by("-pk").first()


def user_named(typed: str) -> User | None:
    """Whose user name or mail address this is, in whatever case; None for nobody and for several."""
    typed = typed.strip()
    if not typed:
        return None
    found = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed))[:2]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A place where somebody is signed in."""

    pk: int
    device: str
    address: str
    since: datetime
    last_seen: datetime
    is_here: bool
    """Whether it is the one that asks."""


def open_sessions(user: User, *, here: str = "") -> list[OpenSession]:
    """Where the account is signed in, the latest first; `here`: the key of the session that asks."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    alive = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    keys = set(alive.values_list("session_key", flat=True))
    idle = timedelta(minutes=settings.ENVIRONMENT.idle_minutes)
    oldest = timezone.now() - idle if idle else None
    return [
        OpenSession(
            row.pk,
            device_name(row.user_agent),
            "" if row.ip == NOWHERE else row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == here,
        )
        for row in rows
        if row.session_key in keys and (oldest is None or row.last_seen_at > oldest or row.session_key == here)
    ]
