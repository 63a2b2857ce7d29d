"""Who belongs where: lists and single members, as far as a viewer may see them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from wellspring.core.models import User
from wellspring.people.models import Member, OrgUnit, Role, RoleName, active, not_ended
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def visible_members(*, viewer: Viewer) -> QuerySet[Member]:
    """Memberships in the units whose people the viewer may see, and her own, with user, unit and roles.

    Ended ones only where she manages the people, and her own. Sorted by the pinyin of the name.
    """
    seen = viewer.below(Permission.SEE_PEOPLE, "org__path") & not_ended()
    seen |= viewer.below(Permission.MANAGE_PEOPLE, "org__path")
    if viewer.user is not None:
        seen |= Q(user=viewer.user)
    return (
        Member.objects.filter(seen)
        .select_related("user", "org")
        .prefetch_related(Prefetch("roles", Role.objects.order_by("id")))
        .order_by("user__sort_key", "user_id", "id")
    )


def found_members(
    *,
    viewer: Viewer,
    words: str = "",
    unit: OrgUnit | None = None,
    role: RoleName | str = "",
    state: str = "active",
) -> QuerySet[Member]:
    """Visible members by part of a name, its pinyin or initials, or a user name; in and below a unit; with a role.

    `state`: `active` (today or from a later day on), `left`, or `all`.
    """
    members = visible_members(viewer=viewer)
    if state == "active":
        members = members.filter(not_ended())
    elif state == "left":
        members = members.filter(left_on__lte=timezone.localdate())
    if unit is not None:
        members = members.filter(org__path__startswith=unit.path)
    if role:
        members = members.filter(pk__in=Role.objects.filter(name=role).values("member"))
    for word in words.split()[:5]:
        members = members.filter(_named(word))
    return members


def members_of(org: OrgUnit, on: date | None = None, *, below: bool = True) -> QuerySet[Member]:
    """Members of a unit, and of all below it, on a day (default today), with user and roles, sorted by pinyin.

    For later apps that have already asked whether the viewer may see the unit.
    """
    where = Q(org__path__startswith=org.path) if below else Q(org=org)
    return (
        Member.objects.filter(where, active(on), user__is_active=True)
        .select_related("user", "org")
        .prefetch_related("roles")
        .order_by("user__sort_key", "user_id", "id")
    )


def memberships_of(user: User, *, viewer: Viewer) -> QuerySet[Member]:
    """All of somebody's memberships that the viewer may see, newest first."""
    return visible_members(viewer=viewer).filter(user=user).order_by("-joined_on", "-id")


def roles_held(members: Iterable[Member]) -> set[RoleName]:
    """Every role among these members; reads `roles`."""
    return {RoleName(role.name) for member in members for role in member.roles.all()}


def _named(word: str) -> Q:
    """Part of name or user name; for Latin letters also pinyin without tones (`lifang`) or its initials (`lf`)."""
    where = Q(user__full_name__icontains=word) | Q(user__username__icontains=word)
    letters = re.sub(r"[^a-z]", "", word.lower())[:30]
    if letters and letters == word.lower().replace("'", ""):
        spelled = "[1-5]? ?".join(letters)
        initials = r"[^ ]* ".join(letters)
        where |= Q(user__sort_key__regex=rf"(^| ){spelled}") | Q(user__sort_key__regex=rf"(^| ){initials}")
    return where
