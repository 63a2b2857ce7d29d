"""Every page that an administrator can open, light and dark, standard and 长辈版, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page

from tests.people.factories import make_member
from tests.web.addresses import TABLE
from tests.web.test_permissions import addresses  # noqa: F401  # the fixture
from wellspring.core.models import User

OpenPage = Callable[..., Page]
TOO_SMALL = (Path(__file__).parent / "modes.js").read_text(encoding="utf-8")
ALL = {"resultTypes": ["violations"]}
"""What passes is not put together and sent over."""
CONTRAST = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
OF_THE_LOOK = {
    **ALL,
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]},
}
"""What 长辈版 can break: it has the same elements."""
AXE = Axe()
AGAIN = Axe("0")
"""For a page that has the script already."""
NOT_OURS = {"api:openapi-view", "library:original_page", "library:arrivals"}
"""Somebody else's script, somebody else's page, a part of a page."""


@pytest.fixture
def somebody(site: str) -> User:
    """An administrator and leader of the community that the addresses are about."""
    return make_member("administrator", "leader").user


@pytest.fixture
def pages(site: str, somebody: User, addresses: dict[str, str]) -> dict[str, str]:  # noqa: F811  # the fixture
    """Address of every page that she gets, by name."""
    client = signed_in(somebody)
    found = {name: path for name, path in addresses.items() if TABLE[name].is_page and name not in NOT_OURS}
    return {name: path for name, path in found.items() if client.get(path).status_code == 200}


@pytest.fixture
def open_as(open_page: OpenPage, site: str) -> Callable[..., Page]:
    def opened(user: User, **options: object) -> Page:
        page = open_page(**options)
        # A question of the browser's own about passkeys, which nobody answers here, would hold the page for ever.
        page.add_init_script("Object.defineProperty(navigator, 'credentials', { value: undefined })")
        cookie = signed_in(user).cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return opened


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
def test_every_page_of_a_member_can_be_read_and_used(
    open_as: Callable[..., Page], site: str, somebody: User, pages: dict[str, str], elder: bool
) -> None:
    """One visit a page: no violation by day or night; in 长辈版 large text and targets; no wider than a small phone."""
    User.objects.filter(pk=somebody.pk).update(elder_mode=elder)
    page = open_as(somebody, width=390 if elder else 1280, reduced_motion="reduce")
    wrong = []
    for name, path in pages.items():
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390 if elder else 1280, "height": 900})
        page.goto(site + path)
        found = [AXE.run(page, options=OF_THE_LOOK if elder else ALL)]
        if elder:
            wrong += [f"{name} {path}: {what}" for what in page.evaluate(TOO_SMALL)]
        page.emulate_media(color_scheme="dark")
        found.append(AGAIN.run(page, options=CONTRAST))
        wrong += [f"{name} {path}: {result.generate_report()}" for result in found if result.violations_count]
        page.set_viewport_size({"width": 360, "height": 800})
        wrong += too_wide(page, name)
    assert not wrong, "\n".join(wrong)


def test_in_english_too_nothing_is_wider_than_a_small_phone(
    open_as: Callable[..., Page], site: str, somebody: User, pages: dict[str, str]
) -> None:
    """In the larger type: what fits there fits in the standard one."""
    User.objects.filter(pk=somebody.pk).update(elder_mode=True)
    page = open_as(somebody, width=360, locale="en-US")
    wrong = []
    for name, path in pages.items():
        page.goto(site + path)
        wrong += too_wide(page, name)
    assert not wrong, "\n".join(wrong)


def too_wide(page: Page, name: str) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{name} {page.url}: {width} px"] if width > 360 else []
