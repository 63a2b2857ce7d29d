"""One-time links: a forgotten password is replaced without mail."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.core.notices.services import notify
from wellspring.people.accounts.errors import AccountClosed, LinkUnusable, NotForYourself
from wellspring.people.accounts.rights import may_help
from wellspring.people.accounts.services.attempts import forget_attempts
from wellspring.people.accounts.services.passwords import account_key
from wellspring.people.accounts.services.sessions import drop_sessions
from wellspring.people.models import SignInLink
from wellspring.people.notices.kinds import SIGN_IN_LINK_MADE
from wellspring.people.viewer import Actor, viewer_of

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A link as it is handed over, once: afterwards only its digest is known here."""

    path: str
    expires_at: datetime

    @property
    def url(self) -> str:
        """Whole where the installation knows its public address, else the path only."""
        return f"{settings.ENVIRONMENT.public_url}{self.path}"


def issue_sign_in_link(
    *, actor: Actor, user: User, valid_for: timedelta = DAY, ends_second_factor: bool = False
) -> IssuedLink:
    """A link by which `user` sets a new password, once, within `valid_for`; earlier ones hold no more.

    The actor manages people in a unit of the user, and the user has no rights that the actor has not. Raises
    PermissionDenied, NotForYourself, AccountClosed.
    """
    if actor.user == user:
        raise NotForYourself
    if not may_help(actor, user):
        raise PermissionDenied
    if not user.is_active:
        raise AccountClosed
    secret = secrets.token_urlsafe(24)
    now = timezone.now()
    with transaction.atomic():
        _withdraw(user, now)
        link = SignInLink.objects.create(
            user=user,
            digest=_digest(secret),
            made_by=actor.user,
            expires_at=now + valid_for,
            ends_second_factor=ends_second_factor,
        )
        audit.record(
            "people.sign_in_link_made",
            actor=actor.user,
            on=user,
            data={"until": link.expires_at.isoformat(), "ends_second_factor": ends_second_factor},
        )
        by = actor.user.get_full_name() if actor.user else _("The installation")
        notify([user], SIGN_IN_LINK_MADE, data={"by": by}, about=user)
    return IssuedLink(reverse("people:sign_in_link", kwargs={"secret": secret}), link.expires_at)


def usable_link(secret: str) -> SignInLink:
    """The link of this secret, with its user. Raises LinkUnusable saying what to do."""
    return _checked(SignInLink.objects.select_related("user", "made_by").filter(digest=_digest(secret)).first())


def set_password_by_link(secret: str, password: str) -> User:
    """Use the link: set the password, end every session of the account, and the link with it.

    Raises LinkUnusable; of two that use it at once, one is let in.
    """
    with transaction.atomic():
        found = SignInLink.objects.select_for_update().filter(digest=_digest(secret)).first()
        link = _checked(found)
        user = User.objects.select_for_update().get(pk=link.user_id)
        now = timezone.now()
        link.used_at = now
        link.save(update_fields=["used_at"])
        _withdraw(user, now)
        user.set_password(password)
        user.save(update_fields=["password"])
        drop_sessions(user)
        forget_attempts(account_key(user))
        forget_attempts(f"code of {user.pk}")
        if link.ends_second_factor:
            Authenticator.objects.filter(user=user).delete()
        audit.record(
            "people.password_set_by_link",
            actor=user,
            on=user,
            data={"made_by": link.made_by_id, "ends_second_factor": link.ends_second_factor},
        )
    return user


def _withdraw(user: User, now: datetime) -> None:
    SignInLink.objects.filter(user=user, used_at=None, revoked_at=None).update(revoked_at=now)


def _checked(link: SignInLink | None) -> SignInLink:
    ask_again = _("Ask your leader for a new one.")
    if link is None:
        raise LinkUnusable(_("This sign-in link is not known here; it may have been cut off.") + " " + ask_again)
    if link.used_at is not None:
        raise LinkUnusable(_("This sign-in link has been used already. If that was not you, tell your leader at once."))
    if link.revoked_at is not None:
        raise LinkUnusable(_("This sign-in link was replaced by a newer one.") + " " + ask_again)
    if link.expires_at <= timezone.now():
        raise LinkUnusable(_("This sign-in link has run out.") + " " + ask_again)
    if not link.user.is_active:
        raise LinkUnusable(_("The account of this link is closed. Ask your leader."))
    if link.made_by is not None and not may_help(viewer_of(link.made_by), link.user):
        # A role taken from one or given to the other since: the link would open more than its maker may.
        raise LinkUnusable(_("Whoever made this sign-in link may not do so any more.") + " " + ask_again)
    return link


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
