"""Snapshots as a reader may see them."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from wellspring.library.models import Snapshot
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def may_read(viewer: Viewer) -> bool:
    """Everybody in an open library, members in a closed one."""
    return not settings.ENVIRONMENT.members_only or viewer.may(Permission.READ)


def visible_snapshots(*, viewer: Viewer) -> QuerySet[Snapshot]:
    """The latest snapshot of each address, newest first, with channel and source; none for guests of a closed house."""
    if not may_read(viewer):
        return Snapshot.objects.none()
    return Snapshot.objects.filter(is_latest=True).select_related("channel", "source")
