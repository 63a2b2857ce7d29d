"""Passwords: checked, changed by their owner, or set anew by mail."""

from __future__ import annotations

from django.db import transaction

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.people.accounts.services.attempts import begin_attempt, forget_attempts
from wellspring.people.accounts.services.sessions import drop_sessions
from wellspring.people.viewer import Actor


def is_password_of(user: User, typed: str, *, address: str, device: str) -> bool:
    """Whether this is the account's password; asking is counted like signing in. Raises TooManyAttempts."""
    attempt = begin_attempt(account=account_key(user), address=address, device=device)
    if not user.check_password(typed):
        return False
    attempt.succeeded()
    return True


def account_key(user: User) -> str:
    """The name under which attempts at this account are counted."""
    return f"user {user.pk}"


def change_password(*, actor: Actor, password: str, session_key: str) -> User:
    """Set one's own password, after the old one was asked for; every session but this one ends."""
    assert actor.user is not None, "a password belongs to somebody"
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.user.pk)
        user.set_password(password)
        user.save(update_fields=["password"])
        drop_sessions(user, but=session_key)
        audit.record("people.password_changed", actor=user, on=user)
    return user


def reset_password_by_mail(user: User, password: str) -> None:
    """Set the password of whoever opened the mail sent to her; every session of the account ends."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        drop_sessions(user)
        forget_attempts(account_key(user))
        audit.record("people.password_reset_by_mail", actor=user, on=user)
