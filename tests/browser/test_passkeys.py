"""A passkey, made and used in Chromium with a virtual authenticator: set up, alone at the door, as a second step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.people.accounts.entering import PASSWORD, make_person
from wellspring.core.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def with_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_in(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/sign-in/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_passkey_is_set_up_and_opens_alone_and_as_the_second_step(open_page: Callable[..., Page], site: str) -> None:
    site = site.replace("127.0.0.1", "localhost")  # browsers give no passkey to an address of figures
    user = make_person(full_name="陆听荷")
    page = open_page()
    with_authenticator(page)
    sign_in(page, site, user)
    page.wait_for_url("**/today/")

    page.goto(f"{site}/account/second-factor/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="设置", exact=True).click()
    page.wait_for_url("**/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)

    page.context.clear_cookies()
    page.goto(f"{site}/sign-in/?next=/account/sessions/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/account/sessions/")
    expect(page.locator("body")).to_contain_text("陆听荷")

    page.context.clear_cookies()
    sign_in(page, site, user)
    page.wait_for_url("**/authenticate/")
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url("**/today/")
