"""People for tests: units, members with roles, and the viewers they are."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from wellspring.core.models import User
from wellspring.people.models import Level, Member, OrgUnit, Role, RoleName
from wellspring.people.viewer import Viewer, viewer_of

_numbers = itertools.count(1)


def make_org(name: str = "柳湾社区", *, level: str = Level.COMMUNITY, parent: OrgUnit | None = None) -> OrgUnit:
    """The unit of this name below `parent`; made where it is not there yet."""
    unit = OrgUnit.objects.filter(name=name, parent=parent).first()
    if unit is None:
        unit = OrgUnit.objects.create(name=name, level=level, parent=parent, path=f"/new{next(_numbers)}/")
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save()
    return unit


def make_user(full_name: str = "", **fields: Any) -> User:
    """Somebody who can sign in and belongs nowhere yet."""
    number = next(_numbers)
    return User.objects.create_user(f"user{number}", full_name=full_name or f"陆听荷{number}", **fields)


def make_member(
    *roles: str, org: OrgUnit | None = None, user: User | None = None, full_name: str = "", **fields: Any
) -> Member:
    """A member with these roles, a social worker where none is given, in 柳湾社区 where no unit is."""
    fields.setdefault("joined_on", date(2024, 1, 1))
    member = Member.objects.create(user=user or make_user(full_name), org=org or make_org(), **fields)
    for role in roles or (RoleName.WORKER,):
        Role.objects.create(member=member, name=role)
    return member


def make_viewer(*roles: str, org: OrgUnit | None = None, **fields: Any) -> Viewer:
    """The viewer that a new member with these roles is."""
    return viewer_of(make_member(*roles, org=org, **fields).user)
