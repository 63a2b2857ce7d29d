"""What can go wrong with an account, named; the message says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext as _

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
