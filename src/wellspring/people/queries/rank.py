"""Which roles somebody may give and take, and whose membership she may end."""

from __future__ import annotations

from wellspring.people.models import Member, OrgUnit, RoleName
from wellspring.people.permissions import GIVEN_WITH, GRANTS, Permission
from wellspring.people.viewer import Viewer


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
