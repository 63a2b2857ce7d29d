"""What is said after something changed, in place of allauth's own words."""

from __future__ import annotations

from django.utils.translation import gettext

from wellspring.engine.errors import marked

_SAID = {
    "account/messages/password_changed.txt": marked("Your new password holds from now on. Sign in with it."),
    "mfa/messages/totp_activated.txt": marked("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": marked("The authenticator app is no longer asked for."),
    "mfa/messages/webauthn_added.txt": marked("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": marked("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": marked("There are new recovery codes; the old ones hold no more."),
    "socialaccount/messages/account_connected.txt": marked("Connected. From now on you can sign in with it."),
    "socialaccount/messages/account_disconnected.txt": marked("The connection is ended."),
    "socialaccount/messages/account_connected_other.txt": marked("It is connected to somebody else's account already."),
}


def told_message(template: str) -> str:
    """The sentence in the active language; empty where nothing is to be said, as after signing in and out."""
    return gettext(_SAID[template]) if template in _SAID else ""
