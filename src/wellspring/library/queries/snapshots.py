"""Snapshots as a reader may see them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from wellspring.core.models import User
from wellspring.library.models import Snapshot

Viewer = User | AnonymousUser


def visible_snapshots(*, viewer: Viewer) -> QuerySet[Snapshot]:
    """The latest snapshot of each address, newest first, with channel and source; none for guests of a closed house."""
    if settings.ENVIRONMENT.members_only and not viewer.is_authenticated:
        return Snapshot.objects.none()
    return Snapshot.objects.filter(is_latest=True).select_related("channel", "source")
