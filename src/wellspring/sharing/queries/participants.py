"""Who takes part in a unit's sessions, and who of them may be asked to speak."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from wellspring.core.models import User
from wellspring.people.models import Member, OrgUnit, Role, RoleName
from wellspring.people.permissions import GRANTS, Permission
from wellspring.people.queries.members import members_of

TAKES_PART = tuple(role for role, granted in GRANTS.items() if Permission.TAKE_PART in granted)
"""Roles by which somebody takes part."""


def participants(org: OrgUnit, on: date | None = None) -> QuerySet[Member]:
    """Members of a unit and of all below it who take part in its sessions on a day (default today), by pinyin.

    For those who have asked already whether the viewer may see the unit.
    """
    held = Role.objects.filter(name__in=TAKES_PART).values("member")
    return members_of(org, on).filter(pk__in=held).prefetch_related(None)


def possible_speakers(org: OrgUnit, on: date | None = None) -> QuerySet[Member]:
    """The unit's own social workers on a day (default today): whoever only leads, mentors or looks on is not asked."""
    workers = Role.objects.filter(name=RoleName.WORKER).values("member")
    return members_of(org, on, below=False).filter(pk__in=workers).prefetch_related(None)


def people_of(org: OrgUnit) -> list[User]:
    """The accounts of those who take part in a unit today, each once."""
    return list(User.objects.filter(pk__in=participants(org).values("user")))
