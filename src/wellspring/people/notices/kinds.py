"""The notices that people and their accounts give rise to."""

from __future__ import annotations

from wellspring.core.notices.kinds import NoticeKind, register_notice_kinds
from wellspring.engine.errors import marked

ROLE_GIVEN = "people.role_given"
ROLE_TAKEN = "people.role_taken"
SIGN_IN_LINK_MADE = "people.sign_in_link_made"
MAIL_CHANGED = "people.mail_changed"
NEW_DEVICE = "people.new_device"
INVITATION_USED = "people.invitation_used"
WEBHOOK_OFF = "people.webhook_off"


def register_people_notices() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_notice_kinds(
        NoticeKind(
            ROLE_GIVEN,
            name=marked("You were given a role"),
            sentence=marked("You are now %(role)s in %(org)s."),
        ),
        NoticeKind(
            ROLE_TAKEN,
            name=marked("A role was taken from you"),
            sentence=marked("You are no longer %(role)s in %(org)s."),
        ),
        NoticeKind(
            SIGN_IN_LINK_MADE,
            name=marked("A sign-in link was made for you"),
            sentence=marked(
                "%(by)s made a one-time link with which a new password for your account can be set. "
                "If you did not ask for it, speak to your leader."
            ),
            is_urgent=True,
            always_shown=True,
            by_mail=True,
        ),
        NoticeKind(
            MAIL_CHANGED,
            name=marked("Your mail address was changed"),
            sentence=marked(
                "%(by)s changed the mail address of your account; a forgotten password is set anew with it. "
                "If you did not ask for it, speak to your leader."
            ),
            is_urgent=True,
            always_shown=True,
        ),
        NoticeKind(
            NEW_DEVICE,
            name=marked("Sign-in from a new device"),
            sentence=marked(
                "Your account was signed in to from a new device (%(device)s). If that was not you, end the session "
                "and change your password."
            ),
            is_urgent=True,
            always_shown=True,
            by_mail=True,
        ),
        NoticeKind(
            INVITATION_USED,
            name=marked("An invitation of yours was used"),
            sentence=marked("%(name)s joined %(org)s by your invitation."),
            for_groups=True,
        ),
        NoticeKind(
            WEBHOOK_OFF,
            name=marked("A group's robot was switched off"),
            sentence=marked(
                "The robot of the group “%(name)s” was switched off: it refused several messages in a row "
                "(%(problem)s). Check its address, then switch it on again."
            ),
            by_mail=True,
        ),
    )
