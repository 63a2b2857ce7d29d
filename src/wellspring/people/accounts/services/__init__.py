"""Changes to accounts."""

from .links import IssuedLink, issue_sign_in_link, set_password_by_link, usable_link

__all__ = ["IssuedLink", "issue_sign_in_link", "set_password_by_link", "usable_link"]
