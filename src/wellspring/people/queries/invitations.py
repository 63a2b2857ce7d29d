"""Invitations, as far as a viewer manages the people of their units."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from wellspring.people.models import Invitation
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def visible_invitations(*, viewer: Viewer) -> QuerySet[Invitation]:
    """Invitations to units whose people the viewer manages, newest first."""
    where = viewer.below(Permission.MANAGE_PEOPLE, "org__path")
    return Invitation.objects.filter(where).select_related("org", "invited_by", "used_by", "member")


def open_invitations(*, viewer: Viewer) -> QuerySet[Invitation]:
    """Those that still wait for somebody to join by them."""
    return visible_invitations(viewer=viewer).filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())
