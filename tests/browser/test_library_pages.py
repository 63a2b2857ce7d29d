"""The library in a real browser: accessible in both languages and themes, at every width, without script too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.library.factories import make_channel, make_snapshot, make_topic
from tests.web.pages import every_address, fill_index, make_story
from wellspring.library.models import Snapshot

OpenPage = Callable[..., Page]


@pytest.fixture
def story(site: str, settings: Settings, tmp_path: Path) -> Snapshot:
    """A searchable library with several channels, a topic, and one report that has everything."""
    for number in range(8):
        make_snapshot(
            f"河道保洁第{number}周", channel=make_channel(f"channel-{number}", f"类别{number}", f"Channel {number}")
        )
    story = make_story(topics=[make_topic(), make_topic("elderly", "居家养老", "Home care for the elderly")])
    make_snapshot("旧标题", url=story.original_url, is_latest=False, channel=story.channel)
    fill_index(tmp_path, settings)
    return story


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_an_accessibility_violation(
    open_page: OpenPage, site: str, story: Snapshot, theme: str, language: str
) -> None:
    page = open_page(color_scheme=theme, locale=language, width=1280 if language == "zh-CN" else 390)
    failures = []
    for address in every_address(story):
        page.goto(site + address)
        results = Axe().run(page)
        if results.violations_count:
            failures.append(f"{address}: {results.generate_report()}")
    assert not failures, "\n".join(failures)


def test_nothing_is_wider_than_a_small_phone(open_page: OpenPage, site: str, story: Snapshot) -> None:
    for width, locale in ((320, "en-US"), (360, "zh-CN"), (768, "zh-CN")):
        page = open_page(width=width, locale=locale)
        for address in every_address(story):
            page.goto(site + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_reading_column_is_at_most_38_characters_wide(page: Page, site: str, story: Snapshot) -> None:
    page.goto(f"{site}/library/snapshots/{story.pk}/")
    width, size = page.evaluate(
        "(() => { const body = document.querySelector('.report-body');"
        " return [body.getBoundingClientRect().width, parseFloat(getComputedStyle(body).fontSize)]; })()"
    )
    assert width / size <= 38.01


def test_results_follow_what_is_typed(page: Page, site: str, story: Snapshot) -> None:
    page.goto(f"{site}/library/")
    page.locator("#search-q").press_sequentially("长桌", delay=30)
    page.locator(".row-title mark").first.wait_for()
    assert page.url.endswith("/library/?q=%E9%95%BF%E6%A1%8C")
    expect(page.locator("#search-status")).to_have_text("找到 1 篇报道")
    page.locator("#search-q").fill("")
    expect(page.locator(".row")).to_have_count(9)
    assert page.evaluate("document.activeElement.id") == "search-q"


def test_nothing_is_asked_while_a_word_is_being_composed(page: Page, site: str, story: Snapshot) -> None:
    page.goto(f"{site}/library/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/library/" in request.url else None)
    box = page.locator("#search-q")
    box.focus()
    keyboard = page.context.new_cdp_session(page)
    for typed in ("y", "yi", "yi s", "yi shi", "yi shi t"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        page.wait_for_timeout(400)
    assert box.input_value() == "yi shi t"
    assert asked == []
    keyboard.send("Input.insertText", {"text": "议事亭"})
    page.locator(".row-title mark").first.wait_for()
    assert len(asked) == 1
    assert "%E8%AE%AE%E4%BA%8B%E4%BA%AD" in asked[0]


def test_a_filter_narrows_at_once_and_keeps_the_words(page: Page, site: str, story: Snapshot) -> None:
    page.goto(f"{site}/library/?q=保洁")
    page.locator("#search-channel").select_option("channel-2")
    expect(page.locator(".row")).to_have_count(1)
    assert page.locator(".row-title").inner_text() == "河道保洁第2周"
    page.go_back()
    expect(page.locator(".row")).to_have_count(8)


def test_slash_goes_to_the_search_box_and_escape_closes_a_menu(page: Page, site: str, story: Snapshot) -> None:
    page.goto(site)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "head-q"
    page.keyboard.type("a/b")
    assert page.locator("#head-q").input_value() == "a/b"
    page.locator(".menu summary").click()
    assert page.locator(".menu").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator(".menu").get_attribute("open") is None


def test_theme_and_language_are_one_click(page: Page, site: str, story: Snapshot) -> None:
    page.goto(f"{site}/library/about/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="深色").click()
    page.wait_for_url("**/library/about/")
    assert page.evaluate(paper) != light
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", level=1, name="About the library and its crawler").wait_for()


def test_what_just_arrived_appears_without_moving_the_page(page: Page, site: str, story: Snapshot) -> None:
    page.clock.install()
    page.goto(site)
    before = page.locator(".front-topics").bounding_box()
    make_snapshot("刚到的一篇", channel=story.channel)
    page.clock.run_for(10_500)
    page.locator(".arrival.is-new", has_text="刚到的一篇").wait_for()
    assert page.locator(".front-topics").bounding_box() == before


def test_a_reader_can_pause_what_just_arrived(page: Page, site: str, story: Snapshot) -> None:
    page.clock.install()
    page.goto(site)
    page.locator("[data-pause]").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/library/" in request.url else None)
    page.clock.run_for(31_000)
    assert asked == []
    page.locator("[data-pause]").click()
    with page.expect_request("**/library/arrivals/**"):
        page.clock.run_for(10_500)


def test_everything_works_without_script(open_page: OpenPage, site: str, story: Snapshot) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site)
    page.locator("#head-q").fill("议事亭")
    page.locator("#head-q").press("Enter")
    page.locator(".row-title a").first.click()
    assert page.locator("h1").inner_text() == story.title
    assert page.locator("[data-print]").is_hidden()
    page.locator(".menu summary").click()
    page.get_by_role("button", name="深色").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_printed_page_is_the_report_and_its_notice(page: Page, site: str, story: Snapshot) -> None:
    page.goto(f"{site}/library/snapshots/{story.pk}/")
    assert page.locator("[data-print]").is_visible()
    page.emulate_media(media="print")
    for hidden in (".masthead", ".foot", ".margin", ".beside", ".breadcrumbs"):
        assert page.locator(hidden).first.is_hidden(), hidden
    for shown in ("h1", ".report-particulars", ".report-body", ".report-signature", ".provenance"):
        assert page.locator(shown).is_visible(), shown


def test_a_large_chinese_title_breaks_between_words(open_page: OpenPage, site: str, story: Snapshot) -> None:
    Snapshot.objects.filter(pk=story.pk).update(title="琴声与安静如何共处？香樟园小区立下“练琴公约”")
    page = open_page(width=390)
    page.goto(f"{site}/library/snapshots/{story.pk}/")
    title = page.locator("h1")
    assert title.inner_text() == "琴声与安静如何共处？香樟园小区立下“练琴公约”"
    assert title.evaluate("node => node.querySelectorAll('wbr').length") > 3
    kept_whole = title.evaluate(
        """node => {
          const range = document.createRange();
          return Array.from(node.childNodes).filter(piece => piece.nodeType === 3).every(piece => {
            range.selectNodeContents(piece);
            return new Set(Array.from(range.getClientRects(), box => Math.round(box.top))).size === 1;
          });
        }"""
    )
    assert kept_whole


def test_an_outlet_half_written_is_no_filter_yet(page: Page, site: str, story: Snapshot) -> None:
    page.goto(f"{site}/library/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/library/" in request.url else None)
    page.locator("#search-source").press_sequentially("东篱时")
    page.wait_for_timeout(500)
    assert asked == []
    with page.expect_request("**/library/?**source=**"):
        page.locator("#search-source").press_sequentially("报")


def test_an_empty_library_shows_its_first_report_by_itself(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(site)
    page.locator(".empty").wait_for()
    page.clock.run_for(5_500)
    assert page.locator(".empty").is_visible()
    first = make_snapshot("头一篇报道到了")
    page.clock.run_for(5_500)
    page.locator(".hero-title", has_text=first.title).wait_for()
