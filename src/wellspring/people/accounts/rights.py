"""Whose account somebody may help with: nobody gets into an account that can do more than her own."""

from __future__ import annotations

from wellspring.core.models import User
from wellspring.people.models import Member, not_ended
from wellspring.people.permissions import GRANTS, Permission
from wellspring.people.viewer import Viewer


def may_help(actor: Viewer, user: User) -> bool:
    """Whether the actor manages people in a unit of `user` and has every right that she has, wherever she has it.

    Who could set the password of somebody with more rights than her own would have those rights. Memberships that
    begin later count too.
    """
    if actor.is_installation:
        return True
    if actor.user is None or ((user.is_superuser or user.is_staff) and not actor.user.is_superuser):
        return False
    members = list(Member.objects.filter(not_ended(), user=user).select_related("org").prefetch_related("roles"))
    if not any(actor.may(Permission.MANAGE_PEOPLE, org=member.org) for member in members):
        return False
    return all(
        _has_there(actor, permission, member.org.path)
        for member in members
        for role in member.roles.all()
        for permission in GRANTS[role.name]  # type: ignore[index]  # a RoleName is its own string
    )


def _has_there(actor: Viewer, permission: Permission, path: str) -> bool:
    return any(permission in place.permissions and path.startswith(place.path) for place in actor.places)
