"""Whether somebody has at least the rights of somebody else, where that other has them."""

from __future__ import annotations

from wellspring.core.models import User
from wellspring.people.models import Member, OrgUnit, RoleName
from wellspring.people.permissions import GIVEN_WITH, GRANTS, Permission
from wellspring.people.viewer import Viewer, viewer_of


def covers(viewer: Viewer, user: User) -> bool:
    """Whether `viewer` may do everything that `user` may, everywhere that `user` may do it.

    Only then may she change what the other signs in with: nobody reaches more rights through somebody else's account.
    """
    if viewer.is_installation:
        return True
    if user.is_superuser and not (viewer.user and viewer.user.is_superuser):
        return False
    return all(
        viewer.may(permission, org=OrgUnit(path=place.path))
        for place in viewer_of(user).places
        for permission in place.permissions
    )


def manages(viewer: Viewer, user: User) -> bool:
    """Whether `viewer` manages the people of a unit to which `user` belongs now, and has no fewer rights than she."""
    places = [place.path for place in viewer_of(user).places]
    return any(viewer.may(Permission.MANAGE_PEOPLE, org=OrgUnit(path=path)) for path in places) and covers(viewer, user)


def may_give(viewer: Viewer, role: RoleName, org: OrgUnit) -> bool:
    """Whether she may give this role in this unit or take it away: the role's own condition, and all that it grants."""
    if not viewer.may(GIVEN_WITH[role], org=org):
        return False
    return all(viewer.may(permission, org=org) for permission in GRANTS[role])


def roles_to_give(viewer: Viewer, org: OrgUnit) -> list[RoleName]:
    """The roles she may give in this unit."""
    return [role for role in RoleName if may_give(viewer, role, org)]


def may_end(viewer: Viewer, member: Member) -> bool:
    """Whether she may end this membership: manage people there, and take away each of its roles. Reads `roles`."""
    return viewer.may(Permission.MANAGE_PEOPLE, org=member.org) and all(
        may_give(viewer, RoleName(role.name), member.org) for role in member.roles.all()
    )
