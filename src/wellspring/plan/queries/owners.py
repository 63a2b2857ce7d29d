"""Who may own an item of a unit's plan."""

from __future__ import annotations

from django.db.models import QuerySet

from wellspring.people.models import Member, OrgUnit, Role
from wellspring.people.permissions import GRANTS, Permission
from wellspring.people.queries.members import members_of

_ROLES = [role for role, granted in GRANTS.items() if Permission.TAKE_PART in granted]


def possible_owners(org: OrgUnit) -> QuerySet[Member]:
    """Who takes part in the unit or below it today, with user, unit and roles, by the pinyin of the name.

    For who has asked whether the viewer may see the unit.
    """
    return members_of(org).filter(pk__in=Role.objects.filter(name__in=_ROLES).values("member"))
