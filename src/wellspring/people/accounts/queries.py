"""Reads about accounts."""

from __future__ import annotations

from wellspring.core.models import User
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def manageable_user(*, viewer: Viewer, pk: int) -> User:
    """The user of this id, where the viewer manages people in a unit she is or was in. Raises User.DoesNotExist."""
    members = Member.objects.filter(viewer.below(Permission.MANAGE_PEOPLE, "org__path"), user_id=pk)
    return User.objects.filter(pk__in=members.values("user_id")).get()
