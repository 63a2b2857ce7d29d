"""长辈版 as it is used: one tap, reading aloud, and the menu by keyboard; a page at twice its size."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.test_every_mode import open_as  # noqa: F401  # the fixture
from tests.people.factories import make_member
from tests.web.pages import make_story
from wellspring.library.models import Snapshot

OpenPage = Callable[..., Page]
VOICES = """
(() => {
  const said = [];
  const voices = %s;
  class Utterance { constructor(text) { this.text = text; } }
  const speech = {
    getVoices: () => voices.map((lang) => ({ lang })),
    speak(one) { said.push(one.text); speech.last = one; },
    cancel() { speech.last = null; },
    addEventListener() {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = Utterance;
  window.said = said;
  window.finish = () => speech.last.onend();
})();
"""
"""Chromium without a sound card has no voice: this one keeps what it was to say, and ends a sentence when told."""


@pytest.fixture
def story(site: str) -> Snapshot:
    return make_story()


def test_elder_mode_is_one_tap_for_a_guest_without_script_too(open_page: OpenPage, site: str, story: Snapshot) -> None:
    page = open_page(width=360, java_script_enabled=False)
    page.goto(f"{site}/library/snapshots/{story.pk}/")
    page.get_by_role("button", name="长辈版").click()
    assert page.url == f"{site}/library/snapshots/{story.pk}/"
    assert page.locator("html").get_attribute("data-mode") == "elder"
    page.goto(site)
    page.get_by_role("button", name="标准版").click()
    assert page.locator("html").get_attribute("data-mode") is None


def test_a_report_is_read_aloud_sentence_by_sentence(open_page: OpenPage, site: str, story: Snapshot) -> None:
    page = open_page(width=390)
    page.add_init_script(VOICES % '["en-US", "zh-CN"]')
    page.goto(site)
    page.get_by_role("button", name="长辈版").click()
    page.goto(f"{site}/library/snapshots/{story.pk}/")
    page.get_by_role("button", name="朗读").click()
    assert page.evaluate("said") == [story.title]
    expect(page.locator(".is-being-read")).to_have_text(story.title)
    page.evaluate("finish()")
    assert page.evaluate("said[1]").startswith("东篱时报讯")
    page.get_by_role("button", name="暂停").click()
    count = page.evaluate("said.length")
    page.get_by_role("button", name="继续读").click()
    assert page.evaluate("said[said.length - 1]") == page.evaluate("said[1]")
    assert page.evaluate("said.length") == count + 1
    for _ in range(30):
        if page.evaluate("speechSynthesis.last === null"):
            break
        page.evaluate("finish()")
    assert "议事亭将搬进更多的小区。" in page.evaluate("said")
    expect(page.get_by_role("button", name="朗读")).to_be_visible()
    expect(page.get_by_role("button", name="停止")).to_be_hidden()


@pytest.mark.parametrize("voices", ["[]", '["en-US", "de-DE"]'])
def test_without_a_chinese_voice_there_is_no_button(
    open_page: OpenPage, site: str, story: Snapshot, voices: str
) -> None:
    page = open_page(width=390)
    page.add_init_script(VOICES % voices)
    page.goto(site)
    page.get_by_role("button", name="长辈版").click()
    page.goto(f"{site}/library/snapshots/{story.pk}/")
    assert page.locator("[data-read-play]").is_hidden()


def test_the_menu_is_walked_by_keyboard(
    open_as: Callable[..., Page],  # noqa: F811  # the fixture
    site: str,
) -> None:
    page = open_as(make_member("leader", full_name="范青").user)
    page.goto(f"{site}/today/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it is shown
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.menu-summary')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/today/"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.menu-summary')")
    assert page.locator(".menu-sheet").is_hidden()


def test_the_bar_of_a_phone_leads_to_the_most_used_pages_and_hides_nothing(
    open_as: Callable[..., Page],  # noqa: F811  # the fixture
    site: str,
) -> None:
    page = open_as(make_member("worker").user, width=390, height=700)
    page.goto(f"{site}/today/")
    bar = page.get_by_role("navigation", name="常用页面")
    assert bar.get_by_role("link", name="今日").get_attribute("aria-current") == "page"
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    last = page.locator(".foot a").last.bounding_box()
    top = bar.bounding_box()
    assert last is not None
    assert top is not None
    assert last["y"] + last["height"] <= top["y"]
    bar.get_by_role("link", name="资讯库").click()
    page.wait_for_url(f"{site}/")


def test_at_twice_its_size_a_desk_page_still_fits(
    open_as: Callable[..., Page],  # noqa: F811  # the fixture
    site: str,
    settings: Settings,
) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, site_name="柳湾社区资讯与工作平台")
    # Zoom of 200 % on a screen of 1280 by 900: half as many CSS pixels, twice as dense.
    page = open_as(make_member("administrator").user, width=640, height=450, device_scale_factor=2)
    for path in ("/today/", "/manage/", "/manage/people/", "/manage/sources/"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
