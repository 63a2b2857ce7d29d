"""Who plays in the year: the demo's people by their keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wellspring.core.models import User
from wellspring.demo.models import DemoPerson
from wellspring.demo.people import COMMUNITY, NEIGHBOUR
from wellspring.people.models import Member, OrgUnit


@dataclass(frozen=True)
class Cast:
    members: dict[str, Member]

    @classmethod
    def of_the_demo(cls) -> Cast:
        """The demo's people as members of their units."""
        keys = dict(DemoPerson.objects.values_list("user_id", "key"))
        members = Member.objects.filter(user__in=keys).select_related("user", "org")
        return cls({keys[member.user_id]: member for member in members})

    @cached_property
    def community(self) -> OrgUnit:
        return self._unit(COMMUNITY)

    @cached_property
    def neighbour(self) -> OrgUnit:
        return self._unit(NEIGHBOUR)

    def member(self, key: str) -> Member:
        return self.members[key]

    def user(self, key: str) -> User:
        return self.members[key].user

    def _unit(self, name: str) -> OrgUnit:
        return next(member.org for member in self.members.values() if member.org.name == name)
