"""The first administrator of an installation, made at the machine."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.people.errors import MembershipProblem, UnitProblem
from wellspring.people.models import Level, Member, OrgUnit, RoleName
from wellspring.people.services.members import add_member
from wellspring.people.services.persons import enable_account, make_person
from wellspring.people.services.roles import give_role
from wellspring.people.services.units import add_unit
from wellspring.people.viewer import INSTALLATION


@dataclass(frozen=True, slots=True)
class MadeAdministrator:
    """Who it is now, and where."""

    user: User
    unit: OrgUnit
    is_new_unit: bool


def root_for(name: str) -> OrgUnit | None:
    """The root unit of this name; without a name the only one there is; None where one is still to be made.

    Raises UnitProblem where the choice is not clear, naming the units.
    """
    roots = list(OrgUnit.objects.filter(parent=None, closed_on=None).order_by("id"))
    if name:
        found = [unit for unit in roots if unit.name == name]
        if found or not roots:
            return found[0] if found else None
    elif len(roots) <= 1:
        return roots[0] if roots else None
    raise UnitProblem(
        _("Which unit? There are: %(units)s. Say it with --org; others are added at the desk, by an administrator.")
        % {"units": pgettext("between names", ", ").join(unit.name for unit in roots)},
        code="which_unit",
    )


@transaction.atomic
def make_administrator(
    *, username: str, full_name: str = "", password: str = "", org: str = "", level: Level | str = Level.COMMUNITY
) -> MadeAdministrator:
    """Let somebody, with an account or without, manage the whole office: administrator of a root unit.

    The account is made where there is none, with `password`; the unit too. An account that was disabled is enabled
    again. It may enter /admin/ as well. Raises MembershipProblem, UnitProblem; everything or nothing is done.
    """
    user = User.objects.filter(username=User.normalize_username(username)).first()
    if user is None:
        if not password:
            raise MembershipProblem(_("A new account needs a password."), field="password")
        user = make_person(full_name=full_name or username, username=username, password=password)
    elif full_name and user.full_name != full_name:
        user.full_name = full_name
    enable_account(actor=INSTALLATION, user=user)
    user.is_active = user.is_staff = user.is_superuser = True
    user.save()
    unit = root_for(org)
    is_new_unit = unit is None
    if unit is None:
        unit = add_unit(actor=INSTALLATION, name=org or _("Our office"), level=level)
    member = Member.objects.filter(user=user, org=unit, left_on=None).first()
    if member is None:
        add_member(actor=INSTALLATION, org=unit, user=user, roles=[RoleName.ADMINISTRATOR])
    else:
        give_role(actor=INSTALLATION, member=member, role=RoleName.ADMINISTRATOR)
    audit.record("people.administrator_made", actor=None, on=user, data={"unit": unit.name})
    return MadeAdministrator(user, unit, is_new_unit)
