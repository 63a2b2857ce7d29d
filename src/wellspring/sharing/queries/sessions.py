"""Sessions as far as a viewer may see them: lists and single ones."""

from __future__ import annotations

from django.db.models import QuerySet

from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import SessionState, SharingSession


def visible_sessions(viewer: Viewer) -> QuerySet[SharingSession]:
    """Sessions of the units in which she takes part, latest first, with unit and chair."""
    return SharingSession.objects.filter(viewer.below(Permission.TAKE_PART, "org__path")).select_related(
        "org", "host__user"
    )


def coming_sessions(viewer: Viewer) -> QuerySet[SharingSession]:
    """Those planned or under way, the next first."""
    return visible_sessions(viewer).filter(state__in=(SessionState.PLANNED, SessionState.RUNNING)).order_by("starts_at")
