"""What can go wrong with an account, named; the message says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.core.errors import DomainError


class LinkUnusable(DomainError):
    """Unknown, used, expired, withdrawn, or the account it is for is closed."""

    code = "sign_in_link_unusable"


class NotForYourself(DomainError):
    """A one-time link is for somebody else; one's own password is changed with the old one."""

    code = "sign_in_link_for_oneself"

    def __init__(self) -> None:
        super().__init__(_("This is your own account: change your password on your account page instead."))


class AccountClosed(DomainError):
    """A closed account gets no way in."""

    code = "account_closed"

    def __init__(self) -> None:
        super().__init__(_("This account is closed. Open it again first."))


class TooManyAttempts(DomainError):
    """Guessing is stopped for a while. `minutes`: how long."""

    code = "too_many_attempts"

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            ngettext(
                "Too many attempts. Wait a minute, or ask your leader for a one-time sign-in link.",
                "Too many attempts. Wait %(minutes)d minutes, or ask your leader for a one-time sign-in link.",
                minutes,
            )
            % {"minutes": minutes}
        )


class AddressTaken(DomainError):
    """A mail address signs in one account only."""

    code = "mail_address_taken"
