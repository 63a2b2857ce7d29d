"""The robots a viewer may see, and the units she may give one."""

from __future__ import annotations

from django.db.models import QuerySet

from wellspring.people.models import GroupWebhook, OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def visible_webhooks(*, viewer: Viewer) -> QuerySet[GroupWebhook]:
    """Robots of the units whose robots she manages, with their unit."""
    mine = viewer.below(Permission.MANAGE_WEBHOOKS, "org__path")
    return GroupWebhook.objects.filter(mine).select_related("org")


def units_for_webhooks(*, viewer: Viewer) -> QuerySet[OrgUnit]:
    """Open units to which she may give a robot."""
    return OrgUnit.objects.filter(viewer.below(Permission.MANAGE_WEBHOOKS), closed_on=None)
