"""Persons who sign in: made for a member, disabled, enabled again."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.people.accounts.rights import may_help
from wellspring.people.errors import MembershipProblem
from wellspring.people.permissions import Permission
from wellspring.people.services.administrators import keeping_an_administrator
from wellspring.people.viewer import Actor


@transaction.atomic
def add_person(*, actor: Actor, full_name: str, username: str = "", email: str = "", password: str = "") -> User:
    """A new account that belongs nowhere yet; without a password nobody can sign in to it but by a one-time link.

    Needs MANAGE_PEOPLE in some unit. Raises MembershipProblem for a name or mail address that cannot be used.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    return make_person(full_name=full_name, username=username, email=email, password=password)


def make_person(*, full_name: str, username: str = "", email: str = "", password: str = "") -> User:
    """As `add_person`, for a caller that has checked who may: an invitation, an import. Inside its transaction."""
    full_name = " ".join(full_name.split())
    if not full_name:
        raise MembershipProblem(_("A person needs a name."), field="full_name")
    username = checked_username(username) if username.strip() else free_username(full_name)
    user = User(username=username, full_name=full_name, email=User.objects.normalize_email(email.strip()))
    check_mail_is_free(user.email)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise MembershipProblem(" ".join(messages), field=field) from None
    user.save()
    return user


def checked_username(username: str) -> str:
    """The user name as it is stored. Raises MembershipProblem where it cannot be used or is taken in any spelling."""
    username = User.normalize_username(username.strip())
    try:
        User._meta.get_field("username").run_validators(username)
    except ValidationError as wrong:
        raise MembershipProblem(" ".join(wrong.messages), field="username") from None
    if User.objects.filter(Q(username__iexact=username) | Q(email__iexact=username)).exists():
        raise MembershipProblem(
            _("There is already somebody with the user name %(name)s. Choose another.") % {"name": username},
            code="username_taken",
            field="username",
        )
    return username


def check_mail_is_free(email: str, *, but: User | None = None) -> None:
    """Raises MembershipProblem where somebody else has the address: people sign in and reset passwords with it.

    As a user name too: one name leads to one account, or guesses at it would be counted in two places.
    """
    others = User.objects.filter(Q(email__iexact=email) | Q(username__iexact=email))
    if email and (others.exclude(pk=but.pk) if but else others).exists():
        raise MembershipProblem(
            _("Somebody else has this mail address. Leave it empty, or use another."), code="mail_taken", field="email"
        )


def free_username(full_name: str, *, is_taken: Callable[[str], bool] | None = None) -> str:
    """A user name after the pinyin of her name that nobody has: 李芳 → lifang, else lifang2, lifang3 …"""
    from pypinyin import lazy_pinyin  # its tables are large, and most pages never name anybody

    plain = re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(full_name)).lower())[:40] or "user"
    taken = is_taken or (lambda name: User.objects.filter(username__iexact=name).exists())
    number, name = 1, plain
    while taken(name):
        number += 1
        name = f"{plain}{number}"
    return name


@transaction.atomic
def disable_account(*, actor: Actor, user: User) -> None:
    """She cannot sign in any more and is out with her next click. Raises LastAdministrator, PermissionDenied."""
    with keeping_an_administrator():
        user = User.objects.select_for_update().get(pk=user.pk)
        if not may_help(actor, user):
            raise PermissionDenied
        if user.is_active:
            user.is_active = False
            user.save(update_fields=["is_active"])
            audit.record("people.account_disabled", actor=actor.user, on=user)


@transaction.atomic
def enable_account(*, actor: Actor, user: User) -> None:
    """She may sign in again. Raises PermissionDenied."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not may_help(actor, user):
        raise PermissionDenied
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        audit.record("people.account_enabled", actor=actor.user, on=user)
