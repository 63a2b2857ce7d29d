"""What the audit trail can say about accounts."""

from __future__ import annotations

from wellspring.core.registry import Action
from wellspring.engine.errors import marked

ACTIONS = (
    Action("people.sign_in_link_made", marked("made a one-time sign-in link")),
    Action("people.password_set_by_link", marked("set a new password by a one-time link")),
    Action("people.password_changed", marked("changed the password")),
    Action("people.password_reset_by_mail", marked("set a new password by mail")),
    Action("people.profile_changed", marked("changed the profile")),
    Action("people.session_ended", marked("ended a session")),
    Action("people.sessions_ended", marked("ended %(number)s sessions")),
)
