"""How the audit trail speaks of people, their places and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from wellspring.core.models import User
from wellspring.core.registry import AuditSubject, register_audit_subjects
from wellspring.people.models import Invitation, Member, OrgUnit, not_ended

Names = Mapping[int, tuple[str, str]]


def register() -> None:
    register_audit_subjects(
        AuditSubject("core.user", _place_of_user, _users),
        AuditSubject("people.member", lambda member: member.org.path, _members),
        AuditSubject("people.orgunit", lambda unit: unit.path, _units),
        AuditSubject("people.invitation", lambda invitation: invitation.org.path, _invitations),
        AuditSubject("people.groupwebhook", lambda robot: robot.org.path, _named_in_the_sentence),
    )


def _place_of_user(user: User) -> str:
    """The unit of somebody who belongs to one; nowhere, if to several or none: her leaders find the entry by her."""
    paths = Member.objects.filter(not_ended(), user=user).values_list("org__path")
    found = {path for (path,) in paths}
    return found.pop() if len(found) == 1 else ""


def _users(ids: Sequence[int]) -> Names:
    return {user.pk: (user.get_full_name(), "") for user in User.objects.filter(pk__in=ids)}


def _members(ids: Sequence[int]) -> Names:
    return {
        member.pk: (member.user.get_full_name(), reverse("people:member", kwargs={"pk": member.pk}))
        for member in Member.objects.filter(pk__in=ids).select_related("user")
    }


def _units(ids: Sequence[int]) -> Names:
    return {
        unit.pk: (unit.name, reverse("people:unit_change", kwargs={"pk": unit.pk}))
        for unit in OrgUnit.objects.filter(pk__in=ids)
    }


def _invitations(ids: Sequence[int]) -> Names:
    address = reverse("people:invitations")
    return {each.pk: (each.full_name, address) for each in Invitation.objects.filter(pk__in=ids)}


def _named_in_the_sentence(ids: Sequence[int]) -> Names:
    return {}
