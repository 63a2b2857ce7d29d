"""Addresses of accounts, and what they are about."""

from typing import Any

from tests.people.factories import make_member
from tests.web.addresses.answers import POST_ONLY, Answers, everybody, only, signed_in
from wellspring.people.accounts.services import issue_sign_in_link
from wellspring.people.viewer import INSTALLATION

_ON_THE_WAY_IN = everybody(302, guest=200)
_WITHOUT_PASSWORD = everybody(403, guest=302)
"""Proving anew that it is she: the people of the table have no password, so nothing is asked of them."""

TABLE: dict[str, Answers] = {
    "sign_in": _ON_THE_WAY_IN,
    "account_login": _ON_THE_WAY_IN,
    "sign_out": POST_ONLY,
    "account_logout": POST_ONLY,
    "admin_sign_in": everybody(403, guest=302),
    "account_inactive": everybody(200),
    "account_reset_password": everybody(200),
    "account_reset_password_done": everybody(200),
    "account_reset_password_from_key": everybody(200),
    "account_reset_password_from_key_done": everybody(200),
    "account_reauthenticate": _WITHOUT_PASSWORD,
    "people:account": signed_in(),
    "people:password": signed_in(),
    "people:sessions": signed_in(),
    "people:sessions_of": only("leader", "administrator", stranger=404),
    "people:make_sign_in_link": only("leader", "administrator", stranger=404),
    "people:new_password": everybody(302, is_page=False),
    "people:sign_in_link": everybody(302, is_page=False),
    "mfa_index": signed_in(),
    "mfa_authenticate": everybody(302, is_page=False),
    "mfa_reauthenticate": _WITHOUT_PASSWORD,
    "mfa_activate_totp": signed_in(),
    "mfa_deactivate_totp": everybody(404, guest=302),
    "mfa_view_recovery_codes": everybody(404, guest=302),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_download_recovery_codes": everybody(404, guest=302, is_page=False),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": signed_in(),
    "mfa_edit_webauthn": everybody(404, guest=302),
    "mfa_remove_webauthn": everybody(404, guest=302),
    "mfa_reauthenticate_webauthn": _WITHOUT_PASSWORD,
    "mfa_login_webauthn": everybody(302, is_page=False),
    "socialaccount_connections": signed_in(),
    "socialaccount_login_cancelled": everybody(200),
    "socialaccount_login_error": everybody(401),
    "weixin_login": everybody(404),
    "weixin_callback": everybody(404),
    "dingtalk_login": everybody(404),
    "dingtalk_callback": everybody(404),
    "feishu_login": everybody(404),
    "feishu_callback": everybody(404),
    "demo:people": everybody(404),
    "demo:sign_in": POST_ONLY,
}


def arguments() -> dict[str, dict[str, Any]]:
    """What the addresses that name a thing are filled with."""
    person = make_member("worker").user
    link = issue_sign_in_link(actor=INSTALLATION, user=person)
    return {
        "account_reset_password_from_key": {"uidb36": "1", "key": "no-key"},
        "mfa_edit_webauthn": {"pk": 1},
        "mfa_remove_webauthn": {"pk": 1},
        "people:make_sign_in_link": {"pk": person.pk},
        "people:sessions_of": {"pk": person.pk},
        "people:sign_in_link": {"secret": link.path.rstrip("/").rsplit("/", 1)[1]},
    }
