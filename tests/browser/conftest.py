"""A real Chromium for the tests in this folder: `browser`, `page` (Chinese, 1280 px), `phone` (390 px), `site`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.find_chromium import find_chromium

HERE = Path(__file__).parent
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--force-color-profile=srgb",
    # No page may reach anything but this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for the folder. Closed with it, so that its event loop is not in the way of other tests."""
    path = find_chromium()
    if path is None:
        pytest.fail("No Chromium found; `make browser` installs one.")
    # Playwright's loop runs in this thread; Django must not take the tests for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
            yield chromium
            chromium.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def answered() -> Iterator[Callable[[], None]]:
    """Wait until the application has answered every request: emptying PostgreSQL's tables under one is a deadlock."""
    waiting = [0]

    def begun(**_: Any) -> None:
        waiting[0] += 1

    def ended(**_: Any) -> None:
        waiting[0] -= 1

    def wait() -> None:
        end = time.monotonic() + 5
        time.sleep(0.05)  # a request on its way is not counted yet
        while waiting[0] > 0 and time.monotonic() < end:
            time.sleep(0.02)

    request_started.connect(begun)
    request_finished.connect(ended)
    yield wait
    request_started.disconnect(begun)
    request_finished.disconnect(ended)


@pytest.fixture
def open_page(browser: Browser, answered: Callable[[], None]) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own: `open_page(width=390, color_scheme="dark", locale="en-US")`.

    At the end of the test a script error, a breach of the content security policy or any other console error of any
    page fails it; that a resource answered an error status does not.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def opened(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        options.setdefault("locale", "zh-CN")
        options.setdefault("timezone_id", "Asia/Shanghai")
        if width < 600:
            options.setdefault("has_touch", True)
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
        page.on(
            "console",
            lambda message: (
                problems.append(f"console: {message.text}")
                if message.type == "error" and not message.text.startswith("Failed to load resource")
                else None
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    answered()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A desktop page, Chinese, light."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A phone page, Chinese, light."""
    return open_page(width=390, height=844)


@pytest.fixture
def site(live_server: Any) -> str:
    """Address of the running application, e.g. `http://localhost:43210`; the database is empty and real."""
    return str(live_server.url)
