"""Who is away when."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from wellspring.people.models import Leave, Member, OrgUnit, active
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def on_leave(org: OrgUnit, first: date, last: date | None = None) -> QuerySet[Leave]:
    """Leave of members of a unit and of all below it that touches the days from `first` to `last` (default the same).

    For later apps that have already asked whether the viewer may see the unit.
    """
    return _touching(first, last or first).filter(member__org__path__startswith=org.path)


def visible_leave(*, viewer: Viewer, first: date, last: date) -> QuerySet[Leave]:
    """Leave that touches these days, of people whom the viewer may see, and her own."""
    seen = viewer.below(Permission.SEE_PEOPLE, "member__org__path")
    if viewer.user is not None:
        seen |= Q(member__user=viewer.user)
    return _touching(first, last).filter(seen)


def leave_of(member: Member) -> QuerySet[Leave]:
    """A member's leave, latest first."""
    return Leave.objects.filter(member=member).order_by("-from_on")


def leave_to_change(*, viewer: Viewer, pk: int) -> Leave:
    """One leave of a member whom the viewer manages. Raises Leave.DoesNotExist."""
    where = viewer.below(Permission.MANAGE_PEOPLE, "member__org__path")
    return Leave.objects.select_related("member__user", "member__org").get(where, pk=pk)


def _touching(first: date, last: date) -> QuerySet[Leave]:
    current = Member.objects.filter(active(last) | active(first)).values("pk")
    return (
        Leave.objects.filter(from_on__lte=last, until_on__gte=first, member__in=current)
        .select_related("member__user", "member__org")
        .order_by("from_on", "member__user__sort_key", "id")
    )
