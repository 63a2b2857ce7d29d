"""The audit trail as a viewer may read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wellspring.core.models import AuditEntry, User
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def visible_entries(*, viewer: Viewer, wanted: Mapping[str, Any] | None = None) -> QuerySet[AuditEntry]:
    """Entries that this viewer may read, newest first, with who did it.

    What happened in and below her unit. From a root unit also everything that belongs to no unit; from one further
    down, of that only what was done with its people's accounts, and what its people did.

    `wanted` narrows: `who` (part of a name, or a user name), `action`, `since` and `until` (days, inclusive),
    `object` (`people.member:5`).
    """
    entries = AuditEntry.objects.filter(_readable(viewer)).select_related("actor").order_by("-number")
    wanted = wanted or {}
    if name := wanted.get("who"):
        found = User.objects.filter(Q(full_name__icontains=name) | Q(username__iexact=name))
        entries = entries.filter(actor__in=found.values("pk"))
    if action := wanted.get("action"):
        entries = entries.filter(action=action)
    if since := wanted.get("since"):
        entries = entries.filter(at__gte=_morning(since))
    if until := wanted.get("until"):
        entries = entries.filter(at__lt=_morning(until + timedelta(days=1)))
    if thing := wanted.get("object"):
        kind, _, number = thing.partition(":")
        entries = entries.filter(object_type=kind, object_id=int(number))
    return entries


def _readable(viewer: Viewer) -> Q:
    if viewer.is_installation:
        return Q()
    below = viewer.below(Permission.SEE_AUDIT, "org_path")
    if any(path.count("/") == 2 for path in viewer.paths(Permission.SEE_AUDIT)):
        return below | Q(org_path="")
    people = Member.objects.filter(viewer.below(Permission.SEE_AUDIT, "org__path")).values("user_id")
    of_nowhere = Q(org_path="") & (Q(actor__in=people) | Q(object_type="core.user", object_id__in=people))
    return below | of_nowhere


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
