"""Who may manage the office, and who holds a permission in a unit."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from wellspring.core.models import User
from wellspring.people.models import Member, OrgUnit, RoleName, active
from wellspring.people.permissions import GRANTS, OF_THE_INSTALLATION, Permission


def administrators() -> QuerySet[Member]:
    """Memberships that count as administrators of the installation: of a root unit that is open, not ending, of an
    account that may sign in."""
    return Member.objects.filter(
        roles__name=RoleName.ADMINISTRATOR,
        org__parent=None,
        org__closed_on=None,
        joined_on__lte=timezone.localdate(),
        left_on=None,
        user__is_active=True,
    )


def users_with(permission: Permission, org: OrgUnit | None = None) -> QuerySet[User]:
    """Active accounts that may do this in `org` by a role there or above; without `org`, in any unit.

    As `Viewer.may`: what belongs to the installation is held by whoever has it anywhere.
    """
    roles = [role for role, granted in GRANTS.items() if permission in granted]
    members = Member.objects.filter(active(), roles__name__in=roles)
    if org is not None and permission not in OF_THE_INSTALLATION:
        members = members.filter(org__path__in=paths_above(org))
    return User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("sort_key", "pk")


def paths_above(org: OrgUnit) -> list[str]:
    """Paths of the unit itself and of every unit above it, root first: `/1/`, `/1/5/`, `/1/5/9/`."""
    steps = org.path.strip("/").split("/")
    return ["/" + "/".join(steps[: depth + 1]) + "/" for depth in range(len(steps))]
