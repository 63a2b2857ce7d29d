"""Memberships: take on, change, end, take back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.models import User
from wellspring.core.notices.services import notify
from wellspring.people.accounts.rights import may_help
from wellspring.people.errors import MembershipProblem
from wellspring.people.models import Member, OrgUnit, RoleName
from wellspring.people.notices.kinds import MAIL_CHANGED
from wellspring.people.permissions import Permission
from wellspring.people.queries.rank import may_end
from wellspring.people.services.administrators import keeping_an_administrator
from wellspring.people.services.persons import add_person, check_mail_is_free
from wellspring.people.services.roles import give_role
from wellspring.people.viewer import Actor


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    org: OrgUnit,
    user: User | None = None,
    full_name: str = "",
    username: str = "",
    email: str = "",
    post: str = "",
    phone: str = "",
    is_generalist: bool = False,
    joined_on: date | None = None,
    roles: Iterable[RoleName | str] = (RoleName.WORKER,),
) -> Member:
    """Take somebody on: `user`, who may belong elsewhere too or have belonged here before, or a new person.

    A new person has no password: she gets a one-time sign-in link, or an invitation instead. Without a `username` one
    is made from the pinyin of her name. Raises MembershipProblem (already a member, unit closed, user name taken),
    RoleProblem for a role that the actor may not give.
    """
    org = OrgUnit.objects.select_for_update().get(pk=org.pk)
    actor.require(Permission.MANAGE_PEOPLE, org=org)
    check_open(org)
    if user is None:
        user = add_person(actor=actor, full_name=full_name, username=username, email=email)
    check_not_a_member(user, org)
    try:
        with transaction.atomic():
            member = Member.objects.create(
                user=user,
                org=org,
                post=post.strip(),
                phone=phone.strip(),
                is_generalist=is_generalist,
                joined_on=joined_on or timezone.localdate(),
            )
    except IntegrityError:
        raise _already_there(user, org) from None
    audit.record("people.member_added", actor=actor.user, on=member, data={"unit": org.name})
    for role in dict.fromkeys(RoleName(role) for role in roles):
        give_role(actor=actor, member=member, role=role)
    return member


@transaction.atomic
def change_member(
    *,
    actor: Actor,
    member: Member,
    version: int,
    post: str,
    phone: str,
    is_generalist: bool,
    joined_on: date,
    full_name: str | None = None,
    email: str | None = None,
) -> Member:
    """Change what stands about a member; `full_name` and `email` only where the actor has no fewer rights than she.

    Raises ChangedMeanwhile where `version` is not what stands in the database; MembershipProblem for days that do not
    fit.
    """
    member = locked(member)
    actor.require(Permission.MANAGE_PEOPLE, org=member.org)
    wanted: dict[str, Any] = {
        "post": post.strip(),
        "phone": phone.strip(),
        "is_generalist": is_generalist,
        "joined_on": joined_on,
    }
    person: dict[str, Any] = {}
    if full_name is not None:
        person["full_name"] = full_name.strip()
    if email is not None:
        person["email"] = User.objects.normalize_email(email.strip())
    if member.version != version:
        raise ChangedMeanwhile(version=member.version, differences=_differences(member, {**person, **wanted}))
    if member.left_on and member.left_on < joined_on:
        raise MembershipProblem(_("She cannot have left before joining. Check both days."), field="joined_on")
    changed = [name for name, value in wanted.items() if getattr(member, name) != value]
    changed_person = [name for name, value in person.items() if getattr(member.user, name) != value]
    if changed_person:
        if actor.user == member.user:
            raise MembershipProblem(
                _("Change your own name and mail address in your profile, where your password is asked.")
            )
        if not may_help(actor, member.user):
            raise PermissionDenied
        if "email" in changed_person:
            check_mail_is_free(person["email"], but=member.user)
        if not person.get("full_name", "x"):
            raise MembershipProblem(_("A person needs a name."), field="full_name")
        for name in changed_person:
            setattr(member.user, name, person[name])
        member.user.save(update_fields=changed_person)
        if "email" in changed_person:
            by = actor.user.get_full_name() if actor.user else _("The installation")
            notify([member.user], MAIL_CHANGED, data={"by": by}, url=reverse("people:account"))
    if changed or changed_person:
        for name in changed:
            setattr(member, name, wanted[name])
        member.version += 1
        member.save()
        # Values are personal data; that they changed is enough for the trail.
        audit.record("people.member_changed", actor=actor.user, on=member, data={"fields": changed + changed_person})
    return member


@transaction.atomic
def end_membership(*, actor: Actor, member: Member, left_on: date | None = None) -> Member:
    """She does not belong to the unit from `left_on` on (default today); her work stays. Roles count no more from then.

    Raises LastAdministrator, MembershipProblem (ended already, day before joining), PermissionDenied where one of her
    roles is not the actor's to take.
    """
    with keeping_an_administrator():
        member = locked(member)
        if not may_end(actor, member):
            raise PermissionDenied
        day = left_on or timezone.localdate()
        if member.left_on is not None:
            raise MembershipProblem(_("This membership has ended already."))
        if day < member.joined_on:
            raise MembershipProblem(_("She cannot leave before the day on which she joined."), field="left_on")
        member.left_on = day
        member.version += 1
        member.save(update_fields=["left_on", "version"])
        audit.record("people.member_left", actor=actor.user, on=member, data={"day": day.isoformat()})
    return member


@transaction.atomic
def undo_end(*, actor: Actor, member: Member) -> Member:
    """Take the end of a membership back: she belongs to the unit as before, with the roles she had."""
    member = locked(member)
    if not may_end(actor, member):
        raise PermissionDenied
    if member.left_on is None:
        return member
    check_open(member.org)
    check_not_a_member(member.user, member.org)
    member.left_on = None
    member.version += 1
    member.save(update_fields=["left_on", "version"])
    audit.record("people.member_returned", actor=actor.user, on=member)
    return member


def locked(member: Member) -> Member:
    """The member as it stands in the database, held until the transaction ends."""
    return Member.objects.select_for_update(of=("self",)).select_related("org", "user").get(pk=member.pk)


def check_open(org: OrgUnit) -> None:
    """Raises MembershipProblem where the unit is closed."""
    if org.closed_on:
        raise MembershipProblem(
            _("%(name)s is closed: nobody can join it any more. Choose another unit.") % {"name": org.name},
            field="org",
        )


def check_not_a_member(user: User, org: OrgUnit) -> None:
    """Raises MembershipProblem where she belongs to the unit already."""
    if Member.objects.filter(user=user, org=org, left_on=None).exists():
        raise _already_there(user, org)


def _already_there(user: User, org: OrgUnit) -> MembershipProblem:
    return MembershipProblem(
        _("%(name)s already belongs to %(unit)s.") % {"name": user.get_full_name(), "unit": org.name},
        code="already_a_member",
    )


def _differences(member: Member, typed: dict[str, Any]) -> list[Difference]:
    labels = {
        "full_name": _("Name"),
        "email": _("Mail address"),
        "post": _("Post"),
        "phone": _("Telephone"),
        "is_generalist": _("Generalist"),
        "joined_on": _("Joined on"),
    }
    rows = []
    for name, value in typed.items():
        now = getattr(member.user if name in ("full_name", "email") else member, name)
        if now != value:
            rows.append(Difference(labels[name], _readable(now), _readable(value)))
    return rows


def _readable(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value.isoformat() if isinstance(value, date) else str(value or "—")
