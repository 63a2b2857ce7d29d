"""Who looks and who acts: a user with what her roles allow, a guest, or the installation itself."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from wellspring.core.models import User
from wellspring.core.prepared import Prepared, answered, prepared
from wellspring.people.models import OrgUnit, Role, RoleName, active
from wellspring.people.permissions import GRANTS, OF_THE_INSTALLATION, Permission


@dataclass(frozen=True, slots=True)
class Place:
    """One active membership and its roles."""

    member_id: int
    org_id: int
    org_name: str
    path: str
    """The unit's own, `/1/5/`."""
    roles: frozenset[RoleName]

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(GRANTS[role] for role in self.roles))


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whom a page or a service answers. Read anew for each request: a role withdrawn is gone with the next click."""

    user: User | None = None
    places: tuple[Place, ...] = ()
    is_installation: bool = False

    @property
    def is_authenticated(self) -> bool:
        return self.user is not None

    def may(self, permission: Permission, *, org: OrgUnit | None = None) -> bool:
        """Whether she may do this in `org`; without `org`, whether there is any unit where she may."""
        if self.is_installation:
            return True
        everywhere = org is None or permission in OF_THE_INSTALLATION
        return any(
            permission in place.permissions and (everywhere or (org is not None and org.path.startswith(place.path)))
            for place in self.places
        )

    def require(self, permission: Permission, *, org: OrgUnit | None = None) -> None:
        """Raises PermissionDenied where she may not."""
        if not self.may(permission, org=org):
            raise PermissionDenied

    def paths(self, permission: Permission) -> list[str]:
        """Paths of the units in which, and below which, she may do this; `/` alone: everywhere."""
        if self.is_installation:
            return ["/"]
        return [place.path for place in self.places if permission in place.permissions]

    def below(self, permission: Permission, field: str = "path") -> Q:
        """Filter for rows whose unit's path (`field`, e.g. `org__path`) lies where she may do this."""
        where = Q(pk__in=())
        for path in self.paths(permission):
            where |= Q(**{f"{field}__startswith": path})
        return where


Actor = Viewer
"""A viewer who changes something; services take it as `actor`."""

GUEST = Viewer()
INSTALLATION = Viewer(is_installation=True)
"""Commands typed at the machine, the crawler and the worker: may do everything."""


def viewer_of(user: User | AnonymousUser) -> Viewer:
    """The viewer behind a request's user, with her memberships of today: one query."""
    if not isinstance(user, User) or not user.is_active:
        return GUEST
    return Viewer(user=user, places=tuple(_places(user)))


_USER = -1
"""No user's id: it stands in the words of the query for the one asked about."""


@functools.lru_cache(maxsize=2)
def _asked(today: date) -> Prepared:
    roles = Role.objects.filter(active(today, through="member__"), member__user=_USER)
    return prepared(
        roles.order_by("member__org__path", "member_id").values_list(
            "member_id", "member__org_id", "member__org__name", "member__org__path", "name"
        )
    )


def _places(user: User) -> Iterable[Place]:
    found: dict[tuple[int, int, str, str], set[RoleName]] = {}
    for member, org, org_name, path, role in answered(_asked(timezone.localdate()), {_USER: user.pk}):
        found.setdefault((member, org, org_name, path), set()).add(RoleName(role))
    return [Place(*key, roles=frozenset(names)) for key, names in found.items()]
