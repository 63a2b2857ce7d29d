"""Changes to accounts."""

from .links import IssuedLink, issue_sign_in_link, set_password_by_link, usable_link
from .passwords import change_password, is_password_of
from .profile import Profile, change_profile
from .sessions import end_other_sessions, end_session, end_sessions_of

__all__ = [
    "IssuedLink",
    "Profile",
    "change_password",
    "change_profile",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "is_password_of",
    "issue_sign_in_link",
    "set_password_by_link",
    "usable_link",
]
