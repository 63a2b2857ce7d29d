"""Uploaded staff lists: each is seen by who uploaded it only."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from wellspring.people.models import Member, StaffImport
from wellspring.people.viewer import Viewer


def own_imports(*, viewer: Viewer) -> QuerySet[StaffImport]:
    """Lists that the viewer has uploaded and that are confirmed or still wait."""
    lists = StaffImport.objects.filter(uploaded_by=viewer.user)
    return lists.exclude(confirmed_at=None, expires_at__lte=timezone.now())


def imported_members(staff_import: StaffImport) -> QuerySet[Member]:
    """Whom a confirmed list made, with user and unit, in its order of pinyin."""
    return (
        Member.objects.filter(pk__in=staff_import.member_ids)
        .select_related("user", "org")
        .prefetch_related("roles")
        .order_by("user__sort_key", "id")
    )
