"""The browser tests stand on firm ground: the application is reached, the rest of the world is not."""

import pytest
from playwright.sync_api import Error, Page


def test_the_browser_reaches_the_application(page: Page, site: str) -> None:
    answer = page.goto(f"{site}/healthz")
    assert answer is not None
    assert answer.status == 200


def test_the_browser_reaches_nothing_outside(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
