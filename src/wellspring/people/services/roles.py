"""Giving and taking roles."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.errors import RoleProblem
from wellspring.people.models import Member, OrgUnit, Role, RoleName
from wellspring.people.notices.kinds import ROLE_GIVEN, ROLE_TAKEN
from wellspring.people.permissions import Permission
from wellspring.people.queries.rank import may_give
from wellspring.people.services.administrators import keeping_an_administrator
from wellspring.people.viewer import Actor


@transaction.atomic
def give_role(*, actor: Actor, member: Member, role: RoleName | str) -> None:
    """Give a member a role; nothing happens where she has it. Raises RoleProblem where the actor may not give it."""
    role = RoleName(role)
    member = _locked(member)
    check_may_give(actor, role, member.org)
    _row, is_new = Role.objects.get_or_create(member=member, name=role)
    if is_new:
        _record("people.role_given", actor, member, role)


@transaction.atomic
def take_role(*, actor: Actor, member: Member, role: RoleName | str) -> None:
    """Take a role away from a member. Raises RoleProblem, or LastAdministrator where nobody would be left."""
    role = RoleName(role)
    with keeping_an_administrator():
        member = _locked(member)
        check_may_give(actor, role, member.org)
        taken, _kinds = Role.objects.filter(member=member, name=role).delete()
        if taken:
            _record("people.role_taken", actor, member, role)


@transaction.atomic
def set_roles(*, actor: Actor, member: Member, roles: Iterable[RoleName | str]) -> None:
    """Give what is missing and take what is not among `roles`; roles the actor may not give stay as they are."""
    wanted = {RoleName(role) for role in roles}
    has = {RoleName(role.name) for role in member.roles.all()}
    for role in RoleName:  # in one order for everybody
        if role in wanted - has:
            give_role(actor=actor, member=member, role=role)
        elif role in has - wanted and may_give(actor, role, member.org):
            take_role(actor=actor, member=member, role=role)


def role_message(role: RoleName) -> str:
    """The role's message id, for the audit trail: the reader's language is not the writer's."""
    with override("en"):
        return str(role.label)


def _locked(member: Member) -> Member:
    locked = Member.objects.select_for_update(of=("self",)).select_related("org", "user").get(pk=member.pk)
    if locked.left_on is not None:
        raise RoleProblem(_("This membership has ended. Take her on again before giving roles."))
    return locked


def check_may_give(actor: Actor, role: RoleName, org: OrgUnit) -> None:
    """Raises PermissionDenied where she manages no people there, RoleProblem where this role is not hers to give."""
    actor.require(Permission.MANAGE_PEOPLE, org=org)
    if not may_give(actor, role, org):
        raise RoleProblem(
            _("The role “%(role)s” is given and taken by an administrator. Ask one to do it.") % {"role": role.label},
            field="roles",
        )


def _record(action: str, actor: Actor, member: Member, role: RoleName) -> None:
    audit.record(action, actor=actor.user, on=member, data={"role": role_message(role), "code": role.value})
    if member.user != actor.user:
        kind = ROLE_GIVEN if action == "people.role_given" else ROLE_TAKEN
        notify(
            [member.user], kind, data={"role": role_message(role), "org": member.org.name}, url=reverse("people:today")
        )
